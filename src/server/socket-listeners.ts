import { isUtf8 } from 'node:buffer'
import { CloseCode } from 'graphql-ws'
import type { RawData, WebSocket } from 'ws'
import type { Logger } from '../kafka/logger.ts'
import type { ServerMetrics } from '../observe/metrics.ts'
import type { SocketSession } from './socket-session.ts'

const INVALID = 'Invalid message received'

const bytesOf = (data: RawData): Buffer => (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer))

/** Messages that only servers send are invalid from a client (4400); graphql-ws throws a plain Error for them. */
const isOfServers = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.message.startsWith('Unexpected message of type')

/**
 * What takes each socket's events to its session, and the session off the list when its socket is closed. One listener for
 * all sockets, which finds the session by itself: closures of each socket's own cost 0.6 KB.
 */
export const createSocketListeners = (
  sessions: Map<WebSocket, SocketSession>,
  metrics: ServerMetrics,
  logger: Logger,
): ((socket: WebSocket) => void) => {
  function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
    // ws hands over what comes behind the message that the socket is closed for: it would be executed, and never answered.
    if (this.readyState !== this.OPEN) return
    const session = sessions.get(this)
    // Its pong may lie behind thousands of its messages: whoever sends is not silent.
    if (session !== undefined) session.isSilent = false
    const bytes = bytesOf(data)
    // ws has checked text. Of other bytes decoding makes "�", and a produce would write that in silence.
    if (isBinary && !isUtf8(bytes)) this.close(CloseCode.BadRequest, INVALID)
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
