import { type Agent, type IncomingHttpHeaders, request } from 'node:http'

/** A complete HTTP response. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** The request to send. */
export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Keeps connections for further requests. Default: one connection for each request. */
  readonly agent?: Agent
}

/** Sends a request with exactly these headers. fetch would set Host, Origin and Sec-Fetch-Site by itself. */
export const ask = (url: string, { method = 'GET', headers = {}, body, agent }: Question = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: agent ?? false }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })

/** Posts an operation as JSON. */
export const askGraphQL = (
  url: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
  variables?: Readonly<Record<string, unknown>>,
): Promise<Answer> =>
  ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
