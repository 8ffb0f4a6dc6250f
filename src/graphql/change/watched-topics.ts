import { type TopicName, toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../core/context.ts'
import { badInput } from '../core/errors/failures.ts'

/** Checks the named topics. @throws GraphQLError BAD_USER_INPUT for none or too many, KafkaError for an invalid name. */
export const namedTopics = (topics: readonly string[], { limits }: GraphQLContext): readonly TopicName[] => {
  const { max } = limits.page
  if (topics.length === 0) throw badInput('topics', 'is empty: name at least one topic.')
  if (topics.length > max) throw badInput('topics', `takes at most ${max} names, this request has ${topics.length}.`)
  return topics.map(toTopicName)
}
