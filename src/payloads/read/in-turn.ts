import type { ReadPayload } from '../../kafka/ports/payload-reader.ts'
import { Failure, type Outcome, type Soon, workOf } from './reading.ts'

/** One way to read a payload. */
export type Step = () => Soon<Outcome>

const counted = (read: ReadPayload, failures: readonly Failure[]): ReadPayload =>
  failures.length === 0 ? read : { ...read, work: read.work + workOf(failures) }

/** Tries the steps in their order, and `last` with the failures of all. A promise only where a step gives one. */
export const inTurn = (
  steps: readonly Step[],
  last: (failures: readonly Failure[]) => ReadPayload,
  failures: readonly Failure[] = [],
): Soon<ReadPayload> => {
  const [step, ...rest] = steps
  if (step === undefined) return last(failures)
  const next = (outcome: Outcome): Soon<ReadPayload> =>
    outcome instanceof Failure ? inTurn(rest, last, [...failures, outcome]) : counted(outcome, failures)
  const outcome = step()
  return outcome instanceof Promise ? outcome.then(next) : next(outcome)
}
