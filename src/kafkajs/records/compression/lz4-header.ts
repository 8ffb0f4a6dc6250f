/** Primes of xxHash32. */
const PRIME_1 = 0x9e3779b1
const PRIME_2 = 0x85ebca77
const PRIME_3 = 0xc2b2ae3d
const PRIME_4 = 0x27d4eb2f
const PRIME_5 = 0x165667b1

/** Offset of an LZ4 frame descriptor, after the magic number. */
const DESCRIPTOR = 4
const FLAG_CONTENT_SIZE = 0x08
const FLAG_DICTIONARY = 0x01

const rotated = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))

/** xxHash32 with seed 0, for fewer than 16 bytes. */
const hashOfFew = (bytes: Buffer): number => {
  let hash = (PRIME_5 + bytes.length) | 0
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) {
    hash = Math.imul(rotated((hash + Math.imul(bytes.readInt32LE(at), PRIME_3)) | 0, 17), PRIME_4)
  }
  for (; at < bytes.length; at++) {
    hash = Math.imul(rotated((hash + Math.imul(bytes.readUInt8(at), PRIME_5)) | 0, 11), PRIME_1)
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2)
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Copies an LZ4 frame with a corrected header checksum. Returns the input if it is too short for a header. */
export const withLz4HeaderChecksum = (frame: Buffer): Buffer => {
  const flags = frame[DESCRIPTOR]
  if (flags === undefined) return frame
  const length = 2 + (flags & FLAG_CONTENT_SIZE ? 8 : 0) + (flags & FLAG_DICTIONARY ? 4 : 0)
  const checksumAt = DESCRIPTOR + length
  if (checksumAt >= frame.length) return frame
  const copy = Buffer.from(frame)
  copy[checksumAt] = (hashOfFew(copy.subarray(DESCRIPTOR, checksumAt)) >>> 8) & 0xff
  return copy
}
