import type { StoredMessage } from '../../kafka/message.ts'
import type { Offset } from '../../kafka/offset.ts'

/** Index of the first message at or after `offset` in one partition's messages; their count when there is none. */
export const lowerBound = (messages: readonly StoredMessage[], offset: Offset): number => {
  let low = 0
  let high = messages.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const message = messages[middle]
    if (message !== undefined && message.offset < offset) low = middle + 1
    else high = middle
  }
  return low
}
