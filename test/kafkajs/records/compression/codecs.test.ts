import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { compressSync } from 'snappy'
import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../../src/kafka/errors/kafka-error.ts'
import type { Codec } from '../../../../src/kafkajs/records/compression/codec.ts'
import { CODECS } from '../../../../src/kafkajs/records/compression/codecs.ts'
import { zstdNative } from '../../../../src/kafkajs/records/compression/zstd-native.ts'
import { zstdWasm } from '../../../../src/kafkajs/records/compression/zstd-wasm.ts'

const codecs: readonly (readonly [string, Codec])[] = [
  ['gzip', CODECS.GZIP],
  ['snappy', CODECS.SNAPPY],
  ['lz4', CODECS.LZ4],
  ['zstd in WASM', zstdWasm],
  ...(zstdNative ? [['zstd of Node', zstdNative] as const] : []),
]

const LIMIT = 4 * 1024 * 1024
const refused = { code: 'DECODE_LIMIT' }
const damaged = { code: 'CORRUPT_MESSAGE' }

describe.each(codecs)('%s', (_, codec) => {
  it('round-trips any bytes', async () => {
    const bytes = fc.uint8Array({ size: 'max', maxLength: 200_000 }).map(Buffer.from)
    const repetitive = fc.tuple(fc.string(), fc.nat(5_000)).map(([text, times]) => Buffer.from(text.repeat(times)))
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, repetitive), async input => {
        expect((await codec.decompress(await codec.compress(input), LIMIT)).equals(input)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('allows exactly as many bytes as the limit', async () => {
    for (const size of [1, 100, 65_536, 300_000]) {
      const packed = await codec.compress(Buffer.alloc(size, 'lorem ipsum '))
      expect(await codec.decompress(packed, size)).toHaveLength(size)
      if (size > 1) await expect(codec.decompress(packed, size - 1)).rejects.toMatchObject(refused)
    }
  })

  it('refuses any bytes and any damage with a KafkaError, and stays usable', async () => {
    const packed = await codec.compress(Buffer.from('lorem ipsum dolor sit amet '.repeat(100)))
    const attempt = async (bytes: Buffer): Promise<void> => {
      const output = await codec.decompress(bytes, 100_000).catch(error => error)
      if (output instanceof KafkaError) expect(['DECODE_LIMIT', 'CORRUPT_MESSAGE']).toContain(output.code)
      else expect(output.length).toBeLessThanOrEqual(100_000)
    }
    const change = fc.tuple(fc.nat(packed.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.nat(packed.length),
        async (changes, end) => {
          const bytes = Buffer.from(packed)
          for (const [at, byte] of changes) bytes[at] = byte
          await attempt(bytes)
          await attempt(packed.subarray(0, end))
        },
      ),
      { numRuns: 400 },
    )
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), bytes => attempt(Buffer.from(bytes))))
    expect(await codec.decompress(packed, 100_000)).toHaveLength(2_700)
  })

  it('handles many inputs at once', async () => {
    const inputs = Array.from({ length: 50 }, (_, i) => Buffer.from(`number ${i} `.repeat(i * 50)))
    const packed = await Promise.all(inputs.map(input => codec.compress(input)))
    const outputs = await Promise.all(packed.map(bytes => codec.decompress(bytes, LIMIT)))
    expect(outputs.map(String)).toEqual(inputs.map(String))
  })
})

describe('gzip', () => {
  it('reads members in a row', async () => {
    const packed = Buffer.concat([gzipSync('one '), gzipSync('two')])
    expect(String(await CODECS.GZIP.decompress(packed, LIMIT))).toBe('one two')
  })
})

describe('snappy', () => {
  it('reads the raw block that other clients write', async () => {
    expect(String(await CODECS.SNAPPY.decompress(compressSync('bare '.repeat(20_000)), LIMIT))).toBe(
      'bare '.repeat(20_000),
    )
  })

  it('refuses a block that declares 4 GB before it allocates anything', async () => {
    const claim = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0])
    await expect(CODECS.SNAPPY.decompress(claim, LIMIT)).rejects.toMatchObject(refused)
    const framed = Buffer.concat([
      (await CODECS.SNAPPY.compress(Buffer.from('x'))).subarray(0, 16),
      Buffer.from([0, 0, 0, 7]),
      claim,
    ])
    await expect(CODECS.SNAPPY.decompress(framed, LIMIT)).rejects.toMatchObject(refused)
  })

  it('refuses a block that is longer than its frame', async () => {
    const packed = await CODECS.SNAPPY.compress(Buffer.from('x'))
    packed.writeInt32BE(1_000_000, 16)
    await expect(CODECS.SNAPPY.decompress(packed, LIMIT)).rejects.toMatchObject(damaged)
  })
})
