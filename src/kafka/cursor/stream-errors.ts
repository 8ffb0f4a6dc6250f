import { KafkaError } from '../errors/kafka-error.ts'
import type { Offset } from '../offset.ts'
import type { TopicName } from '../topic-name.ts'
import type { Cursor } from './cursor.ts'

/** A position that a partition's log does not have. */
export interface MissedPosition {
  readonly topic: TopicName
  readonly partition: number
  readonly offset: Offset
  readonly earliest: Offset
  readonly latest: Offset
  /** Where reading can resume; null when the client asked for an offset that never existed. */
  readonly cursor: Cursor | null
}

/** OFFSET_OUT_OF_RANGE. Details are strings and numbers only, so that they serialise as JSON. */
export const offsetOutOfRange = ({ topic, partition, offset, earliest, latest, cursor }: MissedPosition): KafkaError =>
  new KafkaError(
    'OFFSET_OUT_OF_RANGE',
    `Partition ${partition} of ${topic} has offsets from ${earliest} up to, not including, ${latest}: offset ${offset} does not exist.`,
    {
      details: {
        partition,
        fromOffset: String(offset),
        earliestOffset: String(earliest),
        latestOffset: String(latest),
        ...(cursor === null ? {} : { cursor }),
      },
    },
  )

/** TOPIC_RECREATED. `cursor` reads the new topic from its start. */
export const topicRecreated = (topic: TopicName, cursor: Cursor): KafkaError =>
  new KafkaError('TOPIC_RECREATED', `${topic} was deleted and created again: its offsets start over.`, {
    details: { cursor },
  })

/** TOPIC_DELETED */
export const topicDeleted = (topic: TopicName): KafkaError => new KafkaError('TOPIC_DELETED', `${topic} was deleted.`)

/** `error` with the cursor that resumes after it, and details of the place. */
export const resumable = (
  error: KafkaError,
  cursor: Cursor,
  place: Readonly<Record<string, unknown>> = {},
): KafkaError =>
  new KafkaError(error.code, error.message, { cause: error, details: { ...error.details, ...place, cursor } })

/** INVALID_CURSOR */
export const invalidCursor = (why: string): KafkaError =>
  new KafkaError('INVALID_CURSOR', `The cursor is invalid: ${why}.`)

/** INVALID_REQUEST */
export const invalidRequest = (why: string): KafkaError => new KafkaError('INVALID_REQUEST', why)
