import { compress as compressBlock, uncompress as decompressBlock } from 'snappy'
import { type Codec, corrupt, tooLarge } from './codec.ts'

/** Header of Java's snappy stream: magic number, version 1, compatible with 1. Blocks follow, each after its length. */
const HEADER = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1])
const MAGIC = HEADER.subarray(0, 8)
/** Java's own block size. Its reader allocates the size that a block declares. */
const BLOCK_BYTES = 32 * 1024

/** The uncompressed length at the start of a raw block: a varint of at most 32 bits. */
const claimedSize = (block: Buffer): number => {
  let size = 0
  for (let i = 0; i < 5; i++) {
    const byte = block[i]
    if (byte === undefined) break
    size += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return size
  }
  throw corrupt('a snappy block without its length')
}

const splitBlocks = (bytes: Buffer): Buffer[] => {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return [bytes]
  const blocks: Buffer[] = []
  for (let at = HEADER.length; at < bytes.length; ) {
    const start = at + 4
    const length = start <= bytes.length ? bytes.readInt32BE(at) : -1
    if (length < 0 || length > bytes.length - start) throw corrupt('a snappy block with an invalid length')
    blocks.push(bytes.subarray(start, start + length))
    at = start + length
  }
  return blocks
}

const decompressOne = async (block: Buffer): Promise<Buffer> => {
  const output = await decompressBlock(block).catch(error => {
    throw corrupt('bad snappy data', error)
  })
  return typeof output === 'string' ? Buffer.from(output) : output
}

/** Snappy: writes Java's framing (xerial); reads it and the raw block that other clients write. */
export const snappy: Codec = {
  async compress(bytes) {
    const parts: Buffer[] = [HEADER]
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
      const block = await compressBlock(bytes.subarray(at, at + BLOCK_BYTES))
      const length = Buffer.allocUnsafe(4)
      length.writeInt32BE(block.length)
      parts.push(length, block)
    }
    return Buffer.concat(parts)
  },
  async decompress(bytes, maxBytes) {
    const blocks = splitBlocks(bytes)
    let total = 0
    // Adds up all declared sizes before allocating.
    for (const block of blocks) total += claimedSize(block)
    if (total > maxBytes) throw tooLarge(maxBytes)
    const [only] = blocks
    if (only && blocks.length === 1) return decompressOne(only)
    const output = Buffer.allocUnsafe(total)
    let at = 0
    for (const block of blocks) at += (await decompressOne(block)).copy(output, at)
    return output
  },
}
