import { compressFrameSync } from 'lz4-napi'
import { describe, expect, it } from 'vitest'
import { lz4FrameEnd } from '../../../../src/kafkajs/records/compression/lz4-frame.ts'
import { zstdFrameBound } from '../../../../src/kafkajs/records/compression/zstd-frame.ts'

const thrownBy = (action: () => unknown): unknown => {
  try {
    return action()
  } catch (error) {
    return error
  }
}

describe('lz4FrameEnd', () => {
  const input = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i % 17) * (i % 5) + ((i >> 9) & 31)))

  it('counts the expanded size exactly', () => {
    for (const bytes of [
      input,
      Buffer.alloc(200_000),
      Buffer.from('lorem ipsum '.repeat(16_667)).subarray(0, 200_000),
    ]) {
      for (const options of [{}, { contentChecksum: true }, { blockChecksums: true }]) {
        const frame = compressFrameSync(bytes, options)
        expect(lz4FrameEnd(frame, 200_000)).toBe(frame.length)
        expect(thrownBy(() => lz4FrameEnd(frame, 199_999))).toMatchObject({ code: 'DECODE_LIMIT' })
      }
    }
  })

  it('ends where the first frame ends', () => {
    const frame = compressFrameSync(input)
    expect(lz4FrameEnd(Buffer.concat([frame, frame]), 200_000)).toBe(frame.length)
  })

  it('refuses truncated frames and other data', () => {
    const frame = compressFrameSync(Buffer.from('lorem ipsum'))
    for (let length = 0; length < frame.length - 4; length++) {
      expect(thrownBy(() => lz4FrameEnd(frame.subarray(0, length), 100))).toMatchObject({ code: 'CORRUPT_MESSAGE' })
    }
    expect(thrownBy(() => lz4FrameEnd(Buffer.alloc(20), 100))).toMatchObject({ code: 'CORRUPT_MESSAGE' })
  })

  it('refuses a declared size above the limit', () => {
    const header = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x68, 0x40, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(thrownBy(() => lz4FrameEnd(header, 1_000))).toMatchObject({ code: 'DECODE_LIMIT' })
  })
})

describe('zstdFrameBound', () => {
  const frame = (flags: number, fields: readonly number[], blocks: readonly number[] = [1, 0, 0]): Buffer =>
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, flags, ...fields, ...blocks])

  it('reads the declared size in each of its lengths', () => {
    expect(zstdFrameBound(frame(0x20, [200]))).toEqual({ bytes: 200n, isDeclared: true })
    expect(zstdFrameBound(frame(0x40, [0, 1, 1]))).toEqual({ bytes: 513n, isDeclared: true })
    expect(zstdFrameBound(frame(0xa0, [0, 0, 1, 0]))).toEqual({ bytes: 65_536n, isDeclared: true })
    expect(zstdFrameBound(frame(0xe0, [0, 0, 0, 0, 1, 0, 0, 0]))).toEqual({ bytes: 2n ** 32n, isDeclared: true })
    expect(zstdFrameBound(frame(0x23, [9, 9, 9, 9, 7]))).toEqual({ bytes: 7n, isDeclared: true })
  })

  it('adds up the blocks of a frame without a declared size', () => {
    const stored = [0x28, 0, 0, 1, 2, 3, 4, 5] // 5 stored bytes
    const run = [0x42, 0x1f, 0, 9] // one byte 1000 times
    const packed = [0x15, 0, 0, 0, 0] // compressed, the last block
    const bound = zstdFrameBound(frame(0x00, [0x58], [...stored, ...run, ...packed]))
    expect(bound).toEqual({ bytes: BigInt(5 + 1_000 + 128 * 1024), isDeclared: false })
  })

  it('refuses truncated frames and other data', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(30), frame(0xe0, [1, 2], []), frame(0, [0x58], [0x28, 0, 0])]) {
      expect(thrownBy(() => zstdFrameBound(bytes))).toMatchObject({ code: 'CORRUPT_MESSAGE' })
    }
  })
})
