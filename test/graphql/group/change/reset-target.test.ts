import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type PartitionFacts,
  type ResetTarget,
  resetTarget,
} from '../../../../src/graphql/group/change/reset-target.ts'
import { KafkaError } from '../../../../src/kafka/errors/kafka-error.ts'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const RUNS = { seed: SEED, numRuns: 2000 }
const MAX_LONG = 2n ** 63n - 1n

const facts = (some: Partial<Record<'earliest' | 'latest' | 'atTimestamp' | 'committed', number>> = {}) => ({
  topic: toTopicName('orders'),
  partition: 1,
  earliest: toOffset(some.earliest ?? 10),
  latest: toOffset(some.latest ?? 20),
  atTimestamp: some.atTimestamp === undefined ? null : toOffset(some.atTimestamp),
  committed: some.committed === undefined ? null : toOffset(some.committed),
})

const offsetTo = (offset: number): ResetTarget => ({ kind: 'offset', offset: toOffset(offset) })
const shiftBy = (by: number): ResetTarget => ({ kind: 'shift', by: BigInt(by) })

const refusal = (target: ResetTarget, where: PartitionFacts): KafkaError => {
  try {
    resetTarget(target, where)
  } catch (thrown) {
    if (thrown instanceof KafkaError) return thrown
    throw thrown
  }
  throw new Error('it was not refused')
}

const someOffset = fc.bigInt({ min: 0n, max: MAX_LONG }).map(toOffset)
const smallOffset = fc.integer({ min: 0, max: 40 }).map(toOffset)
const anOffset = fc.oneof(someOffset, smallOffset)
const someFacts = fc
  .record({
    ends: fc.tuple(anOffset, anOffset),
    atTimestamp: fc.option(anOffset),
    committed: fc.option(anOffset),
  })
  .map(
    ({ ends: [one, other], ...rest }): PartitionFacts => ({
      topic: toTopicName('orders'),
      partition: 1,
      earliest: one < other ? one : other,
      latest: one < other ? other : one,
      ...rest,
    }),
  )
const someTarget: fc.Arbitrary<ResetTarget> = fc.oneof(
  fc.constantFrom<ResetTarget>({ kind: 'earliest' }, { kind: 'latest' }),
  fc.record({ kind: fc.constant('lastPerPartition' as const), count: fc.nat() }),
  fc.record({ kind: fc.constant('timestamp' as const), timestamp: fc.nat() }),
  fc.record({ kind: fc.constant('offset' as const), offset: anOffset }),
  fc.record({
    kind: fc.constant('offsets' as const),
    offsets: fc.uniqueArray(fc.record({ partition: fc.nat({ max: 2 }), offset: anOffset }), {
      selector: ({ partition }) => partition,
    }),
  }),
  fc.record({ kind: fc.constant('shift' as const), by: fc.bigInt({ min: -MAX_LONG, max: MAX_LONG }) }),
)

describe('the offset that a reset commits', () => {
  it(`is within the log, or the reset is refused and says why (seed ${SEED})`, () => {
    fc.assert(
      fc.property(someTarget, someFacts, (target, where) => {
        let offset: bigint
        try {
          offset = resetTarget(target, where)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(KafkaError)
          expect(['OFFSET_OUT_OF_RANGE', 'INVALID_REQUEST']).toContain((thrown as KafkaError).code)
          return
        }
        expect(offset >= where.earliest && offset <= where.latest).toBe(true)
      }),
      RUNS,
    )
  })

  it(`is exactly the named one when the log has it, and never another one (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anOffset, someFacts, (offset, where) => {
        const isThere = offset >= where.earliest && offset <= where.latest
        const target: ResetTarget = { kind: 'offset', offset }
        if (isThere) expect(resetTarget(target, where)).toBe(offset)
        else expect(refusal(target, where).code).toBe('OFFSET_OUT_OF_RANGE')
      }),
      RUNS,
    )
  })

  it(`undoes a shift with the opposite shift while no end is met (seed ${SEED})`, () => {
    const inside = fc.tuple(smallOffset, fc.integer({ min: -20, max: 20 }))
    fc.assert(
      fc.property(inside, ([committed, by]) => {
        const where = { ...facts({ earliest: 0, latest: 100 }), committed: toOffset(committed + 20n) }
        const there = resetTarget({ kind: 'shift', by: BigInt(by) }, where)
        expect(resetTarget({ kind: 'shift', by: BigInt(-by) }, { ...where, committed: there })).toBe(where.committed)
      }),
      RUNS,
    )
  })

  it('is one of the two ends', () => {
    expect(resetTarget({ kind: 'earliest' }, facts())).toBe(10n)
    expect(resetTarget({ kind: 'latest' }, facts())).toBe(20n)
  })

  it('is so many before the end, as far as the log goes back', () => {
    expect(resetTarget({ kind: 'lastPerPartition', count: 3 }, facts())).toBe(17n)
    expect(resetTarget({ kind: 'lastPerPartition', count: 0 }, facts())).toBe(20n)
    expect(resetTarget({ kind: 'lastPerPartition', count: 500 }, facts())).toBe(10n)
  })

  it('is the first message of a time, and the end when none is that young', () => {
    const target: ResetTarget = { kind: 'timestamp', timestamp: 1 }
    expect(resetTarget(target, facts({ atTimestamp: 15 }))).toBe(15n)
    expect(resetTarget(target, facts())).toBe(20n)
  })

  it('is the start of the log when the message of a time was deleted while it was looked up', () => {
    expect(resetTarget({ kind: 'timestamp', timestamp: 1 }, facts({ atTimestamp: 9 }))).toBe(10n)
  })

  it('may be the very end, where nothing has been written yet, but not beyond it', () => {
    expect(resetTarget(offsetTo(20), facts())).toBe(20n)
    const error = refusal(offsetTo(21), facts())
    expect(error.message).toBe('Partition 1 of orders has the offsets 10 to 20 (the end), not 21.')
    expect(error.details).toEqual({ partition: 1, earliestOffset: 10n, latestOffset: 20n })
  })

  it('is not one that retention has deleted', () => {
    expect(refusal(offsetTo(9), facts()).code).toBe('OFFSET_OUT_OF_RANGE')
    expect(resetTarget(offsetTo(10), facts())).toBe(10n)
  })

  it('is the one listed for the partition', () => {
    const offsets = [
      { partition: 0, offset: toOffset(11) },
      { partition: 1, offset: toOffset(12) },
    ]
    expect(resetTarget({ kind: 'offsets', offsets }, facts())).toBe(12n)
    expect(refusal({ kind: 'offsets', offsets: offsets.slice(0, 1) }, facts()).code).toBe('INVALID_REQUEST')
  })

  it('is shifted from the present one, forwards and backwards, up to the ends of the log', () => {
    expect(resetTarget(shiftBy(2), facts({ committed: 15 }))).toBe(17n)
    expect(resetTarget(shiftBy(-2), facts({ committed: 15 }))).toBe(13n)
    expect(resetTarget(shiftBy(-100), facts({ committed: 15 }))).toBe(10n)
    expect(resetTarget(shiftBy(100), facts({ committed: 15 }))).toBe(20n)
  })

  it('comes back into the log when the present one was deleted', () => {
    expect(resetTarget(shiftBy(-1), facts({ committed: 4 }))).toBe(10n)
  })

  it('cannot be shifted where nothing is committed', () => {
    const error = refusal(shiftBy(1), facts())
    expect(error.code).toBe('INVALID_REQUEST')
    expect(error.message).toContain('no committed offset in partition 1 of orders')
  })
})
