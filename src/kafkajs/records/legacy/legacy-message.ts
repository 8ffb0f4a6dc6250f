import { crc32 } from '@node-rs/crc32'
import { malformed } from '../parts/record-cursor.ts'

/** Field offsets of a v0 or v1 message, including its offset and length. */
const FIELD = { size: 8, crc: 12, magic: 16, attributes: 17, timestamp: 18 } as const
const LENGTH_PREFIX = 12
/** CRC, magic, attributes and the lengths of key and value, without the timestamp of v1. */
const MIN_SIZE = 14
const NO_TIMESTAMP = -1n

/** A message of format v0 or v1 (before Kafka 0.11), read in place. */
export interface LegacyMessage {
  /** Absolute; in a v1 wrapper, relative to the wrapper's first message. */
  readonly offset: bigint
  readonly magic: number
  readonly attributes: number
  readonly timestamp: bigint
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly start: number
  readonly end: number
}

/** Bits of a message's attributes. Format v0 has only the compression. */
export const LEGACY_ATTRIBUTE = { compression: 0x07, logAppendTime: 0x08 } as const

/** The end of the message at `start`; null if it is cut off. @throws KafkaError CORRUPT_MESSAGE */
export const legacyEnd = (bytes: Buffer, start: number): number | null => {
  if (bytes.length - start < LENGTH_PREFIX) return null
  const size = bytes.readInt32BE(start + FIELD.size)
  if (size < MIN_SIZE) throw malformed(`a message of ${size} bytes`)
  const end = start + LENGTH_PREFIX + size
  return end > bytes.length ? null : end
}

/** Bytes after a 32-bit length; null if the length is negative, as in Kafka. */
const fieldAt = (bytes: Buffer, at: number, end: number): Buffer | null => {
  if (at + 4 > end) throw malformed('it ends early')
  const length = bytes.readInt32BE(at)
  if (length < 0) return null
  if (length > end - at - 4) throw malformed('a length beyond its end')
  return bytes.subarray(at + 4, at + 4 + length)
}

/** The message at `start`; null if it is cut off. @throws KafkaError CORRUPT_MESSAGE */
export const readLegacy = (bytes: Buffer, start: number): LegacyMessage | null => {
  const end = legacyEnd(bytes, start)
  if (end === null) return null
  const magic = bytes.readInt8(start + FIELD.magic)
  if (magic !== 0 && magic !== 1) throw malformed(`format ${magic} within format v0 or v1`)
  const keyAt = start + FIELD.timestamp + (magic === 1 ? 8 : 0)
  const key = fieldAt(bytes, keyAt, end)
  return {
    offset: bytes.readBigInt64BE(start),
    magic,
    attributes: bytes.readInt8(start + FIELD.attributes),
    timestamp: magic === 1 ? bytes.readBigInt64BE(start + FIELD.timestamp) : NO_TIMESTAMP,
    key,
    value: fieldAt(bytes, keyAt + 4 + (key?.length ?? 0), end),
    start,
    end,
  }
}

/** Whether the message is intact: CRC-32 covers everything from its magic on. */
export const hasFittingLegacyCrc = (bytes: Buffer, { start, end }: LegacyMessage): boolean =>
  bytes.readUInt32BE(start + FIELD.crc) === crc32(bytes.subarray(start + FIELD.magic, end))
