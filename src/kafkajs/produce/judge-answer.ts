import { errorAbout } from '../../kafka/error-about.ts'
import { KafkaError, kafkaErrorOf } from '../../kafka/kafka-error.ts'
import type { ProducePartitionAnswer } from '../protocol/produce.ts'

/** What a broker's answer means for a batch. */
export type Verdict =
  | { readonly kind: 'acknowledged' }
  /** Send the same again later; `mayBeWritten` when this attempt may have been appended all the same. */
  | { readonly kind: 'retry'; readonly error: KafkaError; readonly mayBeWritten: boolean }
  /** The broker does not count this producer id as we do. */
  | { readonly kind: 'new-producer'; readonly error: KafkaError }
  /** Nothing was written because of some of its messages. */
  | { readonly kind: 'contents'; readonly error: KafkaError }
  /** The broker cannot tell itself. */
  | { readonly kind: 'unknown'; readonly error: KafkaError }
  /** Nothing was written, and nothing will be. */
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
/** Errors that a broker may give although it appended the batch. */
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
 * A leader that cannot ask a transaction's coordinator says NOT_ENOUGH_REPLICAS, since clients try that again; the sentence
 * alone tells. A broker's death costs its coordinator some seconds, too few replicas may never become enough.
 */
const errorOf = ({ errorCode, errorMessage }: ProducePartitionAnswer): KafkaError => {
  const error = kafkaErrorOf(errorCode, errorMessage)
  const isUnverified =
    error.code === 'NOT_ENOUGH_REPLICAS' && errorMessage?.startsWith('Unable to verify the partition')
  return isUnverified ? new KafkaError('COORDINATOR_NOT_AVAILABLE', errorMessage) : error
}

/** Whose batch it is: what its errors name. */
export interface BatchOwner {
  readonly target: { readonly topic: string }
  readonly identity: { readonly transactionalId: string | null }
}

/** Reads a broker's answer about one batch. */
export const judgeAnswer = (answer: ProducePartitionAnswer, { target, identity }: BatchOwner): Verdict => {
  const { errorCode, baseOffset } = answer
  if (errorCode === 0 || errorCode === DUPLICATE_SEQUENCE_NUMBER) return { kind: 'acknowledged' }
  const { transactionalId } = identity
  const error = errorAbout({ topic: target.topic, transactionalId }, errorOf(answer))
  // A leader that lost its partition while it waited for the replicas answers its error with the offset it had given.
  const mayBeWritten = AFTER_APPEND.has(error.code) || baseOffset >= 0n
  if (RETRIED.has(error.code)) return { kind: 'retry', error, mayBeWritten }
  // An exception that the broker did not foresee says nothing about how far it had come, and would come again.
  if (error.code === 'UNKNOWN_SERVER_ERROR' || mayBeWritten) return { kind: 'unknown', error }
  if (PRODUCER.has(error.code)) return { kind: 'new-producer', error }
  if (CONTENTS.has(error.code)) return { kind: 'contents', error }
  return { kind: 'refused', error }
}
