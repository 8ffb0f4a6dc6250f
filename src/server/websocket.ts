import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Logger } from '../kafka/logger.ts'
import type { Engine } from './engine.ts'
import type { SendBudget } from './send-budget.ts'
import { createSocketProtocol, type ProtocolLimits } from './socket-protocol.ts'
import type { SendLimits } from './socket-sender.ts'
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

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString()

/** Messages that only servers send are invalid from a client (4400); graphql-ws throws a plain Error for them. */
const isOfServers = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.message.startsWith('Unexpected message of type')

/** Creates the WebSockets of a server: graphql-transport-ws over ws. */
export const createSockets = (engine: Engine, limits: SocketLimits, budget: SendBudget, logger: Logger): Sockets => {
  const { metrics } = engine
  const parts: SessionParts = { ...createSocketProtocol(engine, limits), limits, budget }
  const sessions = new Map<WebSocket, SocketSession>()
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // A message a turn of the event loop: 20,000 that came at once kept everybody else waiting for 2 s, now 0.4.
    allowSynchronousEvents: false,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: offered => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  })

  // One listener for all sockets, which find their session by themselves: closures of each socket's own cost 0.6 KB.
  function onMessage(this: WebSocket, data: RawData): void {
    sessions
      .get(this)
      ?.received(textOf(data))
      .catch((thrown: unknown) => {
        if (isOfServers(thrown)) return this.close(CloseCode.BadRequest, 'Invalid message received')
        logger.error({ err: thrown }, 'a WebSocket message could not be handled')
        this.close(CloseCode.InternalServerError, 'Internal server error')
      })
  }
  function onPong(this: WebSocket): void {
    const session = sessions.get(this)
    if (session !== undefined) session.isSilent = false
  }
  function onPing(this: WebSocket, data: Buffer): void {
    sessions.get(this)?.pinged(data)
  }
  const onError = (error: Error): void => logger.debug({ err: error }, 'a WebSocket failed')
  function onClose(this: WebSocket, code: number, reason: Buffer): void {
    const session = sessions.get(this)
    if (session === undefined) return
    sessions.delete(this)
    metrics.connections('websocket', -1)
    session
      .ended(code, reason.toString())
      .catch((thrown: unknown) => logger.error({ err: thrown }, 'a closed WebSocket could not be cleaned up'))
  }

  const open = (socket: WebSocket, transport: Duplex): void => {
    sessions.set(socket, new SocketSession(socket, transport, parts))
    metrics.connections('websocket', 1)
    socket.on('message', onMessage).on('ping', onPing).on('pong', onPong).on('error', onError).on('close', onClose)
  }

  // TCP does not tell that a client vanished: whoever leaves a ping unanswered until the next one is cut. One that is held
  // back has the ping still before it; its sender gives it a time of its own.
  const ping = setInterval(() => {
    for (const [socket, session] of sessions) {
      if (session.isHeldBack) session.isSilent = false
      else if (session.isSilent) socket.terminate()
      else {
        session.isSilent = true
        // One that is closing owes us its close frame: ws alone would keep it for 30 s.
        if (socket.readyState === socket.OPEN) socket.ping()
      }
    }
  }, limits.keepAliveMs)

  return {
    get size() {
      return sessions.size
    },
    accept(request, transport, head) {
      if (sessions.size >= limits.maxSockets) return false
      server.handleUpgrade(request, transport, head, socket => open(socket, transport))
      return true
    },
    async close(graceMs) {
      clearInterval(ping)
      const open = [...sessions.keys()]
      const gone = open.map(socket => new Promise(resolve => socket.once('close', resolve)))
      for (const socket of open) socket.close(GOING_AWAY, 'Going away')
      const cut = setTimeout(() => {
        for (const socket of open) socket.terminate()
      }, graceMs)
      await Promise.all(gone)
      clearTimeout(cut)
    },
  }
}
