import { type KafkaError, kafkaErrorOf } from '../../../kafka/errors/kafka-error.ts'
import type { IsolationLevel } from '../../../kafka/message.ts'
import { type Offset, toOffset } from '../../../kafka/offset.ts'
import type { LogFault, LogSlice } from '../../../kafka/ports/log-source.ts'
import { type DecodeLimits, decodeRecords } from '../../records/decode/decode-records.ts'
import type { FetchedPartition } from '../../requests/messages/fetch.ts'
import { CORRUPT_MESSAGE } from './unreadable-range.ts'

/** The meaning of one partition's part of a Fetch response. */
export type FetchResult =
  | { readonly kind: 'slice'; readonly slice: LogSlice; readonly leaderEpoch: number; readonly fault: LogFault | null }
  /** No messages at or after the position yet. */
  | { readonly kind: 'empty'; readonly logStartOffset: Offset; readonly endOffset: Offset }
  /** The position is outside the log, so its ends must be looked up. */
  | { readonly kind: 'outOfRange' }
  /** The broker reports that its log is damaged at the position. */
  | { readonly kind: 'unreadable' }
  /** The broker does not lead the partition, so the leader must be looked up again. */
  | { readonly kind: 'retry'; readonly error: KafkaError }
  /** The broker does not know the topic id: the topic was deleted, or is not known there yet. */
  | { readonly kind: 'unknownTopic'; readonly error: KafkaError }
  | { readonly kind: 'fault'; readonly fault: LogFault }

const OFFSET_OUT_OF_RANGE = 1
/** UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID, INCONSISTENT_TOPIC_ID. */
const UNKNOWN_TOPIC = new Set([3, 100, 103])
/** FENCED_LEADER_EPOCH is not generally retriable, but here another leader will answer. */
const FENCED_LEADER_EPOCH = 74

const ofError = (errorCode: number): FetchResult => {
  const error = kafkaErrorOf(errorCode)
  if (errorCode === OFFSET_OUT_OF_RANGE) return { kind: 'outOfRange' }
  if (errorCode === CORRUPT_MESSAGE) return { kind: 'unreadable' }
  if (UNKNOWN_TOPIC.has(errorCode)) return { kind: 'unknownTopic', error }
  if (error.retriable || errorCode === FENCED_LEADER_EPOCH) return { kind: 'retry', error }
  return { kind: 'fault', fault: { kind: 'refused', error } }
}

/** Interprets one partition's part of a Fetch response, requested from `offset`. */
export const readAnswer = async (
  answer: FetchedPartition,
  offset: Offset,
  isolationLevel: IsolationLevel,
  limits: DecodeLimits,
): Promise<FetchResult> => {
  if (answer.errorCode !== 0) return ofError(answer.errorCode)
  const end = isolationLevel === 'READ_COMMITTED' ? answer.lastStableOffset : answer.highWatermark
  const logStartOffset = toOffset(answer.logStartOffset)
  const endOffset = toOffset(end < 0n ? answer.highWatermark : end)
  if (answer.divergingEndOffset !== null) {
    return { kind: 'fault', fault: { kind: 'beyond', logStartOffset, endOffset: toOffset(answer.divergingEndOffset) } }
  }
  if (answer.records.length === 0) return { kind: 'empty', logStartOffset, endOffset }
  const decoded = await decodeRecords({
    records: answer.records,
    from: offset,
    partition: answer.partition,
    isolationLevel,
    abortedTransactions: answer.abortedTransactions,
    limits,
  })
  const { messages, next, fault } = decoded
  const slice = {
    partition: answer.partition,
    from: offset,
    next: fault?.at ?? next,
    messages,
    logStartOffset,
    endOffset,
    leaderEpoch: decoded.leaderEpoch,
    bytes: decoded.bytes,
  }
  const undecodable = fault && ({ kind: 'undecodable', next: fault.next, error: fault.error } as const)
  return { kind: 'slice', slice, leaderEpoch: decoded.leaderEpoch, fault: undecodable ?? null }
}
