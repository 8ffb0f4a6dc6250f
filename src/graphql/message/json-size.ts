/** From this size on, the characters that JSON escapes are counted one by one. */
const COUNTED_FROM_BYTES = 65_536
/** The most payloads whose sizes are kept until the event loop turns. */
const KEPT_SIZES = 1000
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c
/** `\u0000`, and `\"`: what JSON writes for one byte. */
const CONTROL_LENGTH = 6
const ESCAPED_LENGTH = 2

const counted = (bytes: Buffer): number => {
  let { length } = bytes
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    if (byte < SPACE) length += CONTROL_LENGTH - 1
    else if (byte === QUOTE || byte === BACKSLASH) length += ESCAPED_LENGTH - 1
  }
  return length
}

/** The sizes that were counted in this turn of the event loop: the aliases of an event ask for the same ones. */
const kept = new Map<Buffer, number>()

const forget = (): void => kept.clear()

/** How many bytes a text takes as a JSON string. */
export const bytesInJson = (bytes: Buffer): number => {
  if (bytes.length < COUNTED_FROM_BYTES) return bytes.length
  const known = kept.get(bytes)
  if (known !== undefined) return known
  const size = counted(bytes)
  if (kept.size >= KEPT_SIZES) return size
  if (kept.size === 0) setImmediate(forget)
  kept.set(bytes, size)
  return size
}
