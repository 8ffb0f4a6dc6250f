import type { Writable } from 'node:stream'

/** Checks of a stalled client within the limit. */
const LOOKS = 4

/** A socket with the counters of taken bytes. Node itself reads its handle before it calls a socket idle. */
export interface TakingTransport extends Writable {
  readonly bytesWritten?: number
  readonly _handle?: { readonly writeQueueSize?: number } | null
}

/**
 * Bytes that a socket has taken; changes while its client reads, however slowly. During one large write only the handle
 * shows progress: without it, a client that took a 5 MB event at 100 KB/s counted as stalled.
 */
export const takenBy = ({ bytesWritten = 0, writableLength, _handle }: TakingTransport): number =>
  bytesWritten - writableLength - (_handle?.writeQueueSize ?? 0)

/**
 * Calls `onStall` once when the client takes no byte for `stallMs`. Returns the function that ends the watch. A check
 * costs as much as the queue is long, so a client has one watch for all its frames.
 */
export const watchStall = (transport: TakingTransport, stallMs: number, onStall: () => void): (() => void) => {
  let before = takenBy(transport)
  let quietLooks = 0
  const timer = setInterval(() => {
    const now = takenBy(transport)
    quietLooks = now === before ? quietLooks + 1 : 0
    before = now
    if (quietLooks < LOOKS) return
    clearInterval(timer)
    onStall()
  }, stallMs / LOOKS)
  return () => clearInterval(timer)
}

/** Waits for `written`. If the client takes nothing for `stallMs` meanwhile, calls `onStall` once and stops waiting. */
export const untilWrittenOrStalled = (
  written: Promise<void>,
  transport: TakingTransport,
  stallMs: number,
  onStall: () => void,
): Promise<void> =>
  new Promise(resolve => {
    const stop = watchStall(transport, stallMs, () => {
      onStall()
      resolve()
    })
    void written.then(() => {
      stop()
      resolve()
    })
  })
