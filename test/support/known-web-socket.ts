import type { Socket } from 'node:net'
import { WebSocket } from 'ws'

const transportOf = (socket: WebSocket): Socket | undefined =>
  // Not in the types: only this reaches the TCP socket, which a dying network cuts without a closing frame.
  '_socket' in socket ? (socket._socket as Socket | undefined) : undefined

/** A WebSocket class for clients, whose TCP sockets a test can cut. */
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
    /** How many were made so far. */
    opened: () => count,
    /** Reads nothing more, so that everything waits up to the server. */
    pause: () => {
      for (const socket of open) socket.pause()
    },
    resume: () => {
      for (const socket of open) socket.resume()
    },
    /** Destroys the TCP sockets of those that are open or opening. */
    cut: () => {
      for (const socket of open) {
        const transport = transportOf(socket)
        if (transport) transport.destroy()
        else socket.terminate()
      }
    },
  }
}
