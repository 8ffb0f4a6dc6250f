/** Up to this length a text is made faster here than by Node, whose call costs as much as the copying: 75 ns against 197 for 8 bytes. */
export const MAX_SHORT = 16

/** A short text that is ASCII; undefined if it is not. */
export const shortAscii = (bytes: Buffer, start: number, length: number): string | undefined => {
  const end = start + length
  let at = start
  let text = ''
  for (; at + 8 <= end; at += 8) {
    const [a, b, c, d] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0]
    const [e, f, g, h] = [bytes[at + 4] ?? 0, bytes[at + 5] ?? 0, bytes[at + 6] ?? 0, bytes[at + 7] ?? 0]
    if ((a | b | c | d | e | f | g | h) > 127) return undefined
    text += String.fromCharCode(a, b, c, d, e, f, g, h)
  }
  for (; at + 4 <= end; at += 4) {
    const a = bytes[at] ?? 0
    const b = bytes[at + 1] ?? 0
    const c = bytes[at + 2] ?? 0
    const d = bytes[at + 3] ?? 0
    if ((a | b | c | d) > 127) return undefined
    text += String.fromCharCode(a, b, c, d)
  }
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte > 127) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}
