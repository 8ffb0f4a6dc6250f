import type { Writable } from 'node:stream'

/** How often within the limit a stalled client is looked at. */
const LOOKS = 4

/** A socket, as far as it tells what it has taken. Node itself looks at its handle for that, before it calls a socket idle. */
export interface TakingTransport extends Writable {
  readonly bytesWritten?: number
  readonly _handle?: { readonly writeQueueSize?: number } | null
}

/**
 * What a socket has taken off our hands: changes while its client reads, however slowly. Of a write under way only the handle
 * knows how much is left: an event of 5 MB that came in at 100 KB/s was taken for one that nobody reads.
 */
export const takenBy = ({ bytesWritten = 0, writableLength, _handle }: TakingTransport): number =>
  bytesWritten - writableLength - (_handle?.writeQueueSize ?? 0)

/**
 * Calls `onStall` once when the client takes not a byte for `stallMs`. Returns what ends the watch. One look costs as much as
 * much waits: a client is watched once, however many frames wait for it.
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

/** Waits for `written`; when the client takes nothing for `stallMs` meanwhile, calls `onStall` once and waits no longer. */
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
