import { isFailure, type Outcome } from '../kafka/kafka-error.ts'

/**
 * Throws UNSUPPORTED_VERSION if that is what came of a question: no later look will be answered either, and a watcher would
 * wait in silence. Other failures are those of one item, or pass.
 */
export const throwIfUnsupported = (outcomes: readonly (Outcome<unknown> | undefined)[]): void => {
  for (const outcome of outcomes) {
    if (outcome !== undefined && isFailure(outcome) && outcome.code === 'UNSUPPORTED_VERSION') throw outcome
  }
}
