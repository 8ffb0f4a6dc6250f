import type { EventLoopSlices } from '../../../async/event-loop-slices.ts'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { BatchInfo, CompressionType, TimestampType } from '../../../kafka/message.ts'
import { CODECS, COMPRESSION_TYPES } from '../compression/codecs.ts'
import { withLz4HeaderChecksum } from '../compression/lz4-header.ts'
import { malformed } from '../parts/record-cursor.ts'
import { LEGACY_ATTRIBUTE, type LegacyMessage, legacyEnd, readLegacy } from './legacy-message.ts'
import { LegacyReader } from './legacy-reader.ts'

/** The offsets of an entry, and the first one wanted. */
interface LegacyEntryPlace {
  readonly partition: number
  /** The entry's own offset; for a wrapper that of its last message. */
  readonly baseOffset: bigint
  readonly nextOffset: bigint
  readonly from: bigint
}

/** Messages between two clock checks. */
const MESSAGES_PER_CLOCK_CHECK = 4096

const timestampTypeOf = ({ magic, attributes }: LegacyMessage): TimestampType => {
  if (magic === 0) return 'NO_TIMESTAMP_TYPE'
  return attributes & LEGACY_ATTRIBUTE.logAppendTime ? 'LOG_APPEND_TIME' : 'CREATE_TIME'
}

const infoOf = (outer: LegacyMessage, compressionType: CompressionType): BatchInfo => ({
  leaderEpoch: -1,
  timestampType: timestampTypeOf(outer),
  compressionType,
  isTransactional: false,
  producerId: -1n,
})

const compressionOf = ({ attributes }: LegacyMessage): CompressionType => {
  const number = attributes & LEGACY_ATTRIBUTE.compression
  const type = COMPRESSION_TYPES[number]
  // Zstandard is newer than these formats. Kafka's consumer refuses it here, too.
  if (type !== undefined && type !== 'ZSTD') return type
  throw new KafkaError('UNSUPPORTED_COMPRESSION_TYPE', `a message of format v0 or v1 has the compression ${number}`)
}

const unpack = (outer: LegacyMessage, type: Exclude<CompressionType, 'NONE'>, maxBytes: number): Promise<Buffer> => {
  if (outer.value === null) throw malformed('a wrapper without messages')
  // v0 writers computed this checksum wrongly, and Kafka's consumer ignores it there.
  const isUnchecked = type === 'LZ4' && outer.magic === 0
  return CODECS[type].decompress(isUnchecked ? withLz4HeaderChecksum(outer.value) : outer.value, maxBytes)
}

/** The stored offset of the last complete message. */
const lastOffsetIn = async (bytes: Buffer, slices: EventLoopSlices): Promise<bigint> => {
  let last: number | null = null
  for (let at: number | null = 0, count = 1; at !== null && at < bytes.length; count++) {
    const end = legacyEnd(bytes, at)
    if (end !== null) last = at
    at = end
    if (count % MESSAGES_PER_CLOCK_CHECK === 0 && slices.isOver) await slices.next()
  }
  if (last === null) throw malformed('a wrapper without messages')
  return bytes.readBigInt64BE(last)
}

/**
 * The number to add to the offsets in a wrapper. In format v1 they are relative, and the wrapper has the offset of its
 * last message.
 */
const baseOf = async (outer: LegacyMessage, bytes: Buffer, slices: EventLoopSlices): Promise<bigint> => {
  const last = await lastOffsetIn(bytes, slices)
  // Some producers left the offset at 0.
  if (outer.magic === 0 || outer.offset === 0n) return 0n
  if (last <= outer.offset) return outer.offset - last
  throw malformed('an offset beyond that of its wrapper')
}

/**
 * Opens a v0 or v1 entry like Kafka's consumer, which does not check a wrapper's checksum, only those of its messages.
 * @throws KafkaError CORRUPT_MESSAGE, UNSUPPORTED_COMPRESSION_TYPE, DECODE_LIMIT
 */
export const openLegacy = async (
  entry: Buffer,
  place: LegacyEntryPlace,
  maxBytes: number,
  slices: EventLoopSlices,
): Promise<{ readonly reader: LegacyReader; readonly isCompressed: boolean }> => {
  const outer = readLegacy(entry, 0)
  if (outer === null) throw malformed('it ends early')
  const type = compressionOf(outer)
  const info = infoOf(outer, type)
  const { partition, from, nextOffset } = place
  const shared = { partition, from, nextOffset, info }
  if (type === 'NONE') {
    const alone = { ...shared, baseOffset: 0n, appendTime: null, isWrapped: false }
    return { reader: new LegacyReader(entry, alone), isCompressed: false }
  }
  const bytes = await unpack(outer, type, maxBytes)
  const baseOffset = await baseOf(outer, bytes, slices)
  const appendTime = info.timestampType === 'LOG_APPEND_TIME' ? outer.timestamp : null
  return { reader: new LegacyReader(bytes, { ...shared, baseOffset, appendTime, isWrapped: true }), isCompressed: true }
}
