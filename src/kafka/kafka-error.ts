import { KAFKA_ERRORS } from './error-codes.ts'
import { KAFKA_SENTENCES } from './error-sentences.ts'

/** Kafka's own error names (TOPIC_ALREADY_EXISTS, NOT_LEADER_OR_FOLLOWER, …). */
export type KafkaErrorName = (typeof KAFKA_ERRORS)[number][1]

/** Conditions of this gateway that no Kafka error names: [name, whether a retry may succeed, sentence]. */
const GATEWAY_ERRORS = [
  ['KAFKA_UNAVAILABLE', true, 'No Kafka broker answers.'],
  ['TLS_FAILED', false, 'The TLS settings of this gateway and of Kafka do not fit.'],
  ['OUTCOME_UNKNOWN', false, 'The request was sent but no answer came: it may or may not have been carried out.'],
  ['TRANSACTION_ABORTED', false, 'The transaction was aborted: nothing of it is visible to READ_COMMITTED readers.'],
  ['BUSY', true, 'This gateway holds as much as it may; nothing was sent to Kafka.'],
  ['INVALID_CURSOR', false, 'The cursor is not one of this cluster.'],
  ['TOPIC_DELETED', false, 'The topic was deleted.'],
  ['TOPIC_RECREATED', false, 'The topic was deleted and created anew: its offsets start again.'],
  ['SUBSCRIBER_TOO_SLOW', true, 'The subscriber did not read for too long.'],
  ['DECODE_LIMIT', false, 'A record batch is larger than this gateway decompresses.'],
  ['CLOSED', true, 'This gateway is shutting down.'],
] as const

/** Error names of this gateway that Kafka has no name for. */
export type GatewayErrorName = (typeof GATEWAY_ERRORS)[number][0]

/** Every stable error code: Kafka's name wherever Kafka has one. */
export type ErrorCode = KafkaErrorName | GatewayErrorName

interface ErrorKind {
  readonly errorCode: number
  readonly retriable: boolean
  readonly sentence: string
}

const NAME_BY_NUMBER = new Map<number, KafkaErrorName>(KAFKA_ERRORS.map(([number, name]) => [number, name]))
const KINDS = new Map<string, ErrorKind>([
  ...GATEWAY_ERRORS.map(([name, retriable, sentence]) => [name, { errorCode: -1, retriable, sentence }] as const),
  ...KAFKA_ERRORS.map(
    ([errorCode, name, retriable]) => [name, { errorCode, retriable, sentence: KAFKA_SENTENCES[name] }] as const,
  ),
])
const UNKNOWN: ErrorKind = { errorCode: -1, retriable: false, sentence: 'The request failed.' }

/** What only some errors carry. */
export interface KafkaErrorDetails {
  /** The failure below this one. */
  readonly cause?: unknown
  /** For machines: e.g. `{ earliestOffset }` with OFFSET_OUT_OF_RANGE, `{ cursor }` where a stream can be resumed. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** A failure with a stable code, whether a retry may help, and a sentence that says what to do. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError'
  /** Kafka's error name, or this gateway's where Kafka has none. */
  readonly code: ErrorCode
  /** Kafka's number; -1 for this gateway's own codes. */
  readonly errorCode: number
  /** True when the same request may succeed later. */
  readonly retriable: boolean
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message?: string | null, { cause, details = {} }: KafkaErrorDetails = {}) {
    const kind = KINDS.get(code) ?? UNKNOWN
    super(message || kind.sentence, cause === undefined ? undefined : { cause })
    this.code = code
    this.errorCode = kind.errorCode
    this.retriable = kind.retriable
    this.details = details
  }
}

/** The error for a number that a broker answered; `message` is the broker's own sentence where it sent one. */
export const kafkaErrorOf = (number: number, message?: string | null): KafkaError =>
  new KafkaError(NAME_BY_NUMBER.get(number) ?? 'UNKNOWN_SERVER_ERROR', message)

/** One item's result in an answer about many: its value, or the error that this item alone met. */
export type Outcome<T> = T | KafkaError

/** True for the failed items of an answer about many. */
export const isFailure = <T>(outcome: Outcome<T>): outcome is KafkaError => outcome instanceof KafkaError

/** Whatever was thrown, as a KafkaError; what is not one already becomes `code` with it as the cause. */
export const asKafkaError = (thrown: unknown, code: ErrorCode = 'UNKNOWN_SERVER_ERROR'): KafkaError =>
  thrown instanceof KafkaError
    ? thrown
    : new KafkaError(code, thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown })
