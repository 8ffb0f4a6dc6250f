import type { BatchLimits } from '../../kafka/ports/message-streams.ts'

/** The limits and defaults of one operation. `config/derived-limits.ts` computes them from the settings. */
export interface GraphQLLimits {
  /** Items of a page. The maximum also limits the ids of `nodes` and the topics of one mutation. */
  readonly page: { readonly default: number; readonly max: number }
  /** Values and bytes of one response, or of one event of a subscription. */
  readonly answer: { readonly maxValues: number; readonly maxBytes: number }
  /** Messages of one `produce` and its time limit, ms: the default and the maximum. */
  readonly produce: { readonly maxMessages: number; readonly timeoutMs: number }
  /** Batches of `messageStream`. `messages` uses the default, without linger. */
  readonly batch: { readonly default: BatchLimits; readonly max: BatchLimits }
  /** Allowed range of the interval between two events of a change subscription, ms. */
  readonly watch: { readonly minIntervalMs: number; readonly maxIntervalMs: number }
  /** How long a new subscription waits for Kafka to start or return, ms. Default: it does not wait. */
  readonly subscribeWaitMs?: number
}
