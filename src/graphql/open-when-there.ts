import { setTimeout as sleep } from 'node:timers/promises'
import { GraphQLError } from 'graphql'
import { KafkaError } from '../kafka/kafka-error.ts'
import { MISSING_TOPIC } from '../kafka/missing-topic.ts'
import type { GraphQLLimits } from './limits.ts'
import type { Loaders } from './loaders.ts'

/** Between two attempts, ms. */
const AGAIN_MS = 500

/** Retriable errors of this gateway itself: its client has to try again, not this subscription. */
const OURS: ReadonlySet<string> = new Set(['CLOSED', 'BUSY'])

/** What a failure says, as a port throws it or as a loader has translated it. */
const reasonOf = (thrown: unknown): Readonly<Record<string, unknown>> => {
  if (thrown instanceof GraphQLError) return thrown.extensions
  return thrown instanceof KafkaError ? { code: thrown.code, retriable: thrown.retriable } : {}
}

/** True for what passes when a broker, a leader or Kafka as a whole returns. */
const isAway = (thrown: unknown): boolean => {
  const { code, retriable } = reasonOf(thrown)
  return retriable === true && typeof code === 'string' && !MISSING_TOPIC.has(code) && !OURS.has(code)
}

/** What waiting takes from an operation's context. */
export interface WaitingContext {
  readonly loaders: Pick<Loaders, 'forget'>
  readonly limits?: Pick<GraphQLLimits, 'subscribeWaitMs'>
  /** Aborts when nobody waits for the operation any more. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Opens a subscription, again while Kafka is starting or away: clients take an error for the end of a subscription, and a
 * running one lives through an outage, too. No new attempt begins after `waitMs`; each has Kafka's own time limits.
 * @throws KafkaError for what does not pass, and for what did not pass in time; the signal's reason.
 */
export const openWhenThere = async <T>(
  context: WaitingContext,
  open: () => Promise<T>,
  waitMs = context.limits?.subscribeWaitMs ?? 0,
): Promise<T> => {
  const began = performance.now()
  for (;;) {
    try {
      return await open()
    } catch (thrown) {
      if (!isAway(thrown) || performance.now() - began >= waitMs) throw thrown
    }
    const left = waitMs - (performance.now() - began)
    await sleep(Math.max(1, Math.min(AGAIN_MS, left)), undefined, context.signal ? { signal: context.signal } : {})
    // A loader remembers a failure as it does a value.
    context.loaders.forget()
  }
}
