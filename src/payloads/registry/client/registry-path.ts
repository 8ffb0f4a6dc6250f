import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { shown } from '../../../kafka/text.ts'

/** Longer names of subjects are refused: a registry would refuse the URL. */
export const MAX_SUBJECT = 4096

/**
 * The name of a subject as a part of a path. Slashes, and the colons of a context such as `:.ctx:orders-value`, are escaped.
 * @throws KafkaError INVALID_SUBJECT
 */
export const subjectPart = (subject: string): string => {
  if (subject === '') throw new KafkaError('INVALID_SUBJECT', 'the name of a subject cannot be empty')
  if (subject.length > MAX_SUBJECT)
    throw new KafkaError('INVALID_SUBJECT', `the name of a subject has at most ${MAX_SUBJECT} characters`)
  if (!subject.isWellFormed() || /\p{Cc}/u.test(subject))
    throw new KafkaError('INVALID_SUBJECT', `${shown(subject)} has a character that the name of a subject cannot have`)
  if (/^\.{1,2}$/.test(subject))
    throw new KafkaError('INVALID_SUBJECT', `${shown(subject)} cannot be the name of a subject: no URL can hold it`)
  return encodeURIComponent(subject)
}
