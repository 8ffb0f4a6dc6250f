import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { FrameReader, type FrameSink } from './frame-reader.ts'

const CONNECT_LIMIT_MS = 30_000

/** A client's frame. The mask is zero, so the payload stays unchanged. */
const clientFrame = (opcode: number, payload: Buffer): Buffer => {
  const { length } = payload
  const header = Buffer.alloc(length < 126 ? 6 : 8)
  header[0] = 0x80 | opcode
  header[1] = 0x80 | (length < 126 ? length : 126)
  if (length >= 126) header.writeUInt16BE(length, 2)
  return Buffer.concat([header, payload])
}

/** The callbacks of a frame socket. */
export type FrameSocketEvents = Pick<FrameSink, 'onMarks' | 'onText'> & { onEnd(why: string): void }

/** A graphql-transport-ws connection with little memory and work, so that one process can hold thousands. */
export interface FrameSocket {
  send(text: string): void
  /** Stops reading from the connection, as a stalled client does. */
  pause(): void
  resume(): void
  close(): void
}

/** Opens a WebSocket with the subprotocol of graphql-ws. */
export const openFrameSocket = async (
  url: URL,
  events: FrameSocketEvents,
  wantsTexts: boolean,
): Promise<FrameSocket> => {
  const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true })
  let isClosed = false
  const end = (why: string) => {
    if (!isClosed) events.onEnd(why)
    isClosed = true
  }
  const rest = await upgrade(socket, url)
  const reader = new FrameReader(
    {
      ...events,
      onPing: payload => socket.write(clientFrame(10, payload)),
      onClose: code => end(`closed with ${code}`),
    },
    wantsTexts,
  )
  socket.on('error', error => end(error.message)).on('close', () => end('connection closed'))
  socket.on('data', chunk => reader.push(chunk))
  if (rest.length > 0) reader.push(rest)
  return {
    send: text => void socket.write(clientFrame(1, Buffer.from(text))),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    close: () => {
      isClosed = true
      socket.destroy()
    },
  }
}

/** Sends the HTTP request and returns the bytes after its response. */
const upgrade = async (socket: Socket, url: URL): Promise<Buffer> => {
  const signal = AbortSignal.timeout(CONNECT_LIMIT_MS)
  await once(socket, 'connect', { signal })
  const lines = [
    `GET ${url.pathname} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Protocol: graphql-transport-ws',
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  let answer = Buffer.alloc(0)
  for (;;) {
    const [chunk] = await once(socket, 'data', { signal })
    answer = Buffer.concat([answer, chunk])
    const end = answer.indexOf('\r\n\r\n')
    if (end === -1) continue
    const head = answer.toString('latin1', 0, end)
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`no upgrade: ${head.split('\r\n')[0]}`)
    return answer.subarray(end + 4)
  }
}
