import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * The upper bound for one request a message: `node:http` that reads a body and returns ready bytes, without GraphQL and
 * Kafka.
 */
export const bareHttpCalls = {
  listen: async ({ answer }: { readonly answer: string }) => {
    const body = Buffer.from(answer)
    const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length }
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', chunk => chunks.push(chunk))
      request.on('end', () => {
        response.writeHead(200, headers)
        response.end(body)
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return `http://127.0.0.1:${address.port}/graphql`
  },
}
