import type { Writable } from 'node:stream'

/** How often within the limit a stalled client is looked at. */
const LOOKS = 4

/** What a socket has taken off our hands: grows while its client reads, however slowly. */
const accepted = (transport: Writable & { readonly bytesWritten?: number }): number =>
  (transport.bytesWritten ?? 0) - transport.writableLength

/**
 * Calls `onStall` once when the client takes not a byte for `stallMs`. Returns what ends the watch. One look costs as much as
 * much waits: a client is watched once, however many frames wait for it.
 */
export const watchStall = (
  transport: Writable & { readonly bytesWritten?: number },
  stallMs: number,
  onStall: () => void,
): (() => void) => {
  let before = accepted(transport)
  let quietLooks = 0
  const timer = setInterval(() => {
    const now = accepted(transport)
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
  transport: Writable,
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
