import type { IncomingMessage, ServerResponse } from 'node:http'

const PREFLIGHT_SECONDS = 600

/** Lets an allowed page read the answer. Never a wildcard, never with credentials: there are no cookies to send. */
export const applyCors = (response: ServerResponse, crossOrigin: string | null): void => {
  response.setHeader('Vary', 'Origin')
  if (crossOrigin !== null) response.setHeader('Access-Control-Allow-Origin', crossOrigin)
}

/** A header's name as HTTP defines it. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/i
/** Header names that are allowed at most, and bytes of the list that is read at most. */
const MOST_HEADERS = 100
const LONGEST_LIST = 4096

/** The headers that a page asks to send: all of them are allowed. Without the question, the headers that every client sends. */
const allowedHeaders = ({ headers }: IncomingMessage): string => {
  const asked = headers['access-control-request-headers']
  if (asked === undefined) return 'accept, authorization, content-type'
  const names = asked.slice(0, LONGEST_LIST).split(',', MOST_HEADERS)
  return names
    .map(name => name.trim())
    .filter(name => TOKEN.test(name))
    .join(', ')
}

/** Answers the question that a browser asks before it sends an allowed page's request. */
export const answerPreflight = (response: ServerResponse, crossOrigin: string | null): void => {
  if (crossOrigin !== null) {
    response.setHeader('Vary', 'Origin, Access-Control-Request-Headers')
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST')
    response.setHeader('Access-Control-Allow-Headers', allowedHeaders(response.req))
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS)
  }
  response.writeHead(204, { Allow: 'GET, POST, OPTIONS' }).end()
}
