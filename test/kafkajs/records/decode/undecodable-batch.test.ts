import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { sealed } from '../../../support/raw-batch.ts'
import { at, batchOf, decode, TYPES, told } from '../batches.ts'

/** One batch at offset 1, `middle` at offsets 2 to 4, one batch at 5. */
const between = async (middle: Buffer): Promise<Buffer> =>
  Buffer.concat([await batchOf(1, ['first']), middle, await batchOf(5, ['last'])])

const middle = (): Promise<Buffer> => batchOf(2, ['a', 'b', 'c'])

const expectFault = async (batch: Buffer, code: string, maxDecompressedBytes = 1 << 20): Promise<void> => {
  const request = { from: toOffset(1), limits: { maxDecompressedBytes, sliceMs: 2 } }
  const decoded = await decode(await between(batch), request)
  expect(told(decoded)).toEqual(['1:first'])
  expect(decoded.next).toBe(2n)
  expect(decoded.fault).toMatchObject({ error: { code }, at: 2n, next: 5n })
  const alone = await decode(batch, { ...request, from: toOffset(3) })
  expect(alone).toMatchObject({ messages: [], next: 3n, fault: { error: { code }, at: 3n, next: 5n } })
}

describe('an unreadable batch ends the reading, after earlier messages are delivered,', () => {
  it('if its checksum is wrong', async () => {
    const batch = await middle()
    batch[batch.length - 2] = 0x55
    await expectFault(batch, 'CORRUPT_MESSAGE')
  })

  it.each([5, 6, 7])('if its compression type is unknown: %i', async compression => {
    const batch = await middle()
    batch.writeInt16BE(compression, 21)
    await expectFault(sealed(batch), 'UNSUPPORTED_COMPRESSION_TYPE')
  })

  it.each(TYPES.slice(1))('if it decompresses to more than the limit: %s', async type => {
    const text = 'x'.repeat(20_000)
    await expectFault(await batchOf(2, [text, text, text], type), 'DECODE_LIMIT', 59_999)
    const limits = { maxDecompressedBytes: 60_100, sliceMs: 2 }
    expect((await decode(await batchOf(2, [text, text, text], type), { limits })).messages).toHaveLength(3)
  })

  it.each(TYPES.slice(1))('if its compressed bytes are damaged: %s', async type => {
    const batch = await batchOf(2, ['a', 'b', 'c'], type)
    batch.fill(0xee, 61)
    await expectFault(sealed(batch), 'CORRUPT_MESSAGE')
    await expectFault(sealed(cut(await batchOf(2, ['a', 'b', 'c'], type), 9)), 'CORRUPT_MESSAGE')
  })

  it('if bytes follow its last record', async () => {
    const plain = await batchOf(2, ['a'])
    plain.writeInt32BE(2, 23)
    const packed = Buffer.concat([
      plain.subarray(0, 61),
      gzipSync(Buffer.concat([plain.subarray(61), Buffer.alloc(9)])),
    ])
    packed.writeInt32BE(packed.length - 12, 8)
    packed.writeInt16BE(1, 21)
    await expectFault(sealed(packed), 'CORRUPT_MESSAGE')
  })

  it.each([0, 99_999])('if its offset, which no checksum covers, has become %i', async offset => {
    const decoded = await decode(await between(at(offset, await middle())), { from: toOffset(1) })
    expect(told(decoded)).toEqual(['1:first'])
    expect(decoded).toMatchObject({ next: 2n, fault: { error: { code: 'CORRUPT_MESSAGE' }, at: 2n, next: 5n } })
  })

  // A record of "a" at offset delta 0: length, attributes, timestamp delta, offset delta, key, value length, value, headers.
  const damages: readonly (readonly [string, number, number])[] = [
    ['a record longer than the batch', 0, 0x7e],
    ['a negative length', 0, 0x01],
    ['a record shorter than its fields', 0, 0x0c],
    ['an offset beyond its last', 3, 0x08],
    ['a key of length -2', 4, 0x03],
    ['a value beyond its record', 5, 0x7e],
    ['a negative count of headers', 7, 0x01],
    ['more headers than bytes', 7, 0x7e],
  ]
  it.each(damages)('if it has %s, although its checksum is right', async (_, index, byte) => {
    const batch = await middle()
    batch[61 + index] = byte
    await expectFault(sealed(batch), 'CORRUPT_MESSAGE')
  })

  it('if it has a negative number of records', async () => {
    const batch = await middle()
    batch.writeInt32BE(-1, 57)
    await expectFault(sealed(batch), 'CORRUPT_MESSAGE')
  })
})

describe('an entry with an invalid header', () => {
  it('is skipped by one offset if nothing better is known', async () => {
    const batch = await middle()
    batch.writeInt32BE(-5, 23)
    const decoded = await decode(sealed(batch), { from: toOffset(2) })
    expect(decoded.fault).toMatchObject({ error: { code: 'CORRUPT_MESSAGE' }, at: 2n, next: 3n })
  })

  it('is skipped up to the following batch', async () => {
    const batch = await middle()
    batch.writeInt32BE(-5, 23)
    const decoded = await decode(await between(sealed(batch)), { from: toOffset(1) })
    expect(decoded.fault).toMatchObject({ at: 2n, next: 5n })
  })

  it.each([3, 127, -1])('has an unknown magic: %i', async magic => {
    const batch = await middle()
    batch.writeInt8(magic, 16)
    const decoded = await decode(await between(batch), { from: toOffset(1) })
    expect(told(decoded)).toEqual(['1:first'])
    expect(decoded.fault).toMatchObject({ error: { code: 'CORRUPT_MESSAGE' }, at: 2n, next: 5n })
  })

  it.each([-0x80000000, -1, 0, 48])('declares a length of %i bytes', async length => {
    const batch = await middle()
    batch.writeInt32BE(length, 8)
    const decoded = await decode(await between(batch), { from: toOffset(1) })
    expect(told(decoded)).toEqual(['1:first'])
    expect(decoded.fault).toMatchObject({ error: { code: 'CORRUPT_MESSAGE' }, at: 2n, next: 3n })
  })

  it('has an offset below 0 or at the end of all offsets', async () => {
    for (const offset of [-1n, 2n ** 63n - 3n]) {
      const decoded = await decode(await batchOf(offset, ['a', 'b', 'c']))
      expect(decoded).toMatchObject({ messages: [], next: 0n, fault: { at: 0n, next: 1n } })
    }
  })
})

describe('a partial batch without a complete one before it', () => {
  it('is a fault, because it would be fetched again forever', async () => {
    const batch = await middle()
    for (let length = 1; length < batch.length; length++) {
      const { messages, next, fault } = await decode(batch.subarray(0, length), { from: toOffset(2) })
      expect(messages).toEqual([])
      expect(next).toBe(2n)
      expect(fault).toMatchObject({ error: { code: 'CORRUPT_MESSAGE' }, at: 2n, next: length < 61 ? 3n : 5n })
    }
  })
})

/** The batch without its last bytes, with its length adapted. */
function cut(batch: Buffer, bytes: number): Buffer {
  const shorter = batch.subarray(0, batch.length - bytes)
  shorter.writeInt32BE(shorter.length - 12, 8)
  return shorter
}
