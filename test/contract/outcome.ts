import { isFailure, type Outcome } from '../../src/kafka/errors/kafka-error.ts'

/** The value of an outcome; its error fails the test. */
export const valueIn = <T>(outcome: Outcome<T> | undefined): T => {
  if (outcome === undefined) throw new Error('no outcome')
  if (isFailure(outcome)) throw outcome
  return outcome
}

/** The error codes of outcomes, null for those that succeeded. */
export const codesOf = (outcomes: readonly Outcome<unknown>[]): readonly (string | null)[] =>
  outcomes.map(outcome => (isFailure(outcome) ? outcome.code : null))
