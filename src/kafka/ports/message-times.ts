import type { EpochMs } from '../epoch-ms.ts'
import type { Outcome } from '../errors/kafka-error.ts'
import type { Offset } from '../offset.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Call } from './call.ts'

/** An offset in one partition. */
export interface MessagePosition extends TopicPartition {
  readonly offset: Offset
}

/** Finds when messages were written. Kafka has no request for it: each position costs a read of one record batch. */
export interface MessageTimes {
  /**
   * The timestamp of the first stored message at or after each position, in order. Null if there is no such message, it
   * has no timestamp, or the topic was deleted. REQUEST_TIMED_OUT for positions that were not read in time.
   */
  firstTimestamps(call: Call, positions: readonly MessagePosition[]): Promise<readonly Outcome<EpochMs | null>[]>
}
