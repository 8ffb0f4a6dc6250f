import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Logger } from '../kafka/logger.ts'
import type { Engine } from './engine.ts'
import type { SendBudget } from './send-budget.ts'
import { SocketOperations } from './socket-operations.ts'
import {
  createSocketProtocol,
  endStreams,
  type ProtocolLimits,
  type SocketState,
  stopInitTimer,
} from './socket-protocol.ts'
import { createFrameSender, type FrameSender, type SendLimits } from './socket-sender.ts'

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

/** Creates the WebSockets of a server: graphql-transport-ws over ws. */
export const createSockets = (engine: Engine, limits: SocketLimits, budget: SendBudget, logger: Logger): Sockets => {
  const { metrics } = engine
  const { protocol, frames } = createSocketProtocol(engine, limits)
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: offered => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  })
  const silent = new WeakSet<WebSocket>()
  const senders = new WeakMap<WebSocket, FrameSender>()

  const open = (socket: WebSocket, transport: Duplex): void => {
    const state: SocketState = { operations: new SocketOperations(), streaming: new Map(), initTimer: null }
    state.initTimer = setTimeout(
      () => socket.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
      limits.connectionInitTimeoutMs,
    )
    const sender = createFrameSender(socket, transport, limits, budget, () => endStreams(state, limits.stallMs))
    senders.set(socket, sender)
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: frame => sender.send(frames.splice(frame)),
        close: (code, reason) => socket.close(code, reason),
        onMessage: handle => {
          socket.on('message', data => {
            const frame = textOf(data)
            state.operations.watch(frame)
            handle(frame).catch((thrown: unknown) => {
              logger.error({ err: thrown }, 'a WebSocket message could not be handled')
              socket.close(CloseCode.InternalServerError, 'Internal server error')
            })
          })
        },
      },
      state,
    )
    metrics.connections('websocket', 1)
    socket.on('pong', () => silent.delete(socket))
    socket.on('error', error => logger.debug({ err: error }, 'a WebSocket failed'))
    socket.once('close', (code, reason) => {
      metrics.connections('websocket', -1)
      stopInitTimer(state)
      state.operations.abortAll()
      closed(code, reason.toString()).catch((thrown: unknown) =>
        logger.error({ err: thrown }, 'a closed WebSocket could not be cleaned up'),
      )
    })
  }

  // TCP does not tell that a client vanished: whoever leaves a ping unanswered until the next one is cut. One that is held
  // back has the ping still before it; its sender gives it a time of its own.
  const ping = setInterval(() => {
    for (const socket of server.clients) {
      if (senders.get(socket)?.isHeldBack) silent.delete(socket)
      else if (silent.has(socket)) socket.terminate()
      else {
        silent.add(socket)
        // One that is closing owes us its close frame: ws alone would keep it for 30 s.
        if (socket.readyState === socket.OPEN) socket.ping()
      }
    }
  }, limits.keepAliveMs)

  return {
    get size() {
      return server.clients.size
    },
    accept(request, transport, head) {
      if (server.clients.size >= limits.maxSockets) return false
      server.handleUpgrade(request, transport, head, socket => open(socket, transport))
      return true
    },
    async close(graceMs) {
      clearInterval(ping)
      const gone = [...server.clients].map(socket => new Promise(resolve => socket.once('close', resolve)))
      for (const socket of server.clients) socket.close(GOING_AWAY, 'Going away')
      const cut = setTimeout(() => {
        for (const socket of server.clients) socket.terminate()
      }, graceMs)
      await Promise.all(gone)
      clearTimeout(cut)
    },
  }
}
