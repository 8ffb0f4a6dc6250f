import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'

/**
 * Throws UNSUPPORTED_VERSION if an outcome has it: no later poll would succeed, and the watcher would wait for ever.
 * Other failures concern one item, or pass.
 */
export const throwIfUnsupported = (outcomes: readonly (Outcome<unknown> | undefined)[]): void => {
  for (const outcome of outcomes) {
    if (outcome !== undefined && isFailure(outcome) && outcome.code === 'UNSUPPORTED_VERSION') throw outcome
  }
}
