import type { ServerResponse } from 'node:http'

const PREFLIGHT_SECONDS = 600

/** Lets an allowed page read the answer. Never a wildcard, never with credentials: there are no cookies to send. */
export const applyCors = (response: ServerResponse, crossOrigin: string | null): void => {
  response.setHeader('Vary', 'Origin')
  if (crossOrigin !== null) response.setHeader('Access-Control-Allow-Origin', crossOrigin)
}

/** Answers the question that a browser asks before it sends an allowed page's request. */
export const answerPreflight = (response: ServerResponse, crossOrigin: string | null): void => {
  if (crossOrigin !== null) {
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST')
    response.setHeader('Access-Control-Allow-Headers', 'accept, authorization, content-type')
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS)
  }
  response.writeHead(204, { Allow: 'GET, POST, OPTIONS' }).end()
}
