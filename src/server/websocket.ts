import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws'
import { WebSocket, WebSocketServer } from 'ws'
import type { Logger } from '../kafka/logger.ts'
import type { Engine } from './engine.ts'
import type { SendBudget } from './send-budget.ts'
import type { SendLimits } from './slow-client.ts'
import { createSocketListeners } from './socket-listeners.ts'
import { createSocketProtocol, type ProtocolLimits } from './socket-protocol.ts'
import { type SessionParts, SocketSession } from './socket-session.ts'

/** Bounds of WebSockets. */
export interface SocketLimits extends ProtocolLimits, SendLimits {
  readonly maxSockets: number
  /** Largest message from a client; a larger one closes its socket with 1009. */
  readonly maxMessageBytes: number
  readonly keepAliveMs: number
  readonly connectionInitTimeoutMs: number
}

/** The open WebSockets of a server. */
export interface Sockets {
  readonly size: number
  /** Takes over an upgrade whose access has been checked; false when there are too many sockets. */
  accept(request: IncomingMessage, transport: Duplex, head: Buffer): boolean
  /** Asks clients to come back later (1001); those that have not gone after `graceMs` are cut. */
  close(graceMs: number): Promise<void>
}

const GOING_AWAY = 1001
const MESSAGE_TOO_BIG = 1009

/** ws closes with 1009 and no reason: this class adds the limit and the setting that raises it. */
const createSocketClass = (maxPayload: number): typeof WebSocket =>
  class extends WebSocket {
    override close(code?: number, reason?: string | Buffer): void {
      const isBare = code === MESSAGE_TOO_BIG && reason === undefined
      super.close(code, isBare ? `A message is larger than ${maxPayload} bytes (MAX_REQUEST_BYTES)` : reason)
    }
  }

const createWebSocketServer = (maxPayload: number): WebSocketServer =>
  new WebSocketServer({
    noServer: true,
    WebSocket: createSocketClass(maxPayload),
    clientTracking: false,
    // A message a turn of the event loop: 20,000 that came at once kept everybody else waiting for 2 s, now 0.4.
    allowSynchronousEvents: false,
    maxPayload,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: offered => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  })

/**
 * TCP does not tell that a client vanished: whoever leaves a ping unanswered until the next one is cut. One that is held back
 * has the ping still before it; its sender gives it a time of its own. So has one that takes a large event slowly.
 */
const pingEach = (sessions: ReadonlyMap<WebSocket, SocketSession>): void => {
  for (const [socket, session] of sessions) {
    if (session.isTaking() || session.isHeldBack) session.isSilent = false
    else if (session.isSilent) socket.terminate()
    else {
      session.isSilent = true
      // One that is closing owes us its close frame: ws alone would keep it for 30 s.
      if (socket.readyState === socket.OPEN) socket.ping()
    }
  }
}

const closeEach = async (sockets: readonly WebSocket[], graceMs: number): Promise<void> => {
  const gone = sockets.map(socket => new Promise(resolve => socket.once('close', resolve)))
  for (const socket of sockets) socket.close(GOING_AWAY, 'Going away')
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.terminate()
  }, graceMs)
  await Promise.all(gone)
  clearTimeout(cut)
}

/** Creates the WebSockets of a server: graphql-transport-ws over ws. */
export const createSockets = (engine: Engine, limits: SocketLimits, budget: SendBudget, logger: Logger): Sockets => {
  const parts: SessionParts = { ...createSocketProtocol(engine, limits), limits, budget }
  const sessions = new Map<WebSocket, SocketSession>()
  const server = createWebSocketServer(limits.maxMessageBytes)
  const listen = createSocketListeners(sessions, engine.metrics, logger)
  const pinging = setInterval(() => pingEach(sessions), limits.keepAliveMs)
  const open = (socket: WebSocket, transport: Duplex): void => {
    sessions.set(socket, new SocketSession(socket, transport, parts))
    listen(socket)
  }
  return {
    get size() {
      return sessions.size
    },
    accept(request, transport, head) {
      if (sessions.size >= limits.maxSockets) return false
      server.handleUpgrade(request, transport, head, socket => open(socket, transport))
      return true
    },
    close(graceMs) {
      clearInterval(pinging)
      return closeEach([...sessions.keys()], graceMs)
    },
  }
}
