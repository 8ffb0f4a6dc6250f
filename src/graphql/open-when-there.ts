import { setTimeout as sleep } from 'node:timers/promises'
import { GraphQLError } from 'graphql'
import { KafkaError } from '../kafka/kafka-error.ts'
import { MISSING_TOPIC } from '../kafka/missing-topic.ts'
import type { Call } from '../kafka/ports/call.ts'
import type { GraphQLLimits } from './limits.ts'
import type { Loaders } from './loaders.ts'

/** Between the first two attempts, and at most, ms: thousands of subscriptions may wait for a Kafka that is starting. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 2000

/** Retriable errors of this gateway itself: the client has to try again. */
const OURS: ReadonlySet<string> = new Set(['CLOSED', 'BUSY'])

/** The code of a failure, as a port throws it or as a loader has translated it. */
const reasonOf = (thrown: unknown): Readonly<Record<string, unknown>> => {
  if (thrown instanceof GraphQLError) return thrown.extensions
  return thrown instanceof KafkaError ? { code: thrown.code, retriable: thrown.retriable } : {}
}

/** True for an error that passes when a broker, a leader or Kafka as a whole returns. */
const isAway = (thrown: unknown): boolean => {
  const { code, retriable } = reasonOf(thrown)
  return retriable === true && typeof code === 'string' && !MISSING_TOPIC.has(code) && !OURS.has(code)
}

/** The part of an operation's context that waiting needs. */
export interface WaitingContext {
  readonly loaders: Pick<Loaders, 'forget'>
  readonly limits?: Pick<GraphQLLimits, 'subscribeWaitMs'>
  /** Its signal aborts when the client has left. */
  readonly call?: Pick<Call, 'signal'>
}

/**
 * Opens a subscription; tries again while Kafka is starting or away. Clients take an error for the end of a subscription, and a
 * running one survives an outage, too. No attempt begins after `waitMs`; each attempt has Kafka's own time limits.
 * @throws KafkaError at once when it does not pass, after `waitMs` otherwise; the signal's reason.
 */
export const openWhenThere = async <T>(
  context: WaitingContext,
  open: () => Promise<T>,
  waitMs = context.limits?.subscribeWaitMs ?? 0,
): Promise<T> => {
  const began = performance.now()
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await open()
    } catch (thrown) {
      if (!isAway(thrown) || performance.now() - began >= waitMs) throw thrown
    }
    const left = waitMs - (performance.now() - began)
    const signal = context.call?.signal
    await sleep(Math.max(1, Math.min(pauseMs, left)), undefined, signal && { signal })
    // Loaders cache failures, too.
    context.loaders.forget()
  }
}
