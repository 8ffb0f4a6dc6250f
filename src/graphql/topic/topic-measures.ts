import { GraphQLError } from 'graphql'
import type { TopicDescription } from '../../kafka/cluster.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../context.ts'
import { topicSizeOnDisk } from '../replica/topic-sizes.ts'
import { messageCountOf } from './message-count.ts'

/** What topics can be ordered by that Kafka has to be asked for, beyond their descriptions. */
export type TopicMeasureName = 'MESSAGES' | 'SIZE'

type Measure = (topic: TopicDescription, context: GraphQLContext) => Promise<bigint>

/** Topics by name with what they are ordered by. */
export type TopicMeasures = ReadonlyMap<TopicName, number>

const MEASURES: Readonly<Record<TopicMeasureName, Measure>> = { MESSAGES: messageCountOf, SIZE: topicSizeOnDisk }

/** A topic that cannot be measured now (a partition without a leader) comes before all others. */
const NOT_KNOWN = -1

const measured = async (topic: TopicDescription, measure: Measure, context: GraphQLContext) => {
  try {
    return [topic.name, Number(await measure(topic, context))] as const
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return [topic.name, NOT_KNOWN] as const
    throw thrown
  }
}

/**
 * Measures topics, as many at a time as a page may have: ten thousand topics make a few requests of a bounded size, one
 * after the other.
 */
export const measureTopics = async (
  topics: readonly TopicDescription[],
  name: TopicMeasureName,
  context: GraphQLContext,
): Promise<TopicMeasures> => {
  const { max } = context.limits.page
  const found = new Map<TopicName, number>()
  for (let start = 0; start < topics.length; start += max) {
    const some = topics.slice(start, start + max).map(topic => measured(topic, MEASURES[name], context))
    for (const [topic, value] of await Promise.all(some)) found.set(topic, value)
  }
  return found
}
