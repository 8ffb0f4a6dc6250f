import type { StoredMessage } from '../../kafka/message.ts'
import type { BatchLimits } from '../../kafka/ports/message-streams.ts'

/** The largest total size of messages in a chunk. A single message may be larger. */
export type ChunkLimits = Pick<BatchLimits, 'maxMessages' | 'maxBytes'>

/** Bytes of `messages[from, to)`. */
export const sizeOf = (messages: readonly StoredMessage[], from: number, to: number): number => {
  let bytes = 0
  for (let index = from; index < to; index++) bytes += messages[index]?.serializedSize ?? 0
  return bytes
}

/**
 * The end of the chunk that holds `messages[from]`. Chunks are counted from the first message, so all readers with the
 * same limits cut at the same places, wherever they start.
 */
export const chunkEnd = (
  messages: readonly StoredMessage[],
  from: number,
  { maxMessages, maxBytes }: ChunkLimits,
): number => {
  let start = 0
  let bytes = 0
  for (let index = 0; index < messages.length; index++) {
    const size = messages[index]?.serializedSize ?? 0
    const isFull = index > start && (index - start >= maxMessages || bytes + size > maxBytes)
    if (isFull && index > from) return index
    if (isFull) {
      start = index
      bytes = 0
    }
    bytes += size
  }
  return messages.length
}
