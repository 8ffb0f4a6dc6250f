import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toOffset } from '../../../src/kafka/offset.ts'
import { encodeBatch } from '../../../src/kafkajs/records/encode/encode-batch.ts'
import { sealed } from '../../support/raw-batch.ts'
import { anyMessages, anyType } from './arbitraries.ts'
import { at, decode, startsOf } from './batches.ts'

/** A log of several batches, from offset 0 on. */
const anyLog = fc.array(fc.tuple(anyMessages, anyType), { minLength: 1, maxLength: 6 })
type LogPlan = typeof anyLog extends fc.Arbitrary<infer T> ? T : never

const build = async (plan: LogPlan): Promise<Buffer> => {
  const batches: Buffer[] = []
  let offset = 0
  for (const [messages, compressionType] of plan) {
    batches.push(at(offset, await encodeBatch(messages, { compressionType, producer: null })))
    offset += messages.length
  }
  return Buffer.concat(batches)
}

const mutation = fc.record({
  at: fc.nat(),
  byte: fc.nat(255),
  // Half of the damaged batches get a valid checksum, so that the decoders after the check see damage too.
  isSealed: fc.boolean(),
})

/** Continues after each fault, like a follower, until all bytes are read. */
const readToEnd = async (records: Buffer, from: bigint, onRound: () => void): Promise<bigint[]> => {
  const offsets: bigint[] = []
  let next = from
  let rest = records
  for (;;) {
    onRound()
    const decoded = await decode(rest, { from: toOffset(next), limits: { maxDecompressedBytes: 8 << 20, sliceMs: 2 } })
    expect(decoded.next >= next).toBe(true)
    for (const { offset } of decoded.messages) offsets.push(offset)
    if (!decoded.fault) return offsets
    const { fault } = decoded
    expect(fault.at).toBe(decoded.next)
    expect(fault.next > fault.at).toBe(true)
    next = fault.next
    // A broker would respond from the batch that contains that offset.
    const starts = startsIn(rest)
    const start = starts.find(candidate => rest.readBigInt64BE(candidate) >= next)
    if (start === undefined || start === 0) return offsets
    rest = rest.subarray(start)
  }
}

const startsIn = (bytes: Buffer): number[] => {
  const starts: number[] = []
  for (let start = 0; start + 12 <= bytes.length; ) {
    starts.push(start)
    const length = bytes.readInt32BE(start + 8)
    if (length < 0) break
    start += 12 + length
  }
  return starts
}

const isAscending = (offsets: readonly bigint[]): boolean =>
  offsets.every((offset, index) => index === 0 || offset > (offsets[index - 1] ?? -1n))

describe('damaged batches', () => {
  it('never throw, never repeat or disorder an offset, and lose nothing before the damage', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, fc.array(mutation, { minLength: 1, maxLength: 4 }), async (plan, mutations) => {
        const records = await build(plan)
        const starts = startsOf(records)
        let firstDamaged = starts.length
        for (const { at: where, byte, isSealed } of mutations) {
          const place = where % records.length
          records[place] = byte
          const index = starts.findLastIndex(start => start <= place)
          firstDamaged = Math.min(firstDamaged, index)
          const batch = records.subarray(starts[index], starts[index + 1])
          if (isSealed && place >= (starts[index] ?? 0) + 21) sealed(batch)
        }
        let rounds = 0
        const offsets = await readToEnd(records, 0n, () => rounds++)
        expect(rounds).toBeLessThanOrEqual(starts.length + 1)
        expect(isAscending(offsets)).toBe(true)
        const untouched = plan.slice(0, firstDamaged).reduce((sum, [messages]) => sum + messages.length, 0)
        expect(offsets.slice(0, untouched)).toEqual(Array.from({ length: untouched }, (_, i) => BigInt(i)))
      }),
      { numRuns: 600 },
    )
  })

  it('are left to the next fetch if they are only truncated', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, fc.nat(), async (plan, where) => {
        const records = await build(plan)
        const length = where % (records.length + 1)
        const wholeBatches = [...startsOf(records), records.length].filter(start => start <= length).length - 1
        const whole = plan.slice(0, Math.max(wholeBatches, 0)).reduce((sum, [messages]) => sum + messages.length, 0)
        const decoded = await decode(records.subarray(0, length))
        expect(decoded.messages).toHaveLength(whole)
        expect(decoded.next).toBe(BigInt(whole))
        expect(decoded.fault === undefined).toBe(whole > 0 || length === 0)
      }),
      { numRuns: 300 },
    )
  })

  it('may be any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.bigInt({ min: 0n, max: 2n ** 62n }),
        async (bytes, from) => {
          const decoded = await decode(Buffer.from(bytes), { from: toOffset(from) })
          expect(decoded.messages).toEqual([])
          expect(decoded.next >= from).toBe(true)
          if (decoded.fault) expect(decoded.fault.next > decoded.fault.at).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
