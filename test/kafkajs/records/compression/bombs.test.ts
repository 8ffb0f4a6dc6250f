import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Codec } from '../../../../src/kafkajs/records/compression/codec.ts'
import { CODECS } from '../../../../src/kafkajs/records/compression/codecs.ts'
import { zstdNative } from '../../../../src/kafkajs/records/compression/zstd-native.ts'
import { zstdWasm } from '../../../../src/kafkajs/records/compression/zstd-wasm.ts'

const MIB = 1024 * 1024
const repeat = (part: Buffer, times: number): Buffer => Buffer.concat(new Array<Buffer>(times).fill(part))

/** 800 MiB in 800 members. */
const gzipBomb = (): Buffer => repeat(gzipSync(Buffer.alloc(MIB)), 800)

/** 800 MiB in blocks of 4 MiB: one compressed block, repeated. */
const lz4Bomb = async (): Promise<Buffer> => {
  const frame = await CODECS.LZ4.compress(Buffer.alloc(4 * MIB))
  const block = frame.subarray(7, 7 + 4 + frame.readUInt32LE(7))
  return Buffer.concat([frame.subarray(0, 7), repeat(block, 200), Buffer.alloc(4)])
}

/** 800 MiB in blocks that encode "a zero, 128 KiB times" in four bytes each. */
const zstdBomb = (): Buffer => {
  const block = Buffer.alloc(4)
  block.writeUIntLE(((128 * 1024) << 3) | (1 << 1), 0, 3)
  const last = Buffer.from(block)
  last[0] = (last[0] ?? 0) | 1
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]), repeat(block, 6_399), last])
}

/** 800 MiB in Java's framing, with correct declared sizes. */
const snappyBomb = async (): Promise<Buffer> => {
  const packed = await CODECS.SNAPPY.compress(Buffer.alloc(32 * 1024))
  return Buffer.concat([packed.subarray(0, 16), repeat(packed.subarray(16), 25_600)])
}

const bombs: readonly (readonly [string, Codec, () => Buffer | Promise<Buffer>])[] = [
  ['gzip', CODECS.GZIP, gzipBomb],
  ['snappy', CODECS.SNAPPY, snappyBomb],
  ['lz4', CODECS.LZ4, lz4Bomb],
  ['zstd in WASM', zstdWasm, zstdBomb],
  ...(zstdNative ? [['zstd of Node', zstdNative, zstdBomb] as const] : []),
]

describe('a bomb of 800 MiB', () => {
  it.each(bombs)('is refused without allocating its memory: %s', async (_, codec, make) => {
    const bomb = await make()
    const before = process.resourceUsage().maxRSS
    await expect(codec.decompress(bomb, 8 * MIB)).rejects.toMatchObject({ code: 'DECODE_LIMIT' })
    const grownKiB = process.resourceUsage().maxRSS - before
    expect(grownKiB).toBeLessThan(100 * 1024)
  })

  it('smaller than the limit is decompressed', async () => {
    const half = Buffer.concat([zstdBomb().subarray(0, 6), zstdBomb().subarray(-4)])
    expect(await CODECS.ZSTD.decompress(half, 8 * MIB)).toHaveLength(128 * 1024)
    expect(await zstdWasm.decompress(half, 8 * MIB)).toHaveLength(128 * 1024)
  })
})
