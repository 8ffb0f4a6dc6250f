import { describe, expect, it } from 'vitest'
import { SharedRuns } from '../../src/messages/shared-runs.ts'
import { nextOf, streamFixture, untilCaughtUp, valuesOf } from './stream-fixture.ts'

/** Work that ends when the test says so, and counts its starts. */
const heldWork = () => {
  const ends: ((value: string) => void)[] = []
  const work = () => new Promise<string>(resolve => ends.push(resolve))
  return { ends, work }
}

describe('shared runs', () => {
  it('begin at once for a single caller', async () => {
    const runs = new SharedRuns<string>()
    const { ends, work } = heldWork()
    const first = runs.run('a', work)
    const other = runs.run('b', work)
    expect(ends.length).toBe(2)
    ends.forEach((end, index) => {
      end(String(index))
    })
    expect(await Promise.all([first, other])).toEqual(['0', '1'])
    void runs.run('a', work)
    expect(ends.length).toBe(3)
  })

  it('are shared by all callers during a run, and begin after all of them have called', async () => {
    const runs = new SharedRuns<string>()
    const { ends, work } = heldWork()
    const first = runs.run('a', work)
    const later = [runs.run('a', work), runs.run('a', work), runs.run('a', work)]
    expect(ends.length).toBe(1)
    ends[0]?.('old')
    expect(await first).toBe('old')
    await expect.poll(() => ends.length).toBe(2)
    const last = runs.run('a', work)
    ends[1]?.('new')
    expect(await Promise.all(later)).toEqual(['new', 'new', 'new'])
    await expect.poll(() => ends.length).toBe(3)
    ends[2]?.('newest')
    expect(await last).toBe('newest')
  })

  it('do not wait for a stuck run', async () => {
    const runs = new SharedRuns<string>()
    const { ends, work } = heldWork()
    void runs.run('a', work)
    const later = runs.run('a', work)
    await expect.poll(() => ends.length).toBe(2)
    ends[1]?.('new')
    expect(await later).toBe('new')
  })

  it('fail for the callers that share them, but not for later ones', async () => {
    const runs = new SharedRuns<string>()
    const refuse = () => Promise.reject(new Error('refused'))
    const all = await Promise.allSettled([runs.run('a', refuse), runs.run('a', refuse), runs.run('a', refuse)])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await runs.run('a', () => Promise.resolve('fine'))).toBe('fine')
  })
})

it('streams opened at once begin at the end of the log as of their request, and get everything produced since', async () => {
  await using fixture = streamFixture(2)
  for (let round = 0; round < 5; round++) {
    const opening = Array.from({ length: 20 }, () => fixture.open({ from: { kind: 'latest' } }))
    const streams = await Promise.all(opening)
    fixture.kafka.append('orders', round % 2, [`value ${round}`])
    for (const stream of streams) await untilCaughtUp(stream)
    const batches = await Promise.all(streams.map(stream => nextOf(stream, 'batch')))
    for (const batch of batches) expect(valuesOf([batch])).toEqual([`value ${round}`])
    for (const stream of streams) await stream.return()
  }
})
