/** FIN, and the opcode of a text message (RFC 6455, 5.2). */
const WHOLE_TEXT = 0x81
const LENGTH_IN_2_BYTES = 126
const LENGTH_IN_8_BYTES = 127

/** The header of a WebSocket frame that holds a whole text message of so many bytes. A server does not mask. */
export const frameHeader = (bytes: number): Buffer => {
  if (bytes < LENGTH_IN_2_BYTES) return Buffer.from([WHOLE_TEXT, bytes])
  if (bytes <= 0xffff) return Buffer.from([WHOLE_TEXT, LENGTH_IN_2_BYTES, bytes >> 8, bytes & 0xff])
  const header = Buffer.alloc(10)
  header[0] = WHOLE_TEXT
  header[1] = LENGTH_IN_8_BYTES
  header.writeBigUInt64BE(BigInt(bytes), 2)
  return header
}
