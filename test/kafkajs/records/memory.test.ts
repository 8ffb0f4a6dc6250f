import { describe, expect, it } from 'vitest'
import { toOffset } from '../../../src/kafka/offset.ts'
import { encodeBatch } from '../../../src/kafkajs/records/encode/encode-batch.ts'
import { batchOf, decode, saying, TYPES, told } from './batches.ts'

const MIB = 1024 * 1024
const limits = { maxDecompressedBytes: MIB, sliceMs: 2 }

/** Reads a log like a follower: each round starts where the last decoding ended. Returns the offsets of each round. */
const readOn = async (records: Buffer): Promise<bigint[][]> => {
  const rounds: bigint[][] = []
  for (let next = toOffset(0); ; ) {
    const decoded = await decode(records, { from: next, limits })
    expect(decoded.fault).toBeUndefined()
    if (decoded.messages.length === 0) return rounds
    expect(decoded.next > next).toBe(true)
    expect(decoded.bytes - records.length).toBeLessThan(3 * MIB)
    rounds.push(decoded.messages.map(({ offset }) => offset))
    next = decoded.next
  }
}

describe('the memory of one decoding', () => {
  it('stops between batches: many highly compressed ones are read in several rounds', async () => {
    const batches: Buffer[] = []
    for (let i = 0; i < 20; i++) batches.push(await batchOf(i, ['x'.repeat(600_000)], 'GZIP'))
    const records = Buffer.concat(batches)
    expect(records.length).toBeLessThan(20_000)
    const rounds = await readOn(records)
    expect(rounds).toEqual(Array.from({ length: 10 }, (_, i) => [BigInt(2 * i), BigInt(2 * i + 1)]))
  })

  it.each(TYPES)('stops within a batch of very many records, which are read in several rounds: %s', async type => {
    const records = await batchOf(0, new Array<string>(20_000).fill(''), type)
    const rounds = await readOn(records)
    expect(rounds.length).toBeGreaterThan(5)
    expect(rounds.flat()).toEqual(Array.from({ length: 20_000 }, (_, i) => BigInt(i)))
  })

  it('refuses a record whose headers alone exceed it', async () => {
    const headers = new Array<{ key: string; value: null }>(10_000).fill({ key: '', value: null })
    const bomb = await encodeBatch([{ ...saying('x'), headers }], { compressionType: 'ZSTD', producer: null })
    const decoded = await decode(Buffer.concat([bomb, await batchOf(1, ['after'])]), { limits })
    expect(decoded).toMatchObject({ messages: [], fault: { error: { code: 'DECODE_LIMIT' }, at: 0n, next: 1n } })
    const many = { ...limits, maxDecompressedBytes: 2 * MIB }
    expect((await decode(bomb, { limits: many })).messages[0]?.headers).toHaveLength(10_000)
  })

  it('does not count hidden batches', async () => {
    const producer = { producerId: 5n, producerEpoch: 0, baseSequence: 0 }
    const large = [saying('x'.repeat(900_000))]
    const hidden = await encodeBatch(large, { compressionType: 'LZ4', producer, isTransactional: true })
    const records = Buffer.concat([hidden, await batchOf(1, ['seen'])])
    const abortedTransactions = [{ producerId: 5n, firstOffset: 0n }]
    expect(told(await decode(records, { abortedTransactions, limits }))).toEqual(['1:seen'])
  })
})
