import { isFailure, KafkaError, type Outcome } from './kafka-error.ts'

const ABORTED = 'TRANSACTION_ABORTED'

/** A transaction's outcomes: once one failed all do, those that were not refused themselves with TRANSACTION_ABORTED. */
export const allOrNothing = <T>(outcomes: readonly Outcome<T>[]): readonly Outcome<T>[] => {
  const isRefused = (outcome: Outcome<T>): boolean => isFailure(outcome) && outcome.code !== ABORTED
  const index = outcomes.findIndex(isRefused)
  const refusal = outcomes[index]
  if (refusal === undefined || !isFailure(refusal)) {
    // Nobody's fault, but the end of all the same.
    const end = outcomes.find(isFailure)
    return end === undefined ? outcomes : outcomes.map(() => end)
  }
  const text = `all or nothing: message ${index} of the transaction was refused (${refusal.code}), so none is written`
  const aborted = new KafkaError(ABORTED, text, { cause: refusal })
  return outcomes.map(outcome => (isRefused(outcome) ? outcome : aborted))
}
