import type { PartitionDescription, TopicDescription } from '../../kafka/cluster.ts'
import { isFailure, KafkaError, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { type Comparison, Confirmed } from '../poll/confirmed.ts'
import type { Look } from '../poll/shared-poll.ts'

/** Topics at one moment. */
export interface TopicsSnapshot {
  readonly topics: ReadonlyMap<TopicName, TopicDescription>
}

const sameNumbers = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((number, index) => number === other[index])

const samePartition = (one: PartitionDescription, other: PartitionDescription): boolean =>
  one.leader === other.leader &&
  one.leaderEpoch === other.leaderEpoch &&
  sameNumbers(one.isr, other.isr) &&
  sameNumbers(one.replicas, other.replicas) &&
  sameNumbers(one.offlineReplicas, other.offlineReplicas)

/** A lagging broker reports an older leader epoch, so its other data about the partition is older too. */
const mergedPartition = (previous: PartitionDescription | undefined, next: PartitionDescription) => {
  if (previous === undefined) return next
  if (samePartition(previous, next)) return previous
  return (next.leaderEpoch ?? 0) < (previous.leaderEpoch ?? 0) ? previous : next
}

/** Topics never lose partitions, so a shorter list is an older one. */
const merge = (previous: TopicDescription, next: TopicDescription): TopicDescription => {
  const reported = next.partitions.map((partition, index) => mergedPartition(previous.partitions[index], partition))
  const partitions = [...reported, ...previous.partitions.slice(reported.length)]
  const isSame =
    partitions.length === previous.partitions.length &&
    partitions.every((partition, index) => partition === previous.partitions[index])
  return isSame ? previous : { ...next, partitions }
}

const comparison: Comparison<TopicDescription> = {
  isSame: (previous, next) => previous.topicId === next.topicId,
  merge,
}

type ConfirmedTopics = Confirmed<TopicName, TopicDescription>

/** Topics confirmed by two polls. */
export const confirmedTopics = (): ConfirmedTopics => new Confirmed(comparison)

/** Polls the named topics, or all with null. The map keeps the order of the names. */
export const topicsLook = (
  names: readonly TopicName[] | null,
  { listTopics, describeTopics }: TopicQuestions,
  confirmed: ConfirmedTopics = confirmedTopics(),
): Look<TopicsSnapshot> => {
  return async previous => {
    const reported = new Map<TopicName, TopicDescription>()
    const found = names === null ? await listTopics() : described(names, await describeTopics(names), previous)
    for (const topic of found) reported.set(topic.name, topic)
    const topics = confirmed.take(previous?.topics ?? null, reported)
    return topics === previous?.topics ? previous : { topics }
  }
}

/** The requests that a topic poll needs. */
export interface TopicQuestions {
  readonly listTopics: () => Promise<readonly TopicDescription[]>
  /** One request for all polls due at the same moment. */
  readonly describeTopics: (names: readonly TopicName[]) => Promise<readonly Outcome<TopicDescription>[]>
}

/**
 * The topics found. A topic that cannot be described right now keeps its previous state. A final refusal ends the poll.
 */
const described = (
  names: readonly TopicName[],
  outcomes: readonly Outcome<TopicDescription>[],
  previous: TopicsSnapshot | null,
): readonly TopicDescription[] =>
  outcomes.flatMap((outcome, index) => {
    if (!isFailure(outcome)) return [outcome]
    if (outcome.code === 'UNKNOWN_TOPIC_OR_PARTITION') return []
    const name = names[index]
    const before = name === undefined ? undefined : previous?.topics.get(name)
    if (before === undefined || !outcome.retriable) throw outcome
    return [before]
  })

/** @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION for the first name that does not exist. */
export const mustExist = (names: readonly TopicName[], { topics }: TopicsSnapshot): void => {
  const unknown = names.find(name => !topics.has(name))
  if (unknown === undefined) return
  throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic ${unknown}.`, { details: { topic: unknown } })
}

/** TOPIC_DELETED for the first topic that no longer exists; null while all exist. */
export const deletion = (seen: TopicsSnapshot, newest: TopicsSnapshot): KafkaError | null => {
  const gone = [...seen.topics.keys()].find(name => !newest.topics.has(name))
  if (gone === undefined) return null
  return new KafkaError('TOPIC_DELETED', `Topic ${gone} was deleted.`, { details: { topic: gone } })
}

/** TOPIC_RECREATED for the first topic that was replaced by another one of the same name; null when there is none. */
export const recreation = (seen: TopicsSnapshot, newest: TopicsSnapshot): KafkaError | null => {
  const other = [...seen.topics.values()].find(({ name, topicId }) => newest.topics.get(name)?.topicId !== topicId)
  if (other === undefined) return null
  const problem = `Topic ${other.name} was deleted and created again: it is a different topic now.`
  return new KafkaError('TOPIC_RECREATED', problem, { details: { topic: other.name } })
}
