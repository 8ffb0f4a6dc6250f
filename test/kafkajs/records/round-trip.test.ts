import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toOffset } from '../../../src/kafka/offset.ts'
import { encodeBatch } from '../../../src/kafkajs/records/encode/encode-batch.ts'
import { BATCH_OVERHEAD, encodedSize, recordSize, varintSize } from '../../../src/kafkajs/records/encode/record-size.ts'
import { anyMessage, anyMessages, anyType } from './arbitraries.ts'
import { at, decode } from './batches.ts'

describe('encodeBatch', () => {
  it('round-trips any messages with any codec', async () => {
    const offset = fc.bigInt({ min: 0n, max: 2n ** 62n })
    await fc.assert(
      fc.asyncProperty(anyMessages, anyType, offset, async (messages, compressionType, base) => {
        const batch = at(base, await encodeBatch(messages, { compressionType, producer: null }))
        const decoded = await decode(batch, { from: toOffset(base) })
        expect(decoded.fault).toBeUndefined()
        expect(decoded.next).toBe(base + BigInt(messages.length))
        const expected = messages.map((message, index) => ({ ...message, partition: 3, offset: base + BigInt(index) }))
        const seen = decoded.messages.map(message => ({
          key: message.key,
          value: message.value,
          headers: message.headers,
          timestamp: message.timestamp,
          partition: message.partition,
          offset: message.offset,
        }))
        expect(seen).toEqual(expected)
        expect(decoded.messages.every(message => message.batch.compressionType === compressionType)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('has exactly the size that recordSize predicts', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async messages => {
        const batch = await encodeBatch(messages, { compressionType: 'NONE', producer: null })
        const base = messages[0]?.timestamp ?? 0
        const records = messages.reduce((sum, message, i) => sum + recordSize(message, i, message.timestamp - base), 0)
        expect(batch.length).toBe(BATCH_OVERHEAD + records)
      }),
    )
    await fc.assert(
      fc.asyncProperty(anyMessage, async message => {
        const batch = await encodeBatch([message], { compressionType: 'NONE', producer: null })
        expect(encodedSize(message)).toBe(batch.length)
      }),
    )
  })
})

describe('varintSize', () => {
  it('grows at each seven bits of the zigzag number', () => {
    const sizes = [0, -1, 63, -64, 64, -65, 8191, -8192, 8192, 2 ** 31 - 1, 2 ** 40].map(varintSize)
    expect(sizes).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 5, 6])
  })
})
