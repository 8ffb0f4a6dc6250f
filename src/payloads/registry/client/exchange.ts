import { type ClientRequest, type Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** One request over HTTP. */
export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly agent: HttpAgent
  /** How long opening a connection may take, ms. */
  readonly connectMs: number
  /** The most bytes of an answer. */
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number
  readonly location: string | null
  readonly body: string
  readonly headers: IncomingMessage['headers']
}

/** A request without an answer. */
export class ExchangeFailure extends Error {
  override readonly name = 'ExchangeFailure'
  /** Node's or OpenSSL's code of the failure; empty if there is none. */
  readonly code: string
  /** Whether the registry may have received the request. */
  readonly mayHaveArrived: boolean

  constructor(message: string, code: string, mayHaveArrived: boolean) {
    super(message)
    this.code = code
    this.mayHaveArrived = mayHaveArrived
  }
}

/** An answer that is larger than the limit. Its length is counted while it arrives. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** Connecting to a name with several addresses fails with an AggregateError without a message. */
const textOf = (error: Error): string => error.message || codeOf(error) || error.name

/** Calls back once the connection is open: at once if it is reused. Ends the request if opening takes too long. */
const onOpen = (request: ClientRequest, isSecure: boolean, connectMs: number, opened: () => void): void => {
  request.once('socket', socket => {
    if (!socket.connecting) return opened()
    const late = () => request.destroy(new Error(`no connection within ${connectMs} ms`))
    const timer = setTimeout(late, connectMs)
    socket.once('close', () => clearTimeout(timer))
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      opened()
    })
  })
}

const collect = async (response: IncomingMessage, maxBytes: number): Promise<string> => {
  const tooLarge = () => new AnswerTooLarge(`the answer has more than ${maxBytes} bytes`)
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
    response.destroy()
    throw tooLarge()
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    // Leaving the loop destroys the response and its connection.
    if (size > maxBytes) throw tooLarge()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * Sends one request and collects its answer. Follows no redirect. @throws ExchangeFailure, AnswerTooLarge; the reason of the
 * signal.
 */
export const exchange = async (wanted: Exchange): Promise<HttpAnswer> => {
  const { method, url, headers, body, agent, connectMs, maxBytes, signal } = wanted
  signal.throwIfAborted()
  const isSecure = url.protocol === 'https:'
  let mayHaveArrived = false
  const request = (isSecure ? requestHttps : requestHttp)(url, { method, headers, agent, signal })
  onOpen(request, isSecure, connectMs, () => {
    mayHaveArrived = true
  })
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve)
      // Also after the response has begun: its stream fails with the same error.
      request.on('error', reject)
      request.end(body ?? undefined)
    })
    const text = await collect(response, maxBytes)
    const { statusCode = 0, headers: received } = response
    return { status: statusCode, location: received.location ?? null, body: text, headers: received }
  } catch (thrown) {
    signal.throwIfAborted()
    if (thrown instanceof AnswerTooLarge || !(thrown instanceof Error)) throw thrown
    throw new ExchangeFailure(textOf(thrown), codeOf(thrown), mayHaveArrived)
  }
}
