import { expect, it } from 'vitest'
import { Cached } from '../../../src/kafkajs/admin/cached.ts'

const hour = 3_600_000

/** A load that counts its calls and is resolved manually. */
const gate = () => {
  const open: ((value: string) => void)[] = []
  return {
    load: () => new Promise<string>(resolve => open.push(resolve)),
    answer: (value: string) => open.shift()?.(value),
    get waiting() {
      return open.length
    },
  }
}

it('loads once for concurrent callers, and again once the value is too old', async () => {
  const cached = new Cached<string>({ ttlMs: 0, maxEntries: 10 })
  const { load, answer } = gate()
  const both = Promise.all([cached.get('key', load), cached.get('key', load)])
  answer('first')
  expect(await both).toEqual(['first', 'first'])
  const later = cached.get('key', load)
  answer('second')
  expect(await later).toBe('second')
})

it('keeps values for their lifetime, and drops them on clear', async () => {
  const cached = new Cached<number>({ ttlMs: hour, maxEntries: 10 })
  let loads = 0
  const load = async () => ++loads
  expect([await cached.get('key', load), await cached.get('key', load)]).toEqual([1, 1])
  cached.clear()
  expect(await cached.get('key', load)).toBe(2)
})

it('does not share a load that was pending during clear with later callers', async () => {
  const cached = new Cached<string>({ ttlMs: hour, maxEntries: 10 })
  const old = gate()
  const early = cached.get('key', old.load)
  cached.clear()
  const late = cached.get('key', async () => 'fresh')
  old.answer('stale')
  expect(await early).toBe('stale')
  expect(await late).toBe('fresh')
  expect(await cached.get('key', old.load)).toBe('fresh')
})

it('loads only the missing keys, once each, and returns values in order', async () => {
  const cached = new Cached<string>({ ttlMs: hour, maxEntries: 10 })
  const asked: (readonly string[])[] = []
  const load = async (missing: readonly string[]) => {
    asked.push(missing)
    return missing.map(key => key.toUpperCase())
  }
  expect(await cached.getMany(['a', 'b', 'a'], load)).toEqual(['A', 'B', 'A'])
  expect(await cached.getMany(['c', 'b'], load)).toEqual(['C', 'B'])
  expect(await cached.getMany([], load)).toEqual([])
  expect(asked).toEqual([['a', 'b'], ['c']])
})

it('keeps neither rejections nor values that must not be kept', async () => {
  const cached = new Cached<string>({ ttlMs: hour, maxEntries: 10, isKept: value => value !== 'missing' })
  await expect(cached.get('key', () => Promise.reject(new Error('down')))).rejects.toThrow('down')
  expect(await cached.get('key', async () => 'missing')).toBe('missing')
  expect(await cached.get('key', async () => 'there')).toBe('there')
})

it('keeps only the newest entries up to the limit', async () => {
  const cached = new Cached<string>({ ttlMs: hour, maxEntries: 2 })
  const loaded: string[] = []
  const get = (key: string) =>
    cached.get(key, async () => {
      loaded.push(key)
      return key
    })
  for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await get(key)
  expect(loaded).toEqual(['a', 'b', 'c', 'a'])
  expect(await cached.getMany(['x', 'y', 'z'], async keys => keys)).toEqual(['x', 'y', 'z'])
})
