/** FIN, and the opcode of a text message (RFC 6455, 5.2). */
const WHOLE_TEXT = 0x81
const LENGTH_IN_2_BYTES = 126
const LENGTH_IN_8_BYTES = 127
const MOST_IN_2_BYTES = 0xffff
const LONGEST_HEADER = 10

/** How many bytes the header of a message of so many bytes takes. */
export const headerBytes = (bytes: number): number => {
  if (bytes < LENGTH_IN_2_BYTES) return 2
  return bytes <= MOST_IN_2_BYTES ? 4 : LONGEST_HEADER
}

/**
 * Writes the header of a WebSocket frame that holds a whole text message of so many bytes, at the start of `frame`. A server does not
 * mask.
 */
export const writeHeader = (frame: Buffer, bytes: number): void => {
  frame[0] = WHOLE_TEXT
  if (bytes < LENGTH_IN_2_BYTES) {
    frame[1] = bytes
  } else if (bytes <= MOST_IN_2_BYTES) {
    frame[1] = LENGTH_IN_2_BYTES
    frame.writeUInt16BE(bytes, 2)
  } else {
    frame[1] = LENGTH_IN_8_BYTES
    frame.writeBigUInt64BE(BigInt(bytes), 2)
  }
}
