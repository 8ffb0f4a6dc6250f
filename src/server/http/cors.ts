import type { IncomingMessage, ServerResponse } from 'node:http'

const PREFLIGHT_SECONDS = 600

/** Lets an allowed page read the response. Never a wildcard and never with credentials: the API uses no cookies. */
export const applyCors = (response: ServerResponse, crossOrigin: string | null): void => {
  response.setHeader('Vary', 'Origin')
  if (crossOrigin !== null) response.setHeader('Access-Control-Allow-Origin', crossOrigin)
}

/** A header name as HTTP defines it. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/i
/** The most header names allowed, and the most bytes of the list that are read. */
const MOST_HEADERS = 100
const LONGEST_LIST = 4096

/** Allows every header that a page asks to send. Without such a request: the headers that every client sends. */
const allowedHeaders = ({ headers }: IncomingMessage): string => {
  const asked = headers['access-control-request-headers']
  if (asked === undefined) return 'accept, authorization, content-type'
  const names = asked.slice(0, LONGEST_LIST).split(',', MOST_HEADERS)
  return names
    .map(name => name.trim())
    .filter(name => TOKEN.test(name))
    .join(', ')
}

/** Answers the preflight request that a browser sends for an allowed page. */
export const answerPreflight = (response: ServerResponse, crossOrigin: string | null): void => {
  if (crossOrigin !== null) {
    response.setHeader('Vary', 'Origin, Access-Control-Request-Headers')
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST')
    response.setHeader('Access-Control-Allow-Headers', allowedHeaders(response.req))
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS)
  }
  response.writeHead(204, { Allow: 'GET, POST, OPTIONS' }).end()
}
