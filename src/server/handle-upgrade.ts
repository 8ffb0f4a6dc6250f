import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { GRAPHQL_PATH, pathOf } from './handle-request.ts'
import { type ConnectionLimit, tooManyConnections } from './http/connection-limit.ts'
import { checkAccess, type OriginRules } from './http/origin.ts'
import type { Refusals } from './http/refusals.ts'
import type { Sockets } from './websocket/websocket.ts'

/** What decides about upgrades. */
export interface UpgradeRules {
  readonly rules: OriginRules
  readonly connections: ConnectionLimit
  readonly sockets: Sockets
  readonly refusals: Refusals
  /** True during shutdown. */
  readonly isLeaving: () => boolean
}

const refuse = (transport: Duplex, status: number, message: string): void => {
  const body = `${message}\n`
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  transport.once('finish', () => transport.destroy())
  transport.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Upgrades `/graphql` to a WebSocket, with the same origin rule as all requests. */
export const handleUpgrade = (
  request: IncomingMessage,
  transport: Duplex,
  head: Buffer,
  { rules, connections, sockets, refusals, isLeaving }: UpgradeRules,
): void => {
  transport.on('error', () => transport.destroy())
  const access = checkAccess(request, rules)
  if (!access.allowed) {
    refusals.note(access, request)
    refuse(transport, 403, access.message)
  } else if (pathOf(request.url) !== GRAPHQL_PATH) refuse(transport, 404, `WebSockets are at ${GRAPHQL_PATH}.`)
  else if (connections.isBeyond(transport)) refuse(transport, 503, tooManyConnections().message)
  else if (isLeaving()) refuse(transport, 503, 'This server is shutting down.')
  else if (!sockets.accept(request, transport, head))
    refuse(transport, 503, 'Too many WebSockets are open (MAX_SOCKETS).')
}
