import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from '../../kafka/logger.ts'
import { RequestProblem } from './answers.ts'

/** Limits client connections, so that file handles remain for Kafka's. */
export interface ConnectionLimit {
  /** Counts the connections of this server. */
  watch(server: Server): void
  /** True when this connection exceeds the limit: it gets the reason and is closed. */
  isBeyond(connection: Duplex): boolean
}

/** The response to a request on such a connection. */
export const tooManyConnections = (): RequestProblem =>
  new RequestProblem(
    503,
    'TOO_MANY_CONNECTIONS',
    'This server has as many connections open as its file handles allow: try again in a moment.',
    { Connection: 'close', 'Retry-After': '1' },
  )

/** Excess connections accepted at once, to send them the reason. Further ones are closed without a response. */
const REFUSED_AT_ONCE = 32
const WARN_EVERY_MS = 60_000

/** Allows `most` connections at once; Infinity for no limit. */
export const createConnectionLimit = (most: number, logger: Logger): ConnectionLimit => {
  const beyond = new WeakSet<Duplex>()
  let open = 0
  let warnedAt = Number.NEGATIVE_INFINITY
  const warn = () => {
    if (performance.now() - warnedAt < WARN_EVERY_MS) return
    warnedAt = performance.now()
    logger.warn(
      { connections: most },
      'too many connections for the file handles of this process: raise the limit before the start, such as ulimit -n 65536',
    )
  }
  const count = (connection: Duplex) => {
    open++
    connection.once('close', () => {
      open--
    })
    if (open <= most) return
    beyond.add(connection)
    warn()
  }
  return {
    watch(server) {
      if (!Number.isFinite(most)) return
      server.maxConnections = most + REFUSED_AT_ONCE
      server.on('connection', count)
      server.on('drop', warn)
    },
    isBeyond: connection => beyond.has(connection),
  }
}
