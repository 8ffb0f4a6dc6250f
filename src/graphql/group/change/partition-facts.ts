import type { TopicDescription } from '../../../kafka/cluster.ts'
import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { type Offset, toOffset } from '../../../kafka/offset.ts'
import type { OffsetFound, OffsetQuery, OffsetRequest } from '../../../kafka/ports/catalog.ts'
import type { TopicName } from '../../../kafka/topic-name.ts'
import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { settleAll } from '../../core/outcomes/outcomes.ts'
import { committedIn, type GroupSnapshot } from './group-snapshot.ts'
import type { PartitionFacts } from './reset-target.ts'

/** Topics by name; for a missing topic, the reason. */
export type DescribedTopics = ReadonlyMap<TopicName, Outcome<TopicDescription>>

/** Loads the descriptions of topics. */
export const describeTopics = async (
  names: readonly TopicName[],
  { ports, call }: GraphQLContext,
): Promise<DescribedTopics> => {
  const distinct = [...new Set(names)]
  const topics = distinct.length === 0 ? [] : await ports.catalog.describeTopics(call, distinct)
  return new Map(distinct.map((name, index) => [name, topics[index] ?? noTopic(name)]))
}

const noTopic = (name: TopicName): KafkaError =>
  new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic ${name}.`)

const checkPartition = ({ topic, partition }: TopicPartition, topics: DescribedTopics): void => {
  const described = topics.get(topic) ?? noTopic(topic)
  if (isFailure(described)) throw described
  const { partitions } = described
  if (partitions.some(one => one.partition === partition)) return
  const all = partitions.length === 1 ? 'only partition 0' : `the partitions 0 to ${partitions.length - 1}`
  throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `Topic ${topic} has ${all}, no partition ${partition}.`)
}

const offsetOf = (found: Outcome<OffsetFound> | undefined): Offset | null =>
  found === undefined || isFailure(found) ? null : found.offset

const askOffsets = async (
  wanted: readonly TopicPartition[],
  timestamp: number | null,
  snapshot: GroupSnapshot,
  { ports, call }: GraphQLContext,
): Promise<readonly Outcome<PartitionFacts>[]> => {
  const queries: readonly OffsetQuery[] = ['earliest', 'latest', ...(timestamp === null ? [] : [{ timestamp }])]
  const requests = wanted.flatMap(({ topic, partition }) =>
    queries.map((at): OffsetRequest => ({ topic, partition, at, isolationLevel: 'READ_UNCOMMITTED' })),
  )
  const answers = await ports.catalog.listOffsets(call, requests)
  return wanted.map(({ topic, partition }, index) => {
    const [earliest, latest, atTimestamp] = answers.slice(index * queries.length, (index + 1) * queries.length)
    const failure = [earliest, latest, atTimestamp].filter(one => one !== undefined).find(isFailure)
    if (failure) return failure
    return {
      topic,
      partition,
      earliest: offsetOf(earliest) ?? toOffset(0),
      latest: offsetOf(latest) ?? toOffset(0),
      atTimestamp: offsetOf(atTimestamp),
      committed: committedIn(snapshot, { topic, partition })?.offset ?? null,
    }
  })
}

/** The partition and the position to load facts for. */
export interface FactsWanted {
  readonly topics: DescribedTopics
  /** Epoch ms of the position to find; null: none. */
  readonly timestamp: number | null
  readonly snapshot: GroupSnapshot
}

/**
 * The ends of each partition's log, and with a timestamp its first offset at or after that time: one outcome per
 * partition, in one call. The end is the high watermark, as in Kafka's own tools, because a group's offset may lie
 * after the start of an open transaction.
 */
export const partitionFacts = (
  chosen: readonly Outcome<TopicPartition>[],
  { topics, timestamp, snapshot }: FactsWanted,
  context: GraphQLContext,
): Promise<readonly Outcome<PartitionFacts>[]> =>
  settleAll(chosen, {
    prepare: one => {
      if (isFailure(one)) throw one
      checkPartition(one, topics)
      return one
    },
    send: wanted => askOffsets(wanted, timestamp, snapshot, context),
  })
