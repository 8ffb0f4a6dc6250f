import { type TopicName, toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../context.ts'
import { badInput } from '../failures.ts'

/** The topics named, checked. @throws GraphQLError BAD_USER_INPUT for none or too many, KafkaError for what is no name. */
export const namedTopics = (topics: readonly string[], { limits }: GraphQLContext): readonly TopicName[] => {
  const { max } = limits.page
  if (topics.length === 0) throw badInput('topics', 'is empty: name at least one topic.')
  if (topics.length > max) throw badInput('topics', `takes at most ${max} names, this request has ${topics.length}.`)
  return topics.map(toTopicName)
}
