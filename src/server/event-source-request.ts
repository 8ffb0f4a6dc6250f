import type { IncomingMessage } from 'node:http'

type AskedFor = Pick<IncomingMessage, 'method' | 'headers'>

/**
 * True for a client that keeps the id of an event without data, as EventSource does (HTML, 9.2.6), and resumes from it. Others
 * wake up for such an event: those that POST (Spring, fetch-event-source) and httpx-sse, which sends `no-store`. A proxy may have
 * removed the Cache-Control of an EventSource.
 */
export const keepsIds = ({ method, headers }: AskedFor): boolean =>
  method === 'GET' &&
  headers.accept?.trim().toLowerCase() === 'text/event-stream' &&
  /^$|\bno-cache\b/i.test(headers['cache-control'] ?? '')

/** True for a request with all that every EventSource sends (HTML, 9.2.2): its client connects again by itself. */
export const isOfEventSource = (request: AskedFor): boolean =>
  keepsIds(request) && request.headers['cache-control'] !== undefined

/** The id that EventSource was sent last, when it connects again. */
export const lastEventIdOf = ({ headers }: AskedFor): string | undefined => {
  const id = headers['last-event-id']
  return typeof id === 'string' && id !== '' ? id : undefined
}
