import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** Node keeps the first 2,000 headers; what a replay leaves out could change where the body ends. */
const MOST_HEADERS = 200

/** True when the client offers to go on as a WebSocket. */
export const asksForWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket'

/**
 * Serves a request as if it had not offered to go on in another protocol, as HTTP wants of offers that a server does not take:
 * Java's HttpClient and `curl --http2` offer h2c with every request. Node 20 hands all offers over with the body unread, so the
 * request goes through the parser once more, without its Upgrade header. False when it has too many headers for that.
 */
export const ignoreUpgrade = (http: Server, request: IncomingMessage, transport: Duplex, head: Buffer): boolean => {
  const { rawHeaders, method, url, httpVersion } = request
  if (rawHeaders.length > 2 * MOST_HEADERS) return false
  let text = `${method} ${url} HTTP/${httpVersion}\r\n`
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() !== 'upgrade') text += `${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`
  }
  // The parser's first round leaves this one behind, its second adds another.
  transport.removeAllListeners('timeout')
  transport.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), head]))
  http.emit('connection', transport)
  return true
}
