import { EventLoopSlices } from '../../async/event-loop-slices.ts'
import type { ByteReader } from './byte-reader.ts'

/** How long a response is decoded before the event loop gets a turn, ms. */
const SLICE_MS = 4

/**
 * A compact array whose items are decoded in slices of time: a list of 10,000 groups, or a group of thousands of members,
 * must not hold up live subscribers. Items may themselves be decoded in slices.
 */
export const sliced = async <T>(reader: ByteReader, read: () => T | Promise<T>): Promise<T[]> => {
  const items: T[] = []
  const slices = new EventLoopSlices(SLICE_MS)
  for (let left = reader.uvarint() - 1; left > 0; left--) {
    const item = read()
    items.push(item instanceof Promise ? await item : item)
    if (slices.isOver) await slices.next()
  }
  return items
}
