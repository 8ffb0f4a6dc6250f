import { type App, readConfig, startApp } from '../../../src/index.ts'
import { ask, askGraphQL } from '../../server/support/ask.ts'
import { openSocket, type SocketClient } from '../../server/support/socket-client.ts'
import { collectingLogger } from '../../server/support/start-test-server.ts'
import { eventually } from '../../support/eventually.ts'

/** An error of a response, as a client sees it. */
export interface ToldError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** A GraphQL response. */
export interface Told<Data = Readonly<Record<string, unknown>>> {
  readonly data?: Data | null
  readonly errors?: readonly ToldError[]
}

/** The whole product in this process, used only from outside. */
export interface Product extends AsyncDisposable {
  readonly url: string
  readonly origin: string
  readonly socketUrl: string
  readonly ready: Promise<void>
  readonly log: readonly Record<string, unknown>[]
  /** Runs a query or mutation over HTTP. */
  run<Data = Readonly<Record<string, unknown>>>(query: string, variables?: object): Promise<Told<Data>>
  /** Runs an operation as an event stream that ends; returns its events. */
  events(query: string, variables?: object): Promise<readonly Told[]>
  /** A WebSocket after the handshake. */
  socket(): Promise<SocketClient>
  /** The response of /readyz. */
  readyz(): Promise<{ readonly status: number; readonly reasons: readonly string[] }>
  /** The sum of a metric's samples whose line contains `labels`. */
  metric(name: string, labels?: string): Promise<number>
}

const sample = (text: string, name: string, labels: string): number =>
  text
    .split('\n')
    .filter(line => (line.startsWith(`${name} `) || line.startsWith(`${name}{`)) && line.includes(labels))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)

const through = (app: App): Omit<Product, 'log' | typeof Symbol.asyncDispose> => {
  const { url, ready } = app
  const { origin } = new URL(url)
  const socketUrl = url.replace('http', 'ws')
  return {
    url,
    origin,
    socketUrl,
    ready,
    run: async (query, variables) => {
      const { text } = await askGraphQL(url, query, {}, { ...variables })
      return JSON.parse(text)
    },
    events: async (query, variables) => {
      const { text } = await askGraphQL(url, query, { accept: 'text/event-stream' }, { ...variables })
      return [...text.matchAll(/^event: next\ndata: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''))
    },
    socket: () => openSocket(socketUrl),
    readyz: async () => {
      const { status, text } = await ask(`${origin}/readyz`)
      return { status, reasons: JSON.parse(text).reasons }
    },
    metric: async (name, labels = '') => sample((await ask(`${origin}/metrics`)).text, name, labels),
  }
}

/** Starts the product on `brokers` and a free port. `env` holds further settings. */
export const startProduct = async (brokers: string, env: Readonly<Record<string, string>> = {}): Promise<Product> => {
  const logger = collectingLogger()
  const app = await startApp(readConfig([], { PORT: '0', KAFKA_BROKERS: brokers, ...env }), { logger })
  return { ...through(app), log: logger.lines, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

/** Waits until /readyz reports ready. */
export const untilReady = (product: Product, within = 60_000): Promise<void> =>
  eventually(
    async () => {
      const { status, reasons } = await product.readyz()
      if (status !== 200) throw new Error(`not ready: ${reasons}`)
    },
    { within },
  )
