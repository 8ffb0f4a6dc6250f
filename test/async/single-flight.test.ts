import { describe, expect, it } from 'vitest'
import { SingleFlight, singleFlight } from '../../src/async/single-flight.ts'

/** Work that ends when the test says so, and counts its runs. */
const heldWork = () => {
  const ends: ((value: string) => void)[] = []
  const work = () => new Promise<string>(resolve => ends.push(resolve))
  return { ends, work }
}

describe('a single flight', () => {
  it('runs work once for all callers of a key, and anew for the next caller', async () => {
    const flights = new SingleFlight<string, string>()
    const { ends, work } = heldWork()
    const all = [flights.run('a', work), flights.run('a', work), flights.run('b', work)]
    expect(ends.length).toBe(2)
    ends[0]?.('first')
    ends[1]?.('other')
    expect(await Promise.all(all)).toEqual(['first', 'first', 'other'])
    void flights.run('a', work)
    expect(ends.length).toBe(3)
  })

  it('fails for all who share a run, and not for the next caller', async () => {
    const run = singleFlight(() => Promise.reject(new Error('refused')))
    const all = await Promise.allSettled([run(), run()])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const flights = new SingleFlight<string, string>()
    await expect(flights.run('a', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect(await flights.run('a', () => Promise.resolve('fine'))).toBe('fine')
  })

  it('forgets the work under way when cleared: its callers get its result, later callers start anew', async () => {
    const flights = new SingleFlight<string, string>()
    const { ends, work } = heldWork()
    const early = flights.run('a', work)
    flights.clear()
    const late = flights.run('a', work)
    ends[0]?.('old')
    expect(await early).toBe('old')
    expect(flights.underWay('a')).toBeDefined()
    ends[1]?.('new')
    expect(await late).toBe('new')
    expect(flights.underWay('a')).toBeUndefined()
  })

  it('says when a run has landed, once the key is free', async () => {
    const landed: boolean[] = []
    const flights: SingleFlight<string, string> = new SingleFlight(key =>
      landed.push(flights.underWay(key) === undefined),
    )
    await flights.run('a', () => Promise.resolve('fine'))
    expect(landed).toEqual([true])
  })
})

describe('the next run', () => {
  it('begins at once for a lone caller', async () => {
    const runs = new SingleFlight<string, string>()
    const { ends, work } = heldWork()
    const first = runs.runNext('a', work)
    const other = runs.runNext('b', work)
    expect(ends.length).toBe(2)
    ends.forEach((end, index) => {
      end(String(index))
    })
    expect(await Promise.all([first, other])).toEqual(['0', '1'])
    void runs.runNext('a', work)
    expect(ends.length).toBe(3)
  })

  it('is shared by all who call while one is under way, and begins after their calls', async () => {
    const runs = new SingleFlight<string, string>()
    const { ends, work } = heldWork()
    const first = runs.runNext('a', work)
    const later = [runs.runNext('a', work), runs.runNext('a', work), runs.runNext('a', work)]
    expect(ends.length).toBe(1)
    ends[0]?.('old')
    expect(await first).toBe('old')
    await expect.poll(() => ends.length).toBe(2)
    const last = runs.runNext('a', work)
    ends[1]?.('new')
    expect(await Promise.all(later)).toEqual(['new', 'new', 'new'])
    await expect.poll(() => ends.length).toBe(3)
    ends[2]?.('newest')
    expect(await last).toBe('newest')
  })

  it('does not wait for a run that is stuck', async () => {
    const runs = new SingleFlight<string, string>()
    const { ends, work } = heldWork()
    void runs.runNext('a', work)
    const later = runs.runNext('a', work)
    await expect.poll(() => ends.length).toBe(2)
    ends[1]?.('new')
    expect(await later).toBe('new')
  })

  it('fails for those who share it, and not for the next caller', async () => {
    const runs = new SingleFlight<string, string>()
    const refuse = () => Promise.reject(new Error('refused'))
    const all = await Promise.allSettled([
      runs.runNext('a', refuse),
      runs.runNext('a', refuse),
      runs.runNext('a', refuse),
    ])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await runs.runNext('a', () => Promise.resolve('fine'))).toBe('fine')
  })
})

describe('a run while wanted', () => {
  it('goes on while one caller waits, is stopped when the last gives up, and starts anew for the next caller', async () => {
    const flights = new SingleFlight<string, string>()
    const stops: AbortSignal[] = []
    const work = ({ signal }: AbortController) => {
      stops.push(signal)
      return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const callers = [new AbortController(), new AbortController()]
    const all = Promise.allSettled(callers.map(({ signal }) => flights.runWhileWanted('a', work, signal)))
    callers[0]?.abort()
    expect(stops.map(({ aborted }) => aborted)).toEqual([false])
    callers[1]?.abort()
    expect(stops.map(({ aborted }) => aborted)).toEqual([true])
    const next = flights.runWhileWanted('a', () => Promise.resolve('fine'), new AbortController().signal)
    expect(await next).toBe('fine')
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})
