import { once } from 'node:events'
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

/** Above this, wait for the socket, as any server must. */
const BUFFERED_BYTES = 131_072

const sockets: WebSocket[] = []

/** The upper bound for one event a frame: `ws` sending ready bytes, without GraphQL and Kafka. */
export const rawWsCalls = {
  listen: async () => {
    const http = createServer()
    const server = new WebSocketServer({ server: http, path: '/graphql', perMessageDeflate: false })
    server.on('connection', socket => {
      socket.on('message', text => {
        if (String(text).includes('connection_init')) socket.send('{"type":"connection_ack"}')
        else sockets.push(socket)
      })
    })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    const address = http.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return `ws://127.0.0.1:${address.port}/graphql`
  },
  subscribers: () => sockets.length,
  /** Sends every frame to every subscriber. */
  send: async ({ texts, times }: { readonly texts: readonly string[]; readonly times: number }) => {
    const frames = texts.map(text => Buffer.from(text))
    for (let i = 0; i < times; i++) {
      const frame = frames[i % frames.length] ?? Buffer.alloc(0)
      for (const socket of sockets) {
        if (socket.bufferedAmount < BUFFERED_BYTES) socket.send(frame, { binary: false })
        else await new Promise(resolve => socket.send(frame, { binary: false }, resolve))
      }
      // Nothing is flushed and no socket buffer drains until the event loop turns.
      if (i % 16 === 15) await new Promise(resolve => setImmediate(resolve))
    }
  },
}
