import { describe, expect, it } from 'vitest'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { encodeBatch } from '../../../../src/kafkajs/records/encode/encode-batch.ts'
import { at, batchOf, decode, saying, TYPES, told } from '../batches.ts'

describe('decodeRecords', () => {
  it('returns nothing for no bytes', async () => {
    const decoded = await decode(Buffer.alloc(0), { from: toOffset(7) })
    expect(decoded).toEqual({ messages: [], next: 7n, bytes: 0, leaderEpoch: -1 })
  })

  it('skips records below the requested offset', async () => {
    const records = await batchOf(10, ['a', 'b', 'c', 'd'])
    expect(told(await decode(records, { from: toOffset(12) }))).toEqual(['12:c', '13:d'])
  })

  it('skips a batch below the requested offset, even a damaged one', async () => {
    const old = await batchOf(0, ['old'])
    old[70] = 0xff
    const decoded = await decode(Buffer.concat([old, await batchOf(1, ['new'])]), { from: toOffset(1) })
    expect(told(decoded)).toEqual(['1:new'])
  })

  it('leaves a truncated batch to the next fetch', async () => {
    const whole = await batchOf(0, ['a', 'b'])
    const records = Buffer.concat([whole, await batchOf(2, ['c', 'd'])])
    for (let length = whole.length; length < records.length; length++) {
      const decoded = await decode(records.subarray(0, length))
      expect(told(decoded)).toEqual(['0:a', '1:b'])
      expect(decoded.next).toBe(2n)
      expect(decoded.fault).toBeUndefined()
    }
  })

  it('keeps offsets above 2^53 exact', async () => {
    const base = 2n ** 53n + 1n
    const decoded = await decode(await batchOf(base, ['a', 'b', 'c']), { from: toOffset(base + 1n) })
    expect(decoded.messages.map(({ offset }) => offset)).toEqual([base + 1n, base + 2n])
    expect(decoded.next).toBe(base + 3n)
  })

  it('counts the bytes of key, value and headers', async () => {
    const headers = [
      { key: 'ü', value: Buffer.from('123') },
      { key: 'n', value: null },
    ]
    const message = { ...saying('value'), key: Buffer.from('key'), headers }
    const decoded = await decode(await encodeBatch([message, saying('')], { compressionType: 'NONE', producer: null }))
    expect(decoded.messages.map(({ serializedSize }) => serializedSize)).toEqual([3 + 5 + 2 + 3 + 1, 0])
  })

  it('shares empty headers and the batch info among messages', async () => {
    const { messages } = await decode(await batchOf(0, ['a', 'b']))
    expect(messages[0]?.headers).toBe(messages[1]?.headers)
    expect(Object.isFrozen(messages[0]?.headers)).toBe(true)
    expect(messages[0]?.batch).toBe(messages[1]?.batch)
  })

  it('counts retained memory: the input once, decompressed bytes, and objects', async () => {
    const text = 'x'.repeat(10_000)
    const plain = await decode(await batchOf(0, [text, text]))
    expect(plain.bytes).toBeGreaterThan(20_000)
    expect(plain.bytes).toBeLessThan(22_000)
    const packed = await decode(await batchOf(0, [text, text], 'ZSTD'))
    expect(packed.bytes).toBeGreaterThan(20_000)
    expect((await decode(await batchOf(0, [text]), { from: toOffset(1) })).bytes).toBe(0)
  })

  it('returns the leader epoch of the last batch read', async () => {
    const batches = [await batchOf(0, ['a']), await batchOf(1, ['b']), await batchOf(2, ['c'])]
    batches.forEach((batch, index) => {
      batch.writeInt32BE(index + 4, 12)
    })
    expect((await decode(Buffer.concat(batches))).leaderEpoch).toBe(6)
    expect((await decode(Buffer.concat(batches).subarray(0, -1))).leaderEpoch).toBe(5)
  })

  it.each(TYPES)('yields to the event loop while reading 100,000 records of one batch: %s', async type => {
    const records = await batchOf(0, new Array<string>(100_000).fill('x'), type)
    let turns = 0
    const count = () => {
      turns++
      timer = setImmediate(count)
    }
    let timer = setImmediate(count)
    const { messages } = await decode(records, { limits: { maxDecompressedBytes: 64 << 20, sliceMs: 0 } })
    clearImmediate(timer)
    expect(messages).toHaveLength(100_000)
    // With slices of zero length, the event loop turns at every clock check.
    expect(turns).toBeGreaterThan(1_000)
  })

  it('hides aborted batches without decompressing them', async () => {
    const producer = { producerId: 5n, producerEpoch: 0, baseSequence: 0 }
    const aborted = await encodeBatch([saying('gone')], { compressionType: 'GZIP', producer, isTransactional: true })
    const records = Buffer.concat([aborted, await batchOf(1, ['kept'])])
    const abortedTransactions = [{ producerId: 5n, firstOffset: 0n }]
    expect(told(await decode(records, { abortedTransactions }))).toEqual(['1:kept'])
    expect(told(await decode(at(0, records), { abortedTransactions, isolationLevel: 'READ_UNCOMMITTED' }))).toEqual([
      '0:gone',
      '1:kept',
    ])
  })
})
