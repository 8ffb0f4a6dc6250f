import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { earlier, later, type Offset, toOffset } from '../../../kafka/offset.ts'
import type { StreamPosition } from '../../../kafka/ports/message-streams.ts'
import type { TopicPartition } from '../../../kafka/topic-partition.ts'

/** The new position of a committed offset: a position without a cursor, or a shift by a number of offsets. */
export type ResetTarget =
  | Exclude<StreamPosition, { readonly kind: 'cursor' }>
  | { readonly kind: 'shift'; readonly by: bigint }

/** The facts of a partition that a reset needs. */
export interface PartitionFacts extends TopicPartition {
  readonly earliest: Offset
  /** The high watermark. */
  readonly latest: Offset
  /** The first offset at or after the target's time; null if all messages are older or no time was given. */
  readonly atTimestamp: Offset | null
  /** The group's committed offset; null if it has none here. */
  readonly committed: Offset | null
}

/**
 * A named offset is used unchanged or refused. Kafka itself accepts any offset, and the group's consumers then apply
 * `auto.offset.reset`. Kafka's tool moves it into the log with a warning, which a response cannot carry.
 * @throws KafkaError OFFSET_OUT_OF_RANGE (details: earliestOffset, latestOffset).
 */
export const offsetWithin = (offset: Offset, { topic, partition, earliest, latest }: PartitionFacts): Offset => {
  if (offset >= earliest && offset <= latest) return offset
  throw new KafkaError(
    'OFFSET_OUT_OF_RANGE',
    `Partition ${partition} of ${topic} has the offsets ${earliest} to ${latest} (the end), not ${offset}.`,
    { details: { partition, earliestOffset: earliest, latestOffset: latest } },
  )
}

const moved = (offset: bigint, { earliest, latest }: PartitionFacts): Offset =>
  later(earliest, earlier(toOffset(offset), latest))

const shifted = (by: bigint, facts: PartitionFacts): Offset => {
  const { committed, topic, partition } = facts
  if (committed !== null) return moved(committed + by, facts)
  const problem = `The group has no committed offset in partition ${partition} of ${topic} to shift.`
  throw new KafkaError('INVALID_REQUEST', problem)
}

const listed = (target: Extract<ResetTarget, { readonly kind: 'offsets' }>, facts: PartitionFacts): Offset => {
  const found = target.offsets.find(({ partition }) => partition === facts.partition)
  if (found) return offsetWithin(found.offset, facts)
  throw new KafkaError(
    'INVALID_REQUEST',
    `The request has no offset for partition ${facts.partition} of ${facts.topic}.`,
  )
}

/**
 * The offset to commit, always within the log. Relative positions (a shift, or an offset counted from the end) stop at
 * the ends of the log. A time after the last message means the end, as in `kafka-consumer-groups --reset-offsets`.
 * @throws KafkaError OFFSET_OUT_OF_RANGE for a named offset outside the log; INVALID_REQUEST for a shift without a
 * commit.
 */
export const resetTarget = (target: ResetTarget, facts: PartitionFacts): Offset => {
  switch (target.kind) {
    case 'earliest':
      return facts.earliest
    case 'latest':
      return facts.latest
    case 'lastPerPartition':
      return moved(facts.latest - BigInt(target.count), facts)
    case 'timestamp':
      // Retention may have deleted messages since Kafka looked up the time.
      return moved(facts.atTimestamp ?? facts.latest, facts)
    case 'offset':
      return offsetWithin(target.offset, facts)
    case 'offsets':
      return listed(target, facts)
    case 'shift':
      return shifted(target.by, facts)
  }
}
