import { KafkaError } from './errors/kafka-error.ts'
import { shown } from './text.ts'

declare const topicName: unique symbol

/** A name that Kafka accepts for a topic. */
export type TopicName = string & { readonly [topicName]: true }

/** Kafka's limit: the name becomes a directory on every replica's disk. */
const MAX_LENGTH = 249
const LEGAL = /^[a-zA-Z0-9._-]+$/

/** Why `name` is not a legal topic name, in Kafka's terms; null if it is legal. */
export const topicNameProblem = (name: string): string | null => {
  if (name === '') return 'a topic name cannot be empty'
  if (name === '.' || name === '..') return `a topic name cannot be "${name}"`
  if (name.length > MAX_LENGTH) return `a topic name has at most ${MAX_LENGTH} characters; this one has ${name.length}`
  if (!LEGAL.test(name)) return `topic name ${shown(name)} is illegal: use only letters, digits, ".", "_" and "-"`
  return null
}

export const isTopicName = (name: string): name is TopicName => topicNameProblem(name) === null

/** @throws KafkaError INVALID_TOPIC_EXCEPTION that says what is wrong with the name. */
export const toTopicName = (name: string): TopicName => {
  if (isTopicName(name)) return name
  throw new KafkaError('INVALID_TOPIC_EXCEPTION', topicNameProblem(name))
}
