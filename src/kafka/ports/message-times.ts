import type { EpochMs } from '../epoch-ms.ts'
import type { Outcome } from '../kafka-error.ts'
import type { Offset } from '../offset.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Call } from './call.ts'

/** A place in a partition's log. */
export interface MessagePosition extends TopicPartition {
  readonly offset: Offset
}

/** Tells when messages were written. Kafka has no request for it: each position costs a read of one record batch. */
export interface MessageTimes {
  /**
   * Times of the first message that is still stored at or after each position, in order. Null when there is none or it has
   * no timestamp, or the topic is gone. REQUEST_TIMED_OUT for those that were not read in time.
   */
  firstTimestamps(call: Call, positions: readonly MessagePosition[]): Promise<readonly Outcome<EpochMs | null>[]>
}
