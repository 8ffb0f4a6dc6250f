import { corrupt } from './codec.ts'

const MAGIC = 0xfd2fb528
/** A block never expands to more (RFC 8878, 3.1.1.2.3). */
const MAX_BLOCK_BYTES = 128 * 1024
const FIELD_BYTES = [0, 2, 4, 8] as const
const DICTIONARY_BYTES = [0, 1, 2, 4] as const

interface FrameHeader {
  readonly length: number
  /** The declared content size; null if the writer streamed and did not know it, like Java's. */
  readonly declared: bigint | null
}

const readContentSize = (bytes: Buffer, at: number, field: number): bigint | null => {
  if (field === 1) return BigInt(bytes.readUInt8(at))
  if (field === 2) return BigInt(bytes.readUInt16LE(at) + 256)
  if (field === 4) return BigInt(bytes.readUInt32LE(at))
  return field === 8 ? bytes.readBigUInt64LE(at) : null
}

const readHeader = (bytes: Buffer): FrameHeader => {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== MAGIC) throw corrupt('not a zstd frame')
  const flags = bytes.readUInt8(4)
  const isSingleSegment = (flags & 32) !== 0
  const sizeFlag = flags >> 6
  const field = sizeFlag === 0 && isSingleSegment ? 1 : (FIELD_BYTES[sizeFlag] ?? 0)
  const at = 5 + (isSingleSegment ? 0 : 1) + (DICTIONARY_BYTES[flags & 3] ?? 0)
  if (at + field > bytes.length) throw corrupt('a truncated zstd frame')
  return { length: at + field, declared: readContentSize(bytes, at, field) }
}

const boundOfBlocks = (bytes: Buffer, start: number): bigint => {
  let bound = 0
  for (let at = start; at + 3 <= bytes.length; ) {
    const word = bytes.readUIntLE(at, 3)
    const type = (word >> 1) & 3
    const size = word >> 3
    if (type === 3) break
    bound += type === 2 ? MAX_BLOCK_BYTES : size
    if (word & 1) return BigInt(bound)
    at += 3 + (type === 1 ? 1 : size)
  }
  throw corrupt('a truncated zstd frame')
}

/**
 * The maximum size of the first expanded frame: its declared size, or an upper bound from its block headers.
 * @throws KafkaError CORRUPT_MESSAGE
 */
export const zstdFrameBound = (bytes: Buffer): { readonly bytes: bigint; readonly isDeclared: boolean } => {
  const { length, declared } = readHeader(bytes)
  return { bytes: declared ?? boundOfBlocks(bytes, length), isDeclared: declared !== null }
}
