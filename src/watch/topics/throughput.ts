import type { TopicDescription } from '../../kafka/cluster.ts'
import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { OffsetFound, OffsetRequest } from '../../kafka/ports/catalog.ts'
import type { PartitionThroughput, TopicThroughput } from '../../kafka/ports/watches.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { Advance } from '../poll/advance.ts'
import type { Look } from '../poll/shared-poll.ts'
import { throwIfUnsupported } from '../poll/unsupported.ts'
import { confirmedTopics, deletion, type TopicQuestions, type TopicsSnapshot, topicsLook } from './topics-look.ts'

interface SeenEnd {
  readonly offset: Offset
  /** When it was read, ms of a monotonic clock. */
  readonly at: number
}

/** The log ends of topics. A new object at each poll, because a rate of zero is an event too. */
export interface EndsSnapshot extends TopicsSnapshot {
  readonly ends: ReadonlyMap<TopicName, ReadonlyMap<number, SeenEnd>>
}

/** The requests that a throughput poll needs. */
export interface EndsQuestions extends TopicQuestions {
  readonly listOffsets: (requests: readonly OffsetRequest[]) => Promise<readonly Outcome<OffsetFound>[]>
}

const requestsFor = ({ name, partitions }: TopicDescription): readonly OffsetRequest[] =>
  partitions.map(({ partition }) => ({
    topic: name,
    partition,
    at: 'latest' as const,
    isolationLevel: 'READ_UNCOMMITTED' as const,
  }))

/** Polls log ends. A partition without a leader keeps its last known end. */
export const endsLook = (names: readonly TopicName[], questions: EndsQuestions): Look<EndsSnapshot> => {
  const confirmed = confirmedTopics()
  const look = topicsLook(names, questions, confirmed)
  return async previous => {
    const { topics } = await look(previous)
    const requests = [...topics.values()].flatMap(requestsFor)
    const outcomes = await questions.listOffsets(requests)
    throwIfUnsupported(outcomes)
    const at = performance.now()
    const ends = new Map<TopicName, Map<number, SeenEnd>>()
    for (const [index, { topic, partition }] of requests.entries()) {
      // If the topic may have been recreated, its end belongs to another log.
      const reported = confirmed.doubts(topic) ? undefined : outcomes[index]
      const isKnown = previous?.topics.get(topic)?.topicId === topics.get(topic)?.topicId
      const before = isKnown ? previous?.ends.get(topic)?.get(partition) : undefined
      const end =
        reported === undefined || isFailure(reported) || reported.offset === null
          ? before
          : { offset: reported.offset, at }
      const ofTopic = ends.get(topic) ?? new Map<number, SeenEnd>()
      ends.set(topic, ofTopic)
      if (end !== undefined) ofTopic.set(partition, end)
    }
    return { topics, ends }
  }
}

/** Messages a second between two ends. A truncated log counts as zero. */
const rate = (before: SeenEnd | undefined, now: SeenEnd): number => {
  if (before === undefined || now.at <= before.at || now.offset <= before.offset) return 0
  return Number(now.offset - before.offset) / ((now.at - before.at) / 1000)
}

const throughputOf = (topic: TopicDescription, seen: EndsSnapshot, newest: EndsSnapshot): TopicThroughput => {
  const isKnown = seen.topics.get(topic.name)?.topicId === topic.topicId
  const before = isKnown ? seen.ends.get(topic.name) : undefined
  const partitions: PartitionThroughput[] = [...(newest.ends.get(topic.name) ?? [])].map(([partition, end]) => ({
    partition,
    messagesInPerSecond: rate(before?.get(partition), end),
    latestOffset: end.offset,
  }))
  const messagesInPerSecond = partitions.reduce((sum, one) => sum + one.messagesInPerSecond, 0)
  return { topic, messagesInPerSecond, partitions }
}

/**
 * The rate of each topic between two polls, as one event. Ends when a topic is deleted, but not when it is recreated.
 */
export const throughput: Advance<EndsSnapshot, readonly TopicThroughput[]> = (seen, newest) => {
  const end = deletion(seen, newest)
  const event = [...newest.topics.values()].map(topic => throughputOf(topic, seen, newest))
  return { seen: newest, events: end === null ? [event] : [], end }
}
