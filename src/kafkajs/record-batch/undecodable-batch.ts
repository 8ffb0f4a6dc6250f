import { KafkaError } from '../../kafka/kafka-error.ts'
import { later, type Offset, toOffset } from '../../kafka/offset.ts'
import { type BatchFrame, MAGIC, readFrame } from './batch-header.ts'
import type { LostRecords } from './lost-records.ts'
import { hasFittingCrc } from './open-batch.ts'

/** A batch that cannot be read: `at` is the first offset that is lost, `next` where the batch after it starts. */
export interface UndecodableBatch {
  readonly error: KafkaError
  readonly at: Offset
  readonly next: Offset
}

/** Where the batch behind an entry starts; null when there is none whose checksum fits: a damaged length leads anywhere. */
const followerOffset = (bytes: Buffer, { end }: BatchFrame): bigint | null => {
  const follower = readFrame(bytes, end)
  if (follower?.magic !== MAGIC || follower.nextOffset === null || follower.end > bytes.length) return null
  return hasFittingCrc(bytes.subarray(end, follower.end)) ? follower.baseOffset : null
}

/** The first offset behind an undecodable entry. What comes next in the bytes tells best; without it, its own header. */
const offsetBehind = (bytes: Buffer, frame: BatchFrame | null, at: Offset): Offset => {
  const told = frame && [followerOffset(bytes, frame), frame.nextOffset].find(offset => offset !== null && offset > at)
  return toOffset(told ?? at + 1n)
}

/** The fault of the entry that `frame` describes, met when everything below `position` was read; null: it has no header. */
export const undecodableBatch = (
  error: KafkaError,
  bytes: Buffer,
  frame: BatchFrame | null,
  position: Offset,
): UndecodableBatch => {
  // A message of format v0 or v1 may be a wrapper: its offset is that of the last message in it.
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

/** What makes an entry unreadable before its records are looked at; null when nothing does. */
export const frameProblem = (frame: BatchFrame): KafkaError | null =>
  frame.nextOffset === null ? new KafkaError('CORRUPT_MESSAGE', 'the header of the record batch makes no sense') : null

/**
 * Whether a batch says an offset that is not its own, which its checksum does not cover: the log ascends, but this one lies
 * before what was passed, or leaves out offsets to lie beyond its follower. Taken at its word, what follows would be lost.
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
export const misplaced = (): KafkaError =>
  new KafkaError('CORRUPT_MESSAGE', 'the record batch says an offset that is not its own')

/** The error of a Fetch answer that holds no whole batch. */
export const nothingWhole = (): KafkaError =>
  new KafkaError('CORRUPT_MESSAGE', 'the broker answered with a part of a record batch, and nothing before it')
