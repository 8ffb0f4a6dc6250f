import { errorAbout } from '../../../kafka/errors/error-about.ts'
import { KafkaError, kafkaErrorOf } from '../../../kafka/errors/kafka-error.ts'
import type { ProducePartitionAnswer } from '../../requests/messages/produce.ts'

/** The meaning of a broker's response to a batch. */
export type Verdict =
  | { readonly kind: 'acknowledged' }
  /** Retry the same batch later. `mayBeWritten`: this attempt may have appended it. */
  | { readonly kind: 'retry'; readonly error: KafkaError; readonly mayBeWritten: boolean }
  /** The broker's record of this producer id differs from ours. */
  | { readonly kind: 'new-producer'; readonly error: KafkaError }
  /** Nothing was written, because some messages are invalid. */
  | { readonly kind: 'contents'; readonly error: KafkaError }
  /** The broker does not know the outcome. */
  | { readonly kind: 'unknown'; readonly error: KafkaError }
  /** Nothing was written, and a retry will not help. */
  | { readonly kind: 'refused'; readonly error: KafkaError }

const DUPLICATE_SEQUENCE_NUMBER = 46
const RETRIED: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REQUEST_TIMED_OUT',
  'REPLICA_NOT_AVAILABLE',
  'COORDINATOR_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'KAFKA_STORAGE_ERROR',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'THROTTLING_QUOTA_EXCEEDED',
  'UNKNOWN_TOPIC_ID',
  'INCONSISTENT_TOPIC_ID',
])
/** Errors that a broker may return although it appended the batch. */
const AFTER_APPEND: ReadonlySet<string> = new Set([
  'REQUEST_TIMED_OUT',
  'NETWORK_EXCEPTION',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'KAFKA_STORAGE_ERROR',
])
const PRODUCER: ReadonlySet<string> = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'PRODUCER_FENCED',
])
const CONTENTS: ReadonlySet<string> = new Set([
  'CORRUPT_MESSAGE',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TIMESTAMP',
  'INVALID_RECORD',
])

/**
 * A leader that cannot reach a transaction's coordinator returns NOT_ENOUGH_REPLICAS, because clients retry it; only
 * the message differs. We separate the two: a coordinator returns within seconds of a broker's death, but missing
 * replicas may never return.
 */
const errorOf = ({ errorCode, errorMessage }: ProducePartitionAnswer): KafkaError => {
  const error = kafkaErrorOf(errorCode, errorMessage)
  const isUnverified =
    error.code === 'NOT_ENOUGH_REPLICAS' && errorMessage?.startsWith('Unable to verify the partition')
  return isUnverified ? new KafkaError('COORDINATOR_NOT_AVAILABLE', errorMessage) : error
}

/** The owner of a batch, to name in errors. */
export interface BatchOwner {
  readonly target: { readonly topic: string }
  readonly identity: { readonly transactionalId: string | null }
}

/** Interprets a broker's response to one batch. */
export const judgeAnswer = (answer: ProducePartitionAnswer, { target, identity }: BatchOwner): Verdict => {
  const { errorCode, baseOffset } = answer
  if (errorCode === 0 || errorCode === DUPLICATE_SEQUENCE_NUMBER) return { kind: 'acknowledged' }
  const { transactionalId } = identity
  const error = errorAbout({ topic: target.topic, transactionalId }, errorOf(answer))
  // A leader that loses its partition while it waits for replicas returns an error together with the assigned offset.
  const mayBeWritten = AFTER_APPEND.has(error.code) || baseOffset >= 0n
  if (RETRIED.has(error.code)) return { kind: 'retry', error, mayBeWritten }
  // An unexpected exception in the broker says nothing about how far it got, and would occur again.
  if (error.code === 'UNKNOWN_SERVER_ERROR' || mayBeWritten) return { kind: 'unknown', error }
  if (PRODUCER.has(error.code)) return { kind: 'new-producer', error }
  if (CONTENTS.has(error.code)) return { kind: 'contents', error }
  return { kind: 'refused', error }
}
