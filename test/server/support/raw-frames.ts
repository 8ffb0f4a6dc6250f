import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const KEY = Buffer.from([1, 2, 3, 4])

/** How a frame differs from a complete, masked one. */
export interface FrameShape {
  readonly fin?: boolean
  /** The three reserved bits, 0 to 7. */
  readonly rsv?: number
  readonly masked?: boolean
  /**
   * The length that the frame claims, in the longest form. Default: the payload's real length, in the shortest form.
   */
  readonly claims?: bigint
}

const lengthOf = (length: number, masked: boolean): Buffer => {
  const mask = masked ? 0x80 : 0
  if (length < 126) return Buffer.from([mask | length])
  const head = Buffer.alloc(3)
  head.writeUInt8(mask | 126)
  head.writeUInt16BE(length, 1)
  return head
}

const claimed = (length: bigint, masked: boolean): Buffer => {
  const head = Buffer.alloc(9)
  head.writeUInt8((masked ? 0x80 : 0) | 127)
  head.writeBigUInt64BE(length, 1)
  return head
}

/** One WebSocket frame, valid or invalid, of up to 65,535 bytes. */
export const frame = (opcode: number, payload: string | Buffer = '', shape: FrameShape = {}): Buffer => {
  const { fin = true, rsv = 0, masked = true, claims } = shape
  const bytes = Buffer.from(payload)
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode
  const length = claims === undefined ? lengthOf(bytes.length, masked) : claimed(claims, masked)
  const body = masked ? Buffer.from(bytes.map((byte, index) => byte ^ (KEY[index & 3] ?? 0))) : bytes
  return Buffer.concat([Buffer.from([first]), length, ...(masked ? [KEY] : []), body])
}

/** A TCP connection that was upgraded to a WebSocket. */
export const rawSocket = async (port: number): Promise<Socket> => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => undefined)
  const head = [
    'GET /graphql HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  await new Promise(resolve => socket.once('data', resolve).once('close', resolve))
  return socket.resume()
}

/** Writes each piece separately, 2 ms apart. */
export const writePieces = async (socket: Socket, pieces: readonly Buffer[]): Promise<void> => {
  for (const piece of pieces) {
    if (socket.destroyed) return
    socket.write(piece)
    await sleep(2)
  }
}
