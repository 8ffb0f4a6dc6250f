import type { Socket } from 'node:net'
import { WebSocket } from 'ws'

const transportOf = (socket: WebSocket): Socket | undefined =>
  // Not in the types. Only this gives access to the TCP socket, which a broken network cuts without a close frame.
  '_socket' in socket ? (socket._socket as Socket | undefined) : undefined

/** A WebSocket class for clients. A test can cut its TCP sockets. */
export const knownWebSocket = () => {
  const open = new Set<WebSocket>()
  let count = 0
  class KnownWebSocket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols)
      count += 1
      open.add(this)
      this.once('close', () => open.delete(this))
    }
  }
  return {
    webSocketImpl: KnownWebSocket,
    /** The number of sockets so far. */
    opened: () => count,
    /** Stops reading, so that data backs up to the server. */
    pause: () => {
      for (const socket of open) socket.pause()
    },
    resume: () => {
      for (const socket of open) socket.resume()
    },
    /** Destroys the TCP sockets that are open or opening. */
    cut: () => {
      for (const socket of open) {
        const transport = transportOf(socket)
        if (transport) transport.destroy()
        else socket.terminate()
      }
    },
  }
}
