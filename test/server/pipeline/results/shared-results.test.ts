import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { ReadyResult } from '../../../../src/server/pipeline/results/ready-result.ts'
import { SharedResults } from '../../../../src/server/pipeline/results/shared-results.ts'

setFlagsFromString('--expose_gc')
const collect: () => void = runInNewContext('gc')

const plan = {}
const TEXT = 'x'.repeat(50)
const BYTES = 2 * TEXT.length

/** Keeps results for events that nothing else holds. */
const keepFor = (share: { set(event: object, result: ReadyResult): void }, count: number): WeakRef<object>[] =>
  Array.from({ length: count }, () => {
    const event = { value: Buffer.alloc(10_000) }
    share.set(event, new ReadyResult(TEXT))
    return new WeakRef(event)
  })

/** How many of these are in memory after a collection. */
const heldOf = async (events: readonly WeakRef<object>[]): Promise<number> => {
  // A WeakRef keeps its target until the end of the turn.
  await turn()
  collect()
  return events.filter(event => event.deref() !== undefined).length
}

describe('shared results', () => {
  it('are found by the others, and the oldest is evicted when too many bytes are held', () => {
    const results = new SharedResults(10 * BYTES)
    const [one, other] = [results.join(plan, ''), results.join(plan, '')]
    const events = Array.from({ length: 15 }, () => ({}))
    for (const event of events) one.set(event, new ReadyResult(TEXT))
    expect(events.map(event => other.get(event) !== undefined)).toEqual(events.map((_, index) => index >= 5))
    expect(results.bytes).toBe(10 * BYTES)
  })

  it('hold texts, never the events: a small selection of large messages would hold gigabytes', async () => {
    const results = new SharedResults(1 << 20)
    const [one] = [results.join(plan, ''), results.join(plan, '')]
    expect(await heldOf(keepFor(one, 100))).toBe(0)
    expect(results.bytes).toBe(100 * BYTES)
  })

  it('are released when the last subscriber has left, and only those of its operation', () => {
    const results = new SharedResults(1 << 20)
    const shares = [results.join(plan, ''), results.join(plan, '')] as const
    const others = [results.join(plan, 'other'), results.join(plan, 'other')] as const
    const kept = {}
    others[0].set(kept, new ReadyResult(TEXT))
    keepFor(shares[0], 100)
    for (const share of shares) share[Symbol.dispose]()
    expect(results.bytes).toBe(BYTES)
    expect(others[1].get(kept)).toEqual(new ReadyResult(TEXT))
    for (const share of others) share[Symbol.dispose]()
    expect(results.bytes).toBe(0)
  })

  it('stay within their bytes after some were released', () => {
    const results = new SharedResults(10 * BYTES)
    const [stays, stayed] = [results.join(plan, 'stays'), results.join(plan, 'stays')]
    for (let round = 0; round < 50; round++) {
      const going = [results.join(plan, 'goes'), results.join(plan, 'goes')] as const
      keepFor(going[0], 3)
      const event = {}
      stays.set(event, new ReadyResult(TEXT))
      expect(stayed.get(event)).toEqual(new ReadyResult(TEXT))
      for (const share of going) share[Symbol.dispose]()
      expect(results.bytes).toBeLessThanOrEqual(10 * BYTES)
    }
  })
})
