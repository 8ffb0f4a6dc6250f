import { once } from 'node:events'
import { connect } from 'node:net'

/** Callers over keep-alive connections, one request in flight on each. */
export interface CallInput {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  /** JSON bodies, sent in turn. */
  readonly bodies: readonly string[]
  /** Text that every correct response contains. */
  readonly expected: string
}

/** The calls of the process that posts GraphQL operations. A plain socket costs a fifth of an HTTP client's processor time. */
export const httpCallerCalls = {
  run: async ({ url, connections, seconds, bodies, expected }: CallInput) => {
    const target = new URL(url)
    const requests = bodies.map(body => requestBytes(target, body))
    const end = performance.now() + seconds * 1000
    const took: number[] = []
    const wrong: string[] = []
    let next = 0
    const caller = async () => {
      const socket = connect({ host: target.hostname, port: Number(target.port), noDelay: true })
      await once(socket, 'connect', { signal: AbortSignal.timeout(10_000) })
      const ask = answersOf(socket)
      while (performance.now() < end && wrong.length === 0) {
        const began = performance.now()
        const answer = await ask(requests[next++ % requests.length] ?? Buffer.alloc(0))
        took.push(performance.now() - began)
        if (!answer.includes(expected)) wrong.push(answer.slice(0, 500))
      }
      socket.destroy()
    }
    await Promise.all(Array.from({ length: connections }, caller))
    return { took, wrong: wrong.slice(0, 3) }
  },
}

const requestBytes = (url: URL, body: string): Buffer => {
  const head = [
    `POST ${url.pathname} HTTP/1.1`,
    `Host: ${url.host}`,
    'Content-Type: application/json',
    'Accept: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Sends a request and returns the response text, including its head. One request at a time on a connection. */
const answersOf = (socket: ReturnType<typeof connect>) => {
  let text = ''
  let settle: { resolve(answer: string): void; reject(error: Error): void } | undefined
  const fail = (error: Error) => settle?.reject(error)
  socket.on('error', fail).on('close', () => fail(new Error(`the connection was closed: ${text.slice(0, 200)}`)))
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
    if (!isWhole(text)) return
    const answer = text
    text = ''
    settle?.resolve(answer)
  })
  return (request: Buffer): Promise<string> =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject }
      socket.write(request)
    })
}

const isWhole = (text: string): boolean => {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= end + 4 + Number(length)
}
