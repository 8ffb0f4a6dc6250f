import type { ServerResponse } from 'node:http'

/**
 * Resolves when the answers before this one on its connection are sent, or the client has left; undefined where it may begin at
 * once. A pipelined request behind an endless event stream would otherwise be executed, hold what large answers wait for, and
 * not notice when its client leaves: node emits no `close` for an answer that has not begun.
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
