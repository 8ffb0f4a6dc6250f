import type { BatchLimits } from '../kafka/ports/message-streams.ts'

/** What one request may ask for, and what it gets when it does not ask; the settings table holds the values. */
export interface GraphQLLimits {
  /** Items of a page; the maximum also bounds the ids of `nodes` and the topics of one mutation. */
  readonly page: { readonly default: number; readonly max: number }
  /** Values and bytes of one answer, or of one event of a subscription. */
  readonly answer: { readonly maxValues: number; readonly maxBytes: number }
  /** Messages of one `produce`; how long it may take, ms, by default and at most. */
  readonly produce: { readonly maxMessages: number; readonly timeoutMs: number }
  /** Batches of `messageStream`; `messages` reads with the default ones, without linger. */
  readonly batch: { readonly default: BatchLimits; readonly max: BatchLimits }
  /** How often a subscription to changes may be told of them, ms. */
  readonly watch: { readonly minIntervalMs: number; readonly maxIntervalMs: number }
  /** How long a new subscription waits for a Kafka that is starting or away, ms. Default: not at all. */
  readonly subscribeWaitMs?: number
}
