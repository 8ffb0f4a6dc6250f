import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { RequestProblem } from './answers.ts'

/** Node keeps the first 2,000 headers. Leaving one out in a replay could change where the body ends. */
const MOST_HEADERS = 200

/** True when the client offers to switch to WebSocket. */
export const asksForWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket'

/** True for a WebSocket handshake that arrives as an ordinary request: a proxy has removed Upgrade or Connection. */
export const lostItsUpgrade = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers['sec-websocket-key'] !== undefined || headers['sec-websocket-version'] !== undefined)

/** The response to such a handshake. RFC 9110 requires an Upgrade header in every 426. */
export const strippedUpgradeProblem = (): RequestProblem =>
  new RequestProblem(
    426,
    'BAD_REQUEST',
    'This WebSocket handshake arrived without "Upgrade: websocket" or "Connection: Upgrade": a proxy before this server ' +
      'removed them. nginx passes them on with: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; ' +
      'proxy_set_header Connection "upgrade";',
    { Upgrade: 'websocket' },
  )

/**
 * Serves a request as if it had not offered another protocol. HTTP allows a server to ignore such offers: Java's
 * HttpClient and `curl --http2` offer h2c with every request. Node 20 emits `upgrade` for all of them with the body
 * unread, so the request is parsed once more without its Upgrade header. False when it has too many headers.
 */
export const ignoreUpgrade = (http: Server, request: IncomingMessage, transport: Duplex, head: Buffer): boolean => {
  const { rawHeaders, method, url, httpVersion } = request
  if (rawHeaders.length > 2 * MOST_HEADERS) return false
  let text = `${method} ${url} HTTP/${httpVersion}\r\n`
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() !== 'upgrade') text += `${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`
  }
  // The first parse leaves this listener behind; the second adds another.
  transport.removeAllListeners('timeout')
  transport.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), head]))
  http.emit('connection', transport)
  return true
}
