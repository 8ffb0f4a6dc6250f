import { describe, expect, it } from 'vitest'
import { Pacer } from '../../src/async/pacer.ts'
import { PulledIterator, type PullSource } from '../../src/async/pulled-iterator.ts'
import { failureOf } from '../streams/stream-fixture.ts'

interface Item {
  readonly number: number
}

/** A source of the numbers added to it. */
const numbers = (...items: readonly number[]) => {
  const waiting = [...items]
  const source = {
    released: 0,
    waitMs: 60_000,
    failure: null as Error | null,
    isOver: false,
    put: (number: number) => void waiting.push(number),
    step(): Item | number | null {
      if (source.failure !== null) throw source.failure
      const number = waiting.shift()
      if (number !== undefined) return { number }
      return source.isOver ? null : source.waitMs
    },
    release() {
      source.released += 1
    },
  } satisfies PullSource<Item> & Record<string, unknown>
  return source
}

const DONE = { done: true, value: undefined }

describe('a pulled iterator', () => {
  it('asks its source only while a consumer waits, and answers in order', async () => {
    const source = numbers(1, 2)
    const iterator = new PulledIterator(source, new Pacer())
    const calls = [iterator.next(), iterator.next(), iterator.next()]
    source.put(3)
    iterator.wake()
    expect((await Promise.all(calls)).map(({ value }) => value?.number)).toEqual([1, 2, 3])
    await iterator.return()
  })

  it('settles every waiting next() when it is returned, and releases once', async () => {
    const source = numbers()
    const iterator = new PulledIterator(source, new Pacer())
    const calls = [iterator.next(), iterator.next()]
    expect(await iterator.return()).toEqual(DONE)
    expect(await Promise.all(calls)).toEqual([DONE, DONE])
    expect(await iterator.next()).toEqual(DONE)
    await iterator[Symbol.asyncDispose]()
    expect(source.released).toBe(1)
  })

  it('uses no timer where only a wake matters', async () => {
    const source = numbers()
    source.waitMs = Number.POSITIVE_INFINITY
    const iterator = new PulledIterator(source, new Pacer())
    const timersBefore = process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length
    const calls = [iterator.next(), iterator.next()]
    expect(process.getActiveResourcesInfo().filter(kind => kind === 'Timeout')).toHaveLength(timersBefore)
    source.put(7)
    iterator.wake()
    expect((await calls[0])?.value).toEqual({ number: 7 })
    expect(await iterator.return()).toEqual(DONE)
    expect(await calls[1]).toEqual(DONE)
  })

  it("throws its source's error once, and is done", async () => {
    const source = numbers()
    const iterator = new PulledIterator(source, new Pacer())
    const calls = [iterator.next(), iterator.next()]
    source.failure = new Error('broken')
    iterator.wake()
    expect(await failureOf(calls[0] ?? Promise.resolve())).toBe(source.failure)
    expect(await calls[1]).toEqual(DONE)
    expect(await iterator.next()).toEqual(DONE)
    expect(source.released).toBe(1)
  })

  it('keeps a failure from outside for the next call when no consumer waits', async () => {
    const source = numbers(1)
    const iterator = new PulledIterator(source, new Pacer())
    iterator.fail(new Error('first'))
    iterator.fail(new Error('second'))
    expect(source.released).toBe(1)
    expect(await failureOf(iterator.next())).toMatchObject({ message: 'first' })
    expect(await iterator.next()).toEqual(DONE)
  })

  it('drops such a failure when it is returned', async () => {
    const iterator = new PulledIterator(numbers(), new Pacer())
    iterator.fail(new Error('unheard'))
    await iterator.return()
    expect(await iterator.next()).toEqual(DONE)
  })

  it('is done when its source is', async () => {
    const source = numbers(1)
    source.isOver = true
    const seen: number[] = []
    for await (const { number } of new PulledIterator(source, new Pacer())) seen.push(number)
    expect(seen).toEqual([1])
    expect(source.released).toBe(1)
  })

  it('asks again after the time that the source returned', async () => {
    const source = numbers()
    source.waitMs = 5
    const iterator = new PulledIterator(source, new Pacer())
    const call = iterator.next()
    source.put(1)
    expect((await call).value).toEqual({ number: 1 })
    await iterator.return()
  })

  it('does not miss a wake that arrives while its source is asked', async () => {
    const source = numbers()
    const iterator: PulledIterator<Item> = new PulledIterator(
      {
        step() {
          const stepped = source.step()
          if (typeof stepped === 'number' && seen++ === 0) {
            source.put(7)
            iterator.wake()
          }
          return stepped
        },
        release: () => source.release(),
      },
      new Pacer(),
    )
    let seen = 0
    expect((await iterator.next()).value).toEqual({ number: 7 })
    await iterator.return()
  })

  it('lets the event loop turn although its source is always ready, and serves two such sources in turn', async () => {
    const pacer = new Pacer()
    let turns = 0
    let running = true
    const count = () => {
      turns += 1
      if (running) setImmediate(count)
    }
    setImmediate(count)
    const read = async () => {
      const iterator = new PulledIterator({ step: () => ({ number: 1 }), release: () => undefined }, pacer)
      for (let index = 0; index < 640; index++) await iterator.next()
      await iterator.return()
    }
    await Promise.all([read(), read()])
    running = false
    expect(turns).toBeGreaterThanOrEqual(18)
  })

  it('lets the event loop turn sooner when the work for its events takes long', async () => {
    let now = 0
    let turns = 0
    let running = true
    const count = () => {
      turns += 1
      if (running) setImmediate(count)
    }
    setImmediate(count)
    const read = async (iterator: PulledIterator<Item>) => {
      for (let index = 0; index < 60; index++) {
        await iterator.next()
        now += 5
      }
      await iterator.return()
    }
    const pacer = new Pacer(() => now)
    const ready = () => new PulledIterator({ step: () => ({ number: 1 }), release: () => undefined }, pacer)
    await read(ready())
    const alone = turns
    await Promise.all(Array.from({ length: 10 }, () => read(ready())))
    running = false
    expect({ alone: alone >= 25, together: turns - alone >= 250 }).toEqual({ alone: true, together: true })
  })
})
