import type { BatchInfo } from '../../../kafka/message.ts'
import { COMPRESSION_TYPES } from '../compression/codecs.ts'

/** Field offsets of a batch with magic 2 (KIP-98). Its records follow the header. */
export const FIELD = {
  baseOffset: 0,
  batchLength: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
  records: 61,
} as const

/** Bits of `attributes`. */
export const ATTRIBUTE = { compression: 0x07, logAppendTime: 0x08, transactional: 0x10, control: 0x20 } as const

/** The format of Kafka 0.11 and newer. */
export const MAGIC = 2
/** baseOffset and batchLength, which exist in every format. `batchLength` counts the bytes after them. */
export const LENGTH_PREFIX = 12
/** Kafka's offsets are signed 64-bit integers, and the offset after the last must still fit. */
const MAX_LAST_OFFSET = 2n ** 63n - 2n

/** One entry of a log: its place in the bytes, and its offsets. */
export interface BatchFrame {
  readonly start: number
  /** Start of the next entry; beyond the available bytes if this one is cut off. */
  readonly end: number
  readonly magic: number
  readonly baseOffset: bigint
  /** First offset after this entry; null if its header is invalid. */
  readonly nextOffset: bigint | null
}

const offsetAfter = (bytes: Buffer, start: number, magic: number, baseOffset: bigint): bigint | null => {
  // Magic 0 and 1: an entry is a single message, or a wrapper with the offset of its last message.
  const delta = magic === MAGIC ? bytes.readInt32BE(start + FIELD.lastOffsetDelta) : 0
  if (magic < 0 || magic > MAGIC || baseOffset < 0n || delta < 0) return null
  const last = baseOffset + BigInt(delta)
  return last > MAX_LAST_OFFSET ? null : last + 1n
}

/** The entry at `start`; null if too few bytes are left. */
export const readFrame = (bytes: Buffer, start: number): BatchFrame | null => {
  const left = bytes.length - start
  if (left <= FIELD.magic) return null
  const magic = bytes.readInt8(start + FIELD.magic)
  if (magic === MAGIC && left < FIELD.records) return null
  const baseOffset = bytes.readBigInt64BE(start)
  const size = LENGTH_PREFIX + bytes.readInt32BE(start + FIELD.batchLength)
  const isTooShort = size < (magic === MAGIC ? FIELD.records : FIELD.crc)
  const nextOffset = isTooShort ? null : offsetAfter(bytes, start, magic, baseOffset)
  return { start, end: start + Math.max(size, LENGTH_PREFIX), magic, baseOffset, nextOffset }
}

/** The header of a magic 2 batch. */
export interface BatchHeader {
  readonly isControl: boolean
  /** Number of the compression type, possibly an unknown one. */
  readonly compression: number
  readonly lastOffsetDelta: number
  readonly baseTimestamp: bigint
  readonly maxTimestamp: bigint
  readonly recordCount: number
  readonly info: BatchInfo
}

/** Reads the header of a complete magic 2 batch. */
export const readHeader = (batch: Buffer): BatchHeader => {
  const attributes = batch.readInt16BE(FIELD.attributes)
  const compression = attributes & ATTRIBUTE.compression
  return {
    isControl: (attributes & ATTRIBUTE.control) !== 0,
    compression,
    lastOffsetDelta: batch.readInt32BE(FIELD.lastOffsetDelta),
    baseTimestamp: batch.readBigInt64BE(FIELD.baseTimestamp),
    maxTimestamp: batch.readBigInt64BE(FIELD.maxTimestamp),
    recordCount: batch.readInt32BE(FIELD.recordCount),
    info: {
      leaderEpoch: batch.readInt32BE(FIELD.leaderEpoch),
      timestampType: attributes & ATTRIBUTE.logAppendTime ? 'LOG_APPEND_TIME' : 'CREATE_TIME',
      compressionType: COMPRESSION_TYPES[compression] ?? 'NONE',
      isTransactional: (attributes & ATTRIBUTE.transactional) !== 0,
      producerId: batch.readBigInt64BE(FIELD.producerId),
    },
  }
}
