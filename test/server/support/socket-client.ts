import { WebSocket } from 'ws'

/** A message of graphql-transport-ws. */
interface SocketMessage {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

/** A client that misses no message and sends exactly what its test says. */
export interface SocketClient extends Disposable {
  readonly socket: WebSocket
  readonly messages: readonly SocketMessage[]
  /** Settles with the code and the reason when the socket closes. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  send(message: SocketMessage | string): void
  /** The next message that was not taken yet. Fails when the socket closes first. */
  next(): Promise<SocketMessage>
  subscribe(id: string, query: string, variables?: Readonly<Record<string, unknown>>): void
}

/** Opens a socket; with `init` it sends connection_init and waits for the acknowledgement. */
export const openSocket = async (
  url: string,
  { protocol = 'graphql-transport-ws', init = true, autoPong = true } = {},
): Promise<SocketClient> => {
  const socket = new WebSocket(url, protocol, { autoPong })
  const messages: SocketMessage[] = []
  const waiting: (() => void)[] = []
  let taken = 0
  let isClosed = false
  socket.on('message', data => {
    messages.push(JSON.parse(String(data)))
    waiting.shift()?.()
  })
  const closed = new Promise<{ code: number; reason: string }>(resolve =>
    socket.on('close', (code, reason) => {
      isClosed = true
      for (const wake of waiting) wake()
      resolve({ code, reason: String(reason) })
    }),
  )
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => undefined)
  const client: SocketClient = {
    socket,
    messages,
    closed,
    send: message => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: async () => {
      const index = taken++
      while (messages.length <= index && !isClosed) await new Promise<void>(resolve => waiting.push(resolve))
      const message = messages[index]
      if (message === undefined) throw new Error('the socket was closed before the message came')
      return message
    },
    subscribe: (id, query, variables) => client.send({ type: 'subscribe', id, payload: { query, variables } }),
    [Symbol.dispose]: () => socket.terminate(),
  }
  if (!init) return client
  client.send({ type: 'connection_init' })
  await client.next()
  return client
}
