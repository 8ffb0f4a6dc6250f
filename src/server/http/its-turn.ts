import type { ServerResponse } from 'node:http'

/**
 * Resolves when all earlier responses on this connection are sent or the client has left; undefined if this response may
 * begin at once. Otherwise a request pipelined behind an endless event stream would be executed, hold permits for large
 * responses, and not notice that its client left: node emits no `close` for a response that has not begun.
 */
export const itsTurn = (response: ServerResponse): Promise<void> | undefined => {
  const { socket } = response.req
  if (response.socket !== null || socket.destroyed) return undefined
  return new Promise(resolve => {
    const done = () => {
      response.off('socket', done)
      socket.off('close', done)
      resolve()
    }
    response.on('socket', done)
    // Many pipelined requests may wait on one connection.
    socket.setMaxListeners(0).on('close', done)
  })
}
