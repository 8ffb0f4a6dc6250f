import { KAFKA_ERRORS } from './error-codes.ts'
import { KAFKA_SENTENCES } from './error-sentences.ts'
import { OWN_ERRORS } from './own-errors.ts'

/** Kafka's own error names (TOPIC_ALREADY_EXISTS, NOT_LEADER_OR_FOLLOWER, …). */
export type KafkaErrorName = (typeof KAFKA_ERRORS)[number][1]

/** Names of this server's own errors. */
export type OwnErrorName = (typeof OWN_ERRORS)[number][0]

/** Every stable error code. A Kafka error keeps Kafka's name. */
export type ErrorCode = KafkaErrorName | OwnErrorName

interface ErrorKind {
  readonly errorCode: number
  readonly retriable: boolean
  readonly sentence: string
}

const NAME_BY_NUMBER = new Map<number, KafkaErrorName>(KAFKA_ERRORS.map(([number, name]) => [number, name]))
const KINDS = new Map<string, ErrorKind>([
  ...OWN_ERRORS.map(([name, retriable, sentence]) => [name, { errorCode: -1, retriable, sentence }] as const),
  ...KAFKA_ERRORS.map(
    ([errorCode, name, retriable]) => [name, { errorCode, retriable, sentence: KAFKA_SENTENCES[name] }] as const,
  ),
])
const UNKNOWN: ErrorKind = { errorCode: -1, retriable: false, sentence: 'The request failed.' }

/** Optional parts of an error. */
export interface KafkaErrorDetails {
  /** The underlying failure. */
  readonly cause?: unknown
  /** For programs, e.g. `{ earliestOffset }` with OFFSET_OUT_OF_RANGE, `{ cursor }` if a stream can be resumed. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** A failure with a stable code, a retriable flag, and a sentence that says what to do. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError'
  /** Kafka's error name, or this server's own. */
  readonly code: ErrorCode
  /** Kafka's error number; -1 for this server's own errors. */
  readonly errorCode: number
  /** True if the same request may succeed later. */
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

/** The error for a broker's error number. `message` is the broker's own sentence, if it sent one. */
export const kafkaErrorOf = (number: number, message?: string | null): KafkaError =>
  new KafkaError(NAME_BY_NUMBER.get(number) ?? 'UNKNOWN_SERVER_ERROR', message)

/** The result of one item in a response about many: its value or its own error. */
export type Outcome<T> = T | KafkaError

/** Type guard for a failed item. */
export const isFailure = <T>(outcome: Outcome<T>): outcome is KafkaError => outcome instanceof KafkaError

/** Converts anything thrown to a KafkaError. Other errors get `code` and become its cause. */
export const asKafkaError = (thrown: unknown, code: ErrorCode = 'UNKNOWN_SERVER_ERROR'): KafkaError =>
  thrown instanceof KafkaError
    ? thrown
    : new KafkaError(code, thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown })
