import type { IncomingMessage } from 'node:http'

type AskedFor = Pick<IncomingMessage, 'method' | 'headers'>

/**
 * True for a client that keeps the id of an event without data, as EventSource does (HTML, 9.2.6). Other clients
 * deliver such a block as an event: clients that POST (Spring, fetch-event-source), and httpx-sse, which sends
 * `no-store`. A missing Cache-Control is accepted, since a proxy may have removed it.
 */
export const keepsIds = ({ method, headers }: AskedFor): boolean =>
  method === 'GET' &&
  headers.accept?.trim().toLowerCase() === 'text/event-stream' &&
  /^$|\bno-cache\b/i.test(headers['cache-control'] ?? '')

/** True for a request with all headers of an EventSource (HTML, 9.2.2), which reconnects by itself. */
export const isOfEventSource = (request: AskedFor): boolean =>
  keepsIds(request) && request.headers['cache-control'] !== undefined

/** The last id that an EventSource received before it reconnected. */
export const lastEventIdOf = ({ headers }: AskedFor): string | undefined => {
  const id = headers['last-event-id']
  return typeof id === 'string' && id !== '' ? id : undefined
}
