import { isTopicName, type TopicName } from '../topic-name.ts'

/** The parts of a message that have a subject of their own. */
export type SubjectPart = 'KEY' | 'VALUE'

const SUFFIXES = { KEY: '-key', VALUE: '-value' } as const

/** A context before the name, such as `:.staging:`. A context is a namespace within a registry. */
const CONTEXT = /^:\.[^:]*:/

/** The subject of a topic's keys or values by the strategy TopicName, the default of Confluent's serializers. */
export const subjectOfTopic = (topic: string, part: SubjectPart): string => `${topic}${SUFFIXES[part]}`

/** The topic that a subject belongs to by the strategy TopicName; null if the name does not fit it. */
export const topicOfSubject = (subject: string): TopicName | null => {
  const name = subject.replace(CONTEXT, '')
  const suffix = Object.values(SUFFIXES).find(each => name.endsWith(each))
  if (suffix === undefined) return null
  const topic = name.slice(0, -suffix.length)
  return isTopicName(topic) ? topic : null
}
