import { KafkaError } from '../../kafka/kafka-error.ts'
import { earlier, later, type Offset, toOffset } from '../../kafka/offset.ts'
import type { StreamPosition } from '../../kafka/ports/message-streams.ts'
import type { TopicPartition } from '../../kafka/topic-partition.ts'

/** Where a committed offset shall go: a position that needs no cursor, or so many offsets on from where it is. */
export type ResetTarget =
  | Exclude<StreamPosition, { readonly kind: 'cursor' }>
  | { readonly kind: 'shift'; readonly by: bigint }

/** What Kafka says about a partition that a group's offset is to be changed in. */
export interface PartitionFacts extends TopicPartition {
  readonly earliest: Offset
  /** The high watermark. */
  readonly latest: Offset
  /** The first offset at or after the target's time; null when no message is that young, or no time is given. */
  readonly atTimestamp: Offset | null
  /** Where the group stands; null when it has committed nothing here. */
  readonly committed: Offset | null
}

/**
 * An offset that was named is taken as it is or refused. Kafka itself takes any, and the group's consumers then go by
 * `auto.offset.reset`; its tool moves it into the log with a warning, for which an answer has no place.
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
  const problem = `The group has no committed offset in partition ${partition} of ${topic} that could be shifted.`
  throw new KafkaError('INVALID_REQUEST', problem)
}

const listed = (target: Extract<ResetTarget, { readonly kind: 'offsets' }>, facts: PartitionFacts): Offset => {
  const found = target.offsets.find(({ partition }) => partition === facts.partition)
  if (found) return offsetWithin(found.offset, facts)
  throw new KafkaError('INVALID_REQUEST', `No offset is given for partition ${facts.partition} of ${facts.topic}.`)
}

/**
 * The offset to commit, always within the log. Positions that are relative (a shift, the last so many) end at the ends of
 * the log, and a time after the last message is the end, as `kafka-consumer-groups --reset-offsets` has it.
 * @throws KafkaError OFFSET_OUT_OF_RANGE for a named offset outside of the log; INVALID_REQUEST for a shift from nowhere.
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
      // Retention may have moved the start on since Kafka looked the time up.
      return moved(facts.atTimestamp ?? facts.latest, facts)
    case 'offset':
      return offsetWithin(target.offset, facts)
    case 'offsets':
      return listed(target, facts)
    case 'shift':
      return shifted(target.by, facts)
  }
}
