import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql'
import type { LargeEvents } from '../results/large-events.ts'
import { SharedResults } from '../results/shared-results.ts'
import { shareKey, visibilityOf } from '../results/visibility.ts'
import { createEventPlans } from './event-plans.ts'
import { EventResults } from './event-results.ts'

/** Opens a subscription. graphql opens the source of events; subscribers with the same key share each event's result. */
export type Subscribe = (args: ExecutionArgs) => Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>>

/** Limits of subscriptions. */
export interface SubscribeLimits {
  /** Bytes of results kept for subscribers that have not received them yet. */
  readonly sharedResultBytes: number
  readonly maxQueryFields: number
}

/**
 * One for each server. The returned function throws a GraphQLError if it refuses a subscription before its source opens.
 * Without `large`, large events are treated like all others.
 */
export const createSubscribe = (
  { sharedResultBytes, maxQueryFields }: SubscribeLimits,
  large: LargeEvents | null = null,
): Subscribe => {
  const planOf = createEventPlans(maxQueryFields)
  const shared = new SharedResults(sharedResultBytes)
  return async args => {
    const plan = planOf(args)
    const source = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in source)) return source
    plan.prepare()
    return new EventResults(
      source[Symbol.asyncIterator](),
      plan,
      args,
      shared.join(plan.form, shareKey(visibilityOf(args.contextValue), plan.values)),
      large,
    )
  }
}
