import { request } from 'node:http'
import { createClient as createSseClient } from 'graphql-sse'
import { type ClientOptions, createClient } from 'graphql-ws'
import { type ApiAnswer, type ApiError, type Operation, textOf, type Variables } from './app.ts'
import { createEventReader, type EventReader } from './event-reader.ts'
import { knownWebSocket } from './known-web-socket.ts'

/** Subscribes over a transport. */
type Subscribe = <TData, TVariables extends Variables = Variables>(
  operation: Operation<TData, TVariables>,
  variables?: TVariables,
) => EventReader<TData>

/** A client of one transport. */
export interface SubscribingClient extends AsyncDisposable {
  readonly subscribe: Subscribe
  /** Cuts every connection without closing it. */
  cut(): void
}

const isErrors = (thrown: unknown): thrown is readonly ApiError[] => Array.isArray(thrown)

const errorsOf = (thrown: unknown): readonly ApiError[] =>
  isErrors(thrown) ? thrown : [{ message: thrown instanceof Error ? thrown.message : JSON.stringify(thrown) }]

/** The observer that both stock clients accept for a subscription. */
interface StockSink<TData> {
  next(answer: ApiAnswer<TData>): void
  error(thrown: unknown): void
  complete(): void
}

/** A reader of a stock client's events. */
const readBy = <TData>(subscribe: (sink: StockSink<TData>) => () => void): EventReader<TData> => {
  const { reader, sink } = createEventReader<TData>(() => leave())
  const leave = subscribe({ next: sink.next, error: thrown => sink.fail(errorsOf(thrown)), complete: sink.complete })
  return reader
}

const payloadOf = <TData, TVariables extends Variables>(
  operation: Operation<TData, TVariables>,
  variables: TVariables | undefined,
) => ({ query: textOf(operation), ...(variables ? { variables } : {}) })

/** The stock graphql-ws client, with access to its TCP sockets. */
export const graphqlWs = (app: { readonly socketUrl: string }, options: Partial<ClientOptions> = {}) => {
  const { webSocketImpl, cut, pause, resume } = knownWebSocket()
  const client = createClient({ url: app.socketUrl, webSocketImpl, retryAttempts: 0, ...options })
  const subscribe: Subscribe = <TData, TVariables extends Variables>(
    operation: Operation<TData, TVariables>,
    variables?: TVariables,
  ) => readBy<TData>(sink => client.subscribe<TData>(payloadOf(operation, variables), sink))
  return {
    client,
    subscribe,
    cut,
    pause,
    resume,
    [Symbol.asyncDispose]: async () => client.dispose(),
  }
}

/** The stock graphql-sse client, one connection for each subscription. */
export const graphqlSse = (app: { readonly url: string }): SubscribingClient => {
  const gone = new AbortController()
  const fetchFn: typeof fetch = (url, init) =>
    fetch(url, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, gone.signal]) : gone.signal })
  const client = createSseClient({ url: app.url, retryAttempts: 0, fetchFn })
  const subscribe: Subscribe = <TData, TVariables extends Variables>(
    operation: Operation<TData, TVariables>,
    variables?: TVariables,
  ) => readBy<TData>(sink => client.subscribe<TData>(payloadOf(operation, variables), sink))
  return { subscribe, cut: () => gone.abort(), [Symbol.asyncDispose]: async () => client.dispose() }
}

/** One block of an event stream, as EventSource reads it. */
const eventOf = (block: string): readonly [name: string, data: string] => {
  const lines = block.split('\n').filter(line => !line.startsWith(':'))
  const of = (field: string) =>
    lines.filter(line => line.startsWith(`${field}:`)).map(line => line.slice(field.length + 1).trimStart())
  return [of('event')[0] ?? 'message', of('data').join('\n')]
}

/** GET with `Accept: text/event-stream`, as a browser's EventSource sends it. */
const eventSource = (app: { readonly url: string }): SubscribingClient => {
  const open = new Set<() => void>()
  const subscribe: Subscribe = <TData, TVariables extends Variables>(
    operation: Operation<TData, TVariables>,
    variables?: TVariables,
  ) => {
    const given = new URLSearchParams({ query: textOf(operation), variables: JSON.stringify(variables ?? {}) })
    const asked = request(`${app.url}?${given}`, { headers: { accept: 'text/event-stream' }, agent: false })
    const leave = () => asked.destroy()
    const { reader, sink } = createEventReader<TData>(leave)
    open.add(leave)
    asked.on('error', error => sink.fail([{ message: error.message }]))
    asked.on('response', response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', chunk => {
        text += chunk
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const [name, data] of blocks.map(eventOf)) {
          if (name === 'next') sink.next(JSON.parse(data))
          else if (name === 'complete') sink.complete()
        }
      })
      response.on('error', error => sink.fail([{ message: error.message }]))
    })
    asked.end()
    return reader
  }
  const cut = () => {
    for (const leave of open) leave()
  }
  return { subscribe, cut, [Symbol.asyncDispose]: async () => cut() }
}

/** Every way to subscribe, for `describe.each`. */
export const transports = [
  ['WebSocket, with the stock graphql-ws client', graphqlWs],
  ['SSE, with the stock graphql-sse client', graphqlSse],
  ['SSE, as EventSource asks', eventSource],
] as const
