import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws'
import { WebSocket, WebSocketServer } from 'ws'
import type { Logger } from '../../kafka/logger.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { SendBudget } from '../sending/send-budget.ts'
import type { SendLimits } from '../sending/slow-client.ts'
import { createSocketListeners } from './socket-listeners.ts'
import { createSocketProtocol, type ProtocolLimits } from './socket-protocol.ts'
import { type SessionParts, SocketSession } from './socket-session.ts'

/** Limits of WebSockets. */
export interface SocketLimits extends ProtocolLimits, SendLimits {
  readonly maxSockets: number
  /** The largest message from a client. A larger one closes its socket with 1009. */
  readonly maxMessageBytes: number
  readonly keepAliveMs: number
  readonly connectionInitTimeoutMs: number
}

/** The open WebSockets of a server. */
export interface Sockets {
  readonly size: number
  /** Takes over an upgrade whose access has been checked. False when there are too many sockets. */
  accept(request: IncomingMessage, transport: Duplex, head: Buffer): boolean
  /** Asks clients to reconnect later (1001). After `graceMs` the remaining sockets are cut. */
  close(graceMs: number): Promise<void>
}

const GOING_AWAY = 1001
const MESSAGE_TOO_BIG = 1009

/** ws closes with 1009 without a reason. This class adds the limit and the setting that raises it. */
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
    // One message for each turn of the event loop: 20,000 at once delayed all other clients by 2 s, now by 0.4 s.
    allowSynchronousEvents: false,
    maxPayload,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: offered => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  })

/**
 * TCP does not report a vanished client, so a client that does not answer a ping before the next one is cut.
 * Exceptions: a held-back client, whose ping is queued behind data and whose sender has its own time limit, and a
 * client that is slowly taking a large event.
 */
const pingEach = (sessions: ReadonlyMap<WebSocket, SocketSession>): void => {
  for (const [socket, session] of sessions) {
    if (session.isTaking() || session.isHeldBack) session.isSilent = false
    else if (session.isSilent) socket.terminate()
    else {
      session.isSilent = true
      // A closing socket still waits for the client's close frame; ws alone would wait 30 s.
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
export const createSockets = (
  pipeline: Pipeline,
  limits: SocketLimits,
  budget: SendBudget,
  logger: Logger,
): Sockets => {
  const parts: SessionParts = { ...createSocketProtocol(pipeline, limits), turns: pipeline.turns, limits, budget }
  const sessions = new Map<WebSocket, SocketSession>()
  const server = createWebSocketServer(limits.maxMessageBytes)
  const listen = createSocketListeners(sessions, pipeline.metrics, logger, limits.maxMessageBytes)
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
