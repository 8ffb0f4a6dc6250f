import { EventLoopSlices } from '../../async/event-loop-slices.ts'
import type { ByteReader } from './byte-reader.ts'

/** Time to decode before yielding to the event loop, in ms. */
const SLICE_MS = 4

/**
 * Reads a compact array in time slices: 10,000 groups, or a group with thousands of members, must not block live
 * subscribers. Items may be read in slices themselves.
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
