import { isUtf8 } from 'node:buffer'
import { CloseCode } from 'graphql-ws'
import type { RawData, WebSocket } from 'ws'
import type { Logger } from '../../kafka/logger.ts'
import type { ServerMetrics } from '../../observe/metrics.ts'
import { isHeavyJson } from '../pipeline/documents/json-weight.ts'
import type { SocketSession } from './socket-session.ts'

const INVALID = 'Invalid message received'
/** RFC 6455, 7.4.1: the message is too big to process. */
const TOO_BIG = 1009

const bytesOf = (data: RawData): Buffer => (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer))

/** Message types that only servers send are invalid from a client (4400). graphql-ws throws a plain Error for them. */
const isOfServers = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.message.startsWith('Unexpected message of type')

/**
 * Passes each socket's events to its session, and removes the session when its socket closes. One listener serves all
 * sockets and looks up the session: closures for each socket cost 0.6 KB.
 */
export const createSocketListeners = (
  sessions: Map<WebSocket, SocketSession>,
  metrics: ServerMetrics,
  logger: Logger,
  maxMessageBytes: number,
): ((socket: WebSocket) => void) => {
  function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
    // ws delivers messages that follow the one for which the socket is closed. They would be executed and never
    // answered.
    if (this.readyState !== this.OPEN) return
    const session = sessions.get(this)
    // The pong may be queued behind thousands of messages, so any message counts as a sign of life.
    if (session !== undefined) session.isSilent = false
    const bytes = bytesOf(data)
    // ws validates text frames. In binary frames, decoding would replace invalid bytes with "�", and a produce would
    // silently write that.
    if (isBinary && !isUtf8(bytes)) this.close(CloseCode.BadRequest, INVALID)
    else if (isHeavyJson(bytes, maxMessageBytes)) this.close(TOO_BIG, 'The message holds too many JSON values')
    else
      session?.received(bytes.toString()).catch((thrown: unknown) => {
        if (isOfServers(thrown)) return this.close(CloseCode.BadRequest, INVALID)
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
  const notCleanedUp = (thrown: unknown): void =>
    logger.error({ err: thrown }, 'a closed WebSocket could not be cleaned up')
  function onClose(this: WebSocket, code: number, reason: Buffer): void {
    const session = sessions.get(this)
    sessions.delete(this)
    metrics.connections('websocket', -1)
    session?.ended(code, reason.toString()).catch(notCleanedUp)
  }
  return socket => {
    metrics.connections('websocket', 1)
    socket.on('message', onMessage).on('ping', onPing).on('pong', onPong).on('error', onError).on('close', onClose)
  }
}
