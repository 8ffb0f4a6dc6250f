import type { Logger } from '../../../kafka/logger.ts'
import type { TopicName } from '../../../kafka/topic-name.ts'
import type { BrokerSenders } from './broker-senders.ts'
import type { ProduceCluster } from './produce-cluster.ts'
import type { SinkLimits } from './sink-limits.ts'

/** A topic's `max.message.bytes`; may be a few seconds old. */
export type MaxMessageBytes = (topic: TopicName, signal: AbortSignal) => Promise<number>

/** What all parts of a message sink share. */
export interface ProduceContext {
  readonly cluster: ProduceCluster
  readonly limits: SinkLimits
  readonly logger: Logger
  readonly senders: BrokerSenders
  readonly maxMessageBytes: MaxMessageBytes
}

/**
 * The partition log that messages were routed to, identified by topic id, so that a recreated topic is not confused
 * with it.
 */
export interface PartitionTarget {
  readonly topic: TopicName
  readonly topicId: string
  readonly partition: number
  /** The topic's last known maximum size of a record batch, in bytes. */
  readonly maxBatchBytes: () => number
}
