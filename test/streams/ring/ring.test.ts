import { describe, expect, it } from 'vitest'
import { toPositions } from '../../../src/kafka/cursor/positions.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import type { LogSlice } from '../../../src/kafka/ports/log-source.ts'
import { Ring } from '../../../src/streams/ring/ring.ts'

const ROOMY = 1_000_000

const slice = (partition: number, from: number, next: number, bytes = 100): LogSlice => ({
  partition,
  from: toOffset(from),
  next: toOffset(next),
  messages: [],
  leaderEpoch: 0,
  logStartOffset: toOffset(0),
  endOffset: toOffset(next),
  bytes,
})

const push = (ring: Ring, partition: number, from: number, next: number, capacity = ROOMY) =>
  ring.push({ kind: 'slice', partition, slice: slice(partition, from, next) }, capacity)

const truncate = (ring: Ring, partition: number, from: number, to: number) => {
  const [fromOffset, end] = [toOffset(from), toOffset(to)]
  const range = { fromOffset, toOffset: end, earliest: toOffset(0), latest: end, error: null }
  ring.push({ kind: 'gap', partition, gap: { partition, reason: 'UNCLEAN_LEADER_ELECTION', ...range } }, ROOMY)
}

const locate = (ring: Ring, ...offsets: readonly number[]) => {
  const place = ring.locate(toPositions(offsets.map((offset, partition) => [partition, toOffset(offset)])))
  return place === null ? null : { seq: place.seq, ahead: [...place.ahead] }
}

/** Entries: 0 is partition 0 [10, 20), 1 is partition 1 [0, 5), 2 is partition 0 [20, 30). */
const threeEntries = () => {
  const ring = new Ring()
  ring.start(0, toOffset(10))
  ring.start(1, toOffset(0))
  push(ring, 0, 10, 20)
  push(ring, 1, 0, 5)
  push(ring, 0, 20, 30)
  return ring
}

describe('a ring', () => {
  it('locates positions at the latest place that skips none of their messages', () => {
    const ring = threeEntries()
    expect(locate(ring, 30, 5)).toEqual({ seq: 3, ahead: [] })
    expect(locate(ring, 20, 5)).toEqual({ seq: 2, ahead: [] })
    expect(locate(ring, 20, 0)).toEqual({ seq: 1, ahead: [] })
    expect(locate(ring, 10, 5)).toEqual({ seq: 0, ahead: [1] })
    expect(locate(ring, 15, 5)).toEqual({ seq: 0, ahead: [0, 1] })
    expect(locate(ring, 40, 5)).toEqual({ seq: 3, ahead: [0] })
  })

  it('locates no evicted positions', () => {
    const ring = threeEntries()
    expect(locate(ring, 9, 5)).toBeNull()
    push(ring, 1, 5, 6, 800)
    expect(ring.firstSeq).toBe(2)
    expect(locate(ring, 15, 5)).toBeNull()
    expect(locate(ring, 20, 4)).toBeNull()
    expect(locate(ring, 20, 5)).toEqual({ seq: 2, ahead: [] })
  })

  it('keeps the newest entry however small it is, and forgets evicted ones', () => {
    const ring = threeEntries()
    for (let offset = 30; offset < 1000; offset++) push(ring, 0, offset, offset + 1, 1)
    expect(ring.nextSeq - ring.firstSeq).toBe(1)
    expect(ring.bytes).toBe(356)
    expect(ring.at(ring.firstSeq - 1)).toBeUndefined()
    expect(ring.at(ring.firstSeq)).toMatchObject({ slice: { from: 999n } })
  })

  it('does not join entries of a partition from before and after it was left', () => {
    const ring = threeEntries()
    ring.stop(1)
    // No entry has offsets 5 to 9 of partition 1.
    expect(locate(ring, 20, 10)).toBeNull()
    ring.start(1, toOffset(10))
    push(ring, 1, 10, 12)
    expect(locate(ring, 30, 2)).toBeNull()
    expect(locate(ring, 20, 11)).toBeNull()
    expect(locate(ring, 30, 11)).toEqual({ seq: 3, ahead: [1] })
  })

  it('does not join truncated entries to their replacement', () => {
    const ring = threeEntries()
    truncate(ring, 1, 5, 2)
    push(ring, 1, 2, 4)
    expect(locate(ring, 20, 3)).toBeNull()
    expect(locate(ring, 30, 3)).toEqual({ seq: 4, ahead: [1] })
  })

  it('treats a partition that joins later as if it had been at that offset before', () => {
    const ring = threeEntries()
    ring.start(2, toOffset(0))
    push(ring, 2, 0, 7)
    expect(locate(ring, 20, 5, 0)).toEqual({ seq: 2, ahead: [] })
    expect(locate(ring, 30, 5, 3)).toEqual({ seq: 3, ahead: [2] })
  })
})
