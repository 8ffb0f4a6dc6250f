import type { ServerResponse } from 'node:http'

/** A request refused before GraphQL handles it: an HTTP status, a stable code and a message. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** Ends a response with text. */
export const answerText = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${text}\n`)
}

/** Ends a response with JSON. */
export const answerJson = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(value))
}

/** Ends a response with a problem in the shape of a GraphQL error. The rest of the request is not read. */
export const answerProblem = (response: ServerResponse, problem: RequestProblem): void => {
  if (!response.req.complete) response.setHeader('Connection', 'close')
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value)
  const errors = [{ message: problem.message, extensions: { code: problem.code } }]
  answerJson(response, problem.status, { errors })
}
