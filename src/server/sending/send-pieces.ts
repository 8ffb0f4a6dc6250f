import type { ServerResponse } from 'node:http'

/**
 * Resolves when the client has taken all queued bytes or has left. A response queued behind others gets that event only
 * from its socket.
 */
const drainedOrGone = (response: ServerResponse): Promise<void> =>
  new Promise(resolve => {
    const { socket } = response.req
    const done = () => {
      response.off('drain', done).off('close', done)
      socket.off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
    socket.on('close', done)
  })

/**
 * Sends pieces one after the other, each when the client has taken the ones before. Resolves when all are sent or the
 * client has left.
 */
export const sendPieces = async (response: ServerResponse, pieces: readonly Buffer[]): Promise<void> => {
  for (const piece of pieces) {
    if (response.destroyed || response.req.socket.destroyed) return
    if (!response.write(piece)) await drainedOrGone(response)
  }
}
