import { setTimeout as sleep } from 'node:timers/promises'
import { GraphQLError } from 'graphql'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { MISSING_TOPIC } from '../../kafka/errors/missing-topic.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { GraphQLLimits } from './limits.ts'
import type { Loaders } from './loaders.ts'

/**
 * The pause after the first attempt, and the longest pause, ms: thousands of subscriptions can wait for a Kafka that is
 * starting.
 */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 2000

/** Retriable errors of this server itself: the client must retry them. */
const OURS: ReadonlySet<string> = new Set(['CLOSED', 'BUSY'])

/** The extensions of a failure, thrown by a port or translated by a loader. */
const reasonOf = (thrown: unknown): Readonly<Record<string, unknown>> => {
  if (thrown instanceof GraphQLError) return thrown.extensions
  return thrown instanceof KafkaError ? { code: thrown.code, retriable: thrown.retriable } : {}
}

/** True for an error that ends when a broker, a leader or the whole of Kafka returns. */
const isAway = (thrown: unknown): boolean => {
  const { code, retriable } = reasonOf(thrown)
  return retriable === true && typeof code === 'string' && !MISSING_TOPIC.has(code) && !OURS.has(code)
}

/** The part of an operation's context that waiting needs. */
export interface WaitingContext {
  readonly loaders: Pick<Loaders, 'forget'>
  readonly limits?: Pick<GraphQLLimits, 'subscribeWaitMs'>
  /** Its signal aborts when the client disconnects. */
  readonly call?: Pick<Call, 'signal'>
}

/**
 * Opens a subscription and retries while Kafka is starting or unreachable: clients treat an error as the end of a
 * subscription. No attempt starts after `waitMs`; each attempt has Kafka's own time limits.
 * @throws KafkaError at once for a permanent error, otherwise after `waitMs`; the signal's reason on abort.
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
    // Loaders also cache failures.
    context.loaders.forget()
  }
}
