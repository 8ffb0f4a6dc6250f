import type { Server } from 'node:http'
import type { Sockets } from './websocket/websocket.ts'

/** The parts of a server to shut down, and how. */
export interface Leaving {
  readonly http: Server
  readonly sockets: Sockets
  /** Ends the sources of all subscriptions. Event streams get the reason and the cursor to resume from. */
  readonly endSources: () => Promise<void>
  /** Time for running operations to finish. */
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
 * Shuts down in an order that loses nothing: WebSockets, sources, HTTP. A stock graphql-ws client reconnects and
 * resumes by cursor when its socket closes with 1001, but not after its operation completed or failed, so sockets close
 * first. Neither closing HTTP nor disposing Yoga ends an event stream, so remaining connections are cut after the grace
 * time.
 */
export const leave = async ({ http, sockets, endSources, graceMs }: Leaving): Promise<void> => {
  const deadline = performance.now() + graceMs
  const left = () => Math.max(0, deadline - performance.now())
  const closed = new Promise(resolve => http.close(resolve))
  // Connections with a response under way close right after it.
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
