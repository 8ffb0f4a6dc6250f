import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { Duplex } from 'node:stream'

/** A reverse proxy for one test. It passes Host on as the client sent it. */
export interface ReverseProxy extends AsyncDisposable {
  readonly port: number
  /** Requested paths that the proxy does not serve. */
  readonly strayed: readonly string[]
}

/** Serves everything below `prefix` (such as /kafka, or nothing) from a server on loopback, which sees no prefix. */
export const startReverseProxy = async (target: number, prefix: string): Promise<ReverseProxy> => {
  const strayed: string[] = []
  const sockets = new Set<Duplex>()
  const forward = ({ method, url = '', headers }: IncomingMessage) =>
    request({ host: '127.0.0.1', port: target, method, path: url.slice(prefix.length), headers, agent: false })
  const isOurs = ({ url = '' }: IncomingMessage): boolean => {
    const ours = url.startsWith(`${prefix}/`)
    if (!ours) strayed.push(url)
    return ours
  }
  const proxy = createServer((asked, response) => {
    if (!isOurs(asked)) return response.writeHead(404).end()
    const onward = forward(asked)
    onward.on('response', answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    return asked.pipe(onward)
  })
  proxy.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  proxy.on('upgrade', (asked, client: Duplex) => {
    if (!isOurs(asked)) return client.destroy()
    const onward = forward(asked)
    onward.on('upgrade', (answer, server: Duplex, head: Buffer) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`)
      client.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      client.write(head)
      server.on('error', () => client.destroy()).pipe(client)
      client.on('error', () => server.destroy()).pipe(server)
    })
    onward.on('response', () => client.destroy())
    onward.on('error', () => client.destroy())
    return onward.end()
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    port: address.port,
    strayed,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
