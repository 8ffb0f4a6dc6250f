import { expect, it } from 'vitest'
import { Permits } from '../../src/async/permits.ts'

const never = new AbortController().signal

it('grants as many permits as there are, and the others in order as permits are given back', async () => {
  const permits = new Permits({ most: 2 })
  const granted: number[] = []
  const acquire = async (number: number) => {
    const permit = await permits.acquire(never)
    granted.push(number)
    return permit
  }
  const all = [0, 1, 2, 3].map(acquire)
  const [first, second] = await Promise.all([all[0], all[1]])
  expect([granted, permits.given, permits.waiting]).toEqual([[0, 1], 2, 2])
  second?.[Symbol.dispose]()
  await all[2]
  first?.[Symbol.dispose]()
  await all[3]
  expect([granted, permits.given, permits.waiting]).toEqual([[0, 1, 2, 3], 2, 0])
})

it('takes a permit back once, however often it is disposed', async () => {
  const permits = new Permits({ most: 1 })
  const permit = await permits.acquire(never)
  permit[Symbol.dispose]()
  permit[Symbol.dispose]()
  expect(permits.given).toBe(0)
})

it('lets a request leave the queue when its signal aborts, and passes the permit on to the next', async () => {
  const permits = new Permits({ most: 1 })
  const holder = await permits.acquire(never)
  const leaving = new AbortController()
  const left = permits.acquire(leaving.signal)
  const next = permits.acquire(never)
  leaving.abort(new Error('given up'))
  await expect(left).rejects.toThrow('given up')
  holder[Symbol.dispose]()
  using _permit = await next
  expect([permits.given, permits.waiting]).toEqual([1, 0])
  await expect(permits.acquire(leaving.signal)).rejects.toThrow('given up')
  expect(permits.waiting).toBe(0)
})

it('refuses requests beyond the length of its queue, except one that always may wait', () => {
  const permits = new Permits({ most: 1, mostWaiting: 1 })
  expect([permits.take(), permits.take()]).toEqual([true, false])
  const granted: string[] = []
  expect(permits.wait(() => granted.push('first'))).toBe(true)
  expect(permits.wait(() => granted.push('second'))).toBe(false)
  expect(permits.wait(() => granted.push('always'), { always: true })).toBe(true)
  permits.give()
  permits.give()
  expect(granted).toEqual(['first', 'always'])
})
