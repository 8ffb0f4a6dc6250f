import { setImmediate } from 'node:timers/promises'
import type { ByteReader } from './byte-reader.ts'

/** How long an answer is read before everything else gets its turn, ms. */
const SLICE_MS = 4

/**
 * A compact array whose items are read in slices of time: a list of 10,000 groups, or a group of thousands of members,
 * must not hold up live subscribers. Items may themselves be read in slices.
 */
export const sliced = async <T>(reader: ByteReader, read: () => T | Promise<T>): Promise<T[]> => {
  const items: T[] = []
  let sliceEnd = performance.now() + SLICE_MS
  for (let left = reader.uvarint() - 1; left > 0; left--) {
    const item = read()
    items.push(item instanceof Promise ? await item : item)
    if (performance.now() < sliceEnd) continue
    await setImmediate()
    sliceEnd = performance.now() + SLICE_MS
  }
  return items
}
