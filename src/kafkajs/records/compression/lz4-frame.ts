import { corrupt, tooLarge } from './codec.ts'

const MAGIC = 0x184d2204
/** LZ4 expands a block at most 255-fold, because a byte of match length adds at most 255 bytes. */
const MAX_RATIO = 255
/** The shortest match. Match lengths are stored relative to it. */
const MIN_MATCH = 4
const STORED = 0x80000000

interface Block {
  readonly start: number
  readonly size: number
  readonly isStored: boolean
}

interface FrameHeader {
  readonly length: number
  readonly maxBlockBytes: number
  readonly hasBlockChecksums: boolean
  readonly hasContentChecksum: boolean
}

const readHeader = (bytes: Buffer, maxBytes: number): FrameHeader => {
  if (bytes.length < 7 || bytes.readUInt32LE(0) !== MAGIC) throw corrupt('not an lz4 frame')
  const flags = bytes.readUInt8(4)
  const sizeCode = (bytes.readUInt8(5) >> 4) & 7
  if (flags >> 6 !== 1 || sizeCode < 4) throw corrupt('an unknown kind of lz4 frame')
  const hasContentSize = (flags & 8) !== 0
  const length = 7 + (hasContentSize ? 8 : 0) + (flags & 1 ? 4 : 0)
  if (length > bytes.length) throw corrupt('a truncated lz4 frame')
  if (hasContentSize && bytes.readBigUInt64LE(6) > BigInt(maxBytes)) throw tooLarge(maxBytes)
  return {
    length,
    maxBlockBytes: 1 << (8 + 2 * sizeCode),
    hasBlockChecksums: (flags & 16) !== 0,
    hasContentChecksum: (flags & 4) !== 0,
  }
}

/** Visits each block of the frame. Returns the end of the frame. */
const walkBlocks = (bytes: Buffer, header: FrameHeader, visit: (block: Block) => void): number => {
  const checksum = header.hasBlockChecksums ? 4 : 0
  for (let at = header.length; at + 4 <= bytes.length; ) {
    const word = bytes.readUInt32LE(at)
    at += 4
    if (word === 0) return Math.min(at + (header.hasContentChecksum ? 4 : 0), bytes.length)
    const isStored = word >= STORED
    const size = isStored ? word - STORED : word
    if (size > bytes.length - at) break
    visit({ start: at, size, isStored })
    at += size + checksum
  }
  throw corrupt('a truncated lz4 frame')
}

/** The expanded size of a compressed block, computed from its sequence lengths without decompressing. */
const expandedSize = (bytes: Buffer, start: number, end: number): number => {
  let size = 0
  let at = start
  const length = (nibble: number): number => {
    let total = nibble
    for (let more = nibble === 15; more && at < end; ) {
      const byte = bytes[at++] ?? 0
      total += byte
      more = byte === 255
    }
    return total
  }
  while (at < end) {
    const token = bytes[at++] ?? 0
    const literals = length(token >> 4)
    size += literals
    at += literals + 2 // the match offset
    if (at <= end) size += length(token & 15) + MIN_MATCH
  }
  return size
}

/**
 * Returns the end of the first frame, after checking that it expands to at most `maxBytes`. Block headers suffice for
 * nearly every batch; sequences are counted only if their upper bound exceeds the limit.
 * @throws KafkaError DECODE_LIMIT, CORRUPT_MESSAGE
 */
export const lz4FrameEnd = (bytes: Buffer, maxBytes: number): number => {
  const header = readHeader(bytes, maxBytes)
  let bound = 0
  const end = walkBlocks(bytes, header, ({ size, isStored }) => {
    bound += isStored ? size : Math.min(header.maxBlockBytes, size * MAX_RATIO)
  })
  if (bound <= maxBytes) return end
  let exact = 0
  walkBlocks(bytes, header, ({ start, size, isStored }) => {
    exact += isStored ? size : expandedSize(bytes, start, start + size)
    if (exact > maxBytes) throw tooLarge(maxBytes)
  })
  return end
}
