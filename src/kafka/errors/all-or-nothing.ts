import { isFailure, KafkaError, type Outcome } from './kafka-error.ts'

const ABORTED = 'TRANSACTION_ABORTED'

/**
 * The outcomes of a transaction: if one message fails, all fail. Messages that were not refused themselves get
 * TRANSACTION_ABORTED.
 */
export const allOrNothing = <T>(outcomes: readonly Outcome<T>[]): readonly Outcome<T>[] => {
  const isRefused = (outcome: Outcome<T>): boolean => isFailure(outcome) && outcome.code !== ABORTED
  const index = outcomes.findIndex(isRefused)
  const refusal = outcomes[index]
  if (refusal === undefined || !isFailure(refusal)) {
    // No message was refused: the transaction itself was aborted.
    const end = outcomes.find(isFailure)
    return end === undefined ? outcomes : outcomes.map(() => end)
  }
  const text = `all or nothing: message ${index} of the transaction was refused (${refusal.code}), so none is written`
  const aborted = new KafkaError(ABORTED, text, { cause: refusal })
  return outcomes.map(outcome => (isRefused(outcome) ? outcome : aborted))
}
