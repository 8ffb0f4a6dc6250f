import type { Logger } from '../../kafka/logger.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { BrokerSenders } from './broker-senders.ts'
import type { ProduceCluster } from './produce-cluster.ts'
import type { SinkLimits } from './sink-limits.ts'

/** A topic's `max.message.bytes`; may be remembered for some seconds. */
export type MaxMessageBytes = (topic: TopicName, signal: AbortSignal) => Promise<number>

/** What every part of one message sink shares. */
export interface ProduceContext {
  readonly cluster: ProduceCluster
  readonly limits: SinkLimits
  readonly logger: Logger
  readonly senders: BrokerSenders
  readonly maxMessageBytes: MaxMessageBytes
}

/** One partition's log, as the messages for it were routed: of the topic with this id, not of another one of its name. */
export interface PartitionTarget {
  readonly topic: TopicName
  readonly topicId: string
  readonly partition: number
  /** The topic's largest record batch, bytes, as last heard. */
  readonly maxBatchBytes: () => number
}
