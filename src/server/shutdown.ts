import type { Server } from 'node:http'
import type { Sockets } from './websocket.ts'

/** What is left, and how. */
export interface Leaving {
  readonly http: Server
  readonly sockets: Sockets
  /** Ends the sources of all subscriptions: event streams learn why, and from which cursor to go on. */
  readonly endSources: () => Promise<void>
  /** Time for what runs to end by itself. */
  readonly graceMs: number
}

const within = async (work: Promise<unknown>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise(resolve => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/**
 * Leaves in the order in which nothing is lost: WebSockets, sources, HTTP. A stock graphql-ws client comes back and goes on by
 * its cursor when its socket closes with 1001, but not when its operation was completed or failed before: sockets go first.
 * Neither closing HTTP nor disposing Yoga ends an event stream, so what is left after the grace time is cut.
 */
export const leave = async ({ http, sockets, endSources, graceMs }: Leaving): Promise<void> => {
  const deadline = performance.now() + graceMs
  const left = () => Math.max(0, deadline - performance.now())
  const closed = new Promise(resolve => http.close(resolve))
  // What is being answered now is closed right after its answer.
  http.keepAliveTimeout = 1
  http.closeIdleConnections()
  const socketsClosed = sockets.close(left())
  try {
    await within(endSources(), left())
  } finally {
    await socketsClosed
    await within(closed, left())
    http.closeAllConnections()
    await closed
  }
}
