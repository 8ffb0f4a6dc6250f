import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { later, type Offset, toOffset } from '../../../kafka/offset.ts'
import { type BatchFrame, MAGIC, readFrame } from '../parts/batch-header.ts'
import type { LostRecords } from '../parts/lost-records.ts'
import { hasFittingCrc } from './open-batch.ts'

/** A batch that cannot be read: `at` is the first lost offset, `next` the start of the following batch. */
export interface UndecodableBatch {
  readonly error: KafkaError
  readonly at: Offset
  readonly next: Offset
}

/**
 * Start of the batch after an entry; null without a batch with a valid checksum, because a damaged length leads
 * anywhere.
 */
const followerOffset = (bytes: Buffer, { end }: BatchFrame): bigint | null => {
  const follower = readFrame(bytes, end)
  if (follower?.magic !== MAGIC || follower.nextOffset === null || follower.end > bytes.length) return null
  return hasFittingCrc(bytes.subarray(end, follower.end)) ? follower.baseOffset : null
}

/**
 * The first offset after an undecodable entry: from the following batch if there is one, otherwise from its own header.
 */
const offsetBehind = (bytes: Buffer, frame: BatchFrame | null, at: Offset): Offset => {
  const known = frame && [followerOffset(bytes, frame), frame.nextOffset].find(offset => offset !== null && offset > at)
  return toOffset(known ?? at + 1n)
}

/**
 * The fault of the entry that `frame` describes, after everything below `position` was read. A null frame has no
 * header.
 */
export const undecodableBatch = (
  error: KafkaError,
  bytes: Buffer,
  frame: BatchFrame | null,
  position: Offset,
): UndecodableBatch => {
  // A message of format v0 or v1 may be a wrapper, whose offset is that of its last message.
  const startsAt = frame?.magic === MAGIC && frame.nextOffset !== null ? frame.baseOffset : position
  const at = later(position, toOffset(startsAt))
  return { error, at, next: offsetBehind(bytes, frame, at) }
}

/** The fault of records within an entry. */
export const undecodableRecords = ({ error, at, next }: LostRecords): UndecodableBatch => ({
  error,
  at: toOffset(at),
  next: toOffset(next),
})

/** Why an entry is unreadable, judged by its header alone; null if it is readable. */
export const frameProblem = (frame: BatchFrame): KafkaError | null =>
  frame.nextOffset === null ? new KafkaError('CORRUPT_MESSAGE', 'the header of the record batch is invalid') : null

/**
 * Whether a batch has a wrong offset, which its checksum does not cover. Offsets ascend, but this batch is before the
 * last one read, or skips offsets and ends beyond its successor. Trusting it would lose the messages after it.
 */
export const isMisplaced = (
  bytes: Buffer,
  { baseOffset, nextOffset, end }: BatchFrame,
  { position, passed }: { readonly position: Offset; readonly passed: bigint },
): boolean => {
  if (baseOffset < passed) return true
  if (baseOffset <= position || nextOffset === null) return false
  const follower = readFrame(bytes, end)
  if (follower?.magic !== MAGIC || follower.nextOffset === null) return false
  return follower.baseOffset > position && follower.baseOffset < nextOffset
}

/** The error of a misplaced batch. */
export const misplaced = (): KafkaError => new KafkaError('CORRUPT_MESSAGE', 'the record batch has a wrong offset')

/** The error of a Fetch response without a complete batch. */
export const nothingWhole = (): KafkaError =>
  new KafkaError('CORRUPT_MESSAGE', 'the broker returned only a part of a record batch')
