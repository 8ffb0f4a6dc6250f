import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { RegistryAccess } from '../../../src/payloads/registry/client/access.ts'
import { openRegistryClient, type RegistryClientLimits } from '../../../src/payloads/registry/client/registry-client.ts'

/** A request that a stub received. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
}

/** An HTTP server that plays a registry with a fault, or one with features that Apicurio has not. */
export interface StubRegistry extends AsyncDisposable {
  readonly url: string
  readonly received: readonly Received[]
}

/** What a stub answers; nothing if it returns undefined and does not touch the response: it hangs. */
export type StubAnswer = (request: Received, response: ServerResponse) => unknown

const answerTo = (value: unknown, response: ServerResponse): void => {
  if (value === undefined || response.headersSent) return
  response.setHeader('content-type', 'application/vnd.schemaregistry.v1+json')
  response.end(JSON.stringify(value))
}

/** Starts a stub on a free port, or on a given one. */
export const stubRegistry = async (answer: StubAnswer, port = 0): Promise<StubRegistry> => {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request
    const one = { method, url, headers }
    received.push(one)
    answerTo(answer(one, response), response)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the stub has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Answers with an error of a registry. */
export const refusal = (response: ServerResponse, status: number, code: number, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error_code: code, message }))
}

/** The limits that the tests go by. */
export const testLimits: RegistryClientLimits = {
  timeoutMs: 20_000,
  connectMs: 5000,
  concurrency: 8,
  maxAnswerBytes: 1_000_000,
}

/** A client of registries at these URLs. */
export const clientOf = (
  urls: readonly string[],
  access: Omit<RegistryAccess, 'urls'> = {},
  limits: Partial<RegistryClientLimits> = {},
) => openRegistryClient({ urls: () => urls, ...access }, { ...testLimits, ...limits })
