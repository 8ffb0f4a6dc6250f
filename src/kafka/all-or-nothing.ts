import { isFailure, KafkaError, type Outcome } from './kafka-error.ts'

const ABORTED = 'TRANSACTION_ABORTED'

/** A transaction's outcomes: once one is refused, those that were not themselves are TRANSACTION_ABORTED because of it. */
export const allOrNothing = <T>(outcomes: readonly Outcome<T>[]): readonly Outcome<T>[] => {
  const isRefused = (outcome: Outcome<T>): boolean => isFailure(outcome) && outcome.code !== ABORTED
  const index = outcomes.findIndex(isRefused)
  const refusal = outcomes[index]
  if (refusal === undefined || !isFailure(refusal)) return outcomes
  const text = `all or nothing: message ${index} of the transaction was refused (${refusal.code}), so none is written`
  const aborted = new KafkaError(ABORTED, text, { cause: refusal })
  return outcomes.map(outcome => (isRefused(outcome) ? outcome : aborted))
}
