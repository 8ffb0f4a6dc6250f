import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PortWrapper } from '../kafka/ports/wrap-ports.ts'
import { createPortMeter } from './port-meter.ts'

/** How an operation reached the server. */
export type Transport = 'http' | 'websocket' | 'sse'
/** The kind of an operation. `invalid`: it did not parse or validate. */
export type OperationKind = 'query' | 'mutation' | 'subscription' | 'invalid'

/** What the server counts. All label values come from fixed lists, so clients cannot create new series. */
export interface ServerMetrics {
  requestAnswered(route: string, status: number, seconds: number): void
  requestRefused(reason: 'host' | 'origin'): void
  operationStarted(transport: Transport, kind: OperationKind): void
  /** Open connections that can carry subscriptions. */
  connections(transport: 'websocket' | 'sse', change: 1 | -1): void
  subscriptions(transport: 'websocket' | 'sse', change: 1 | -1): void
}

/** The process's metrics in Prometheus text format. */
export interface Metrics extends ServerMetrics {
  readonly contentType: string
  render(): Promise<string>
  /** Counts the calls of the ports that it wraps. */
  readonly portMeter: PortWrapper
  /** Registers a gauge whose value is `read()` at scrape time. */
  observe(name: string, help: string, read: () => number): void
  /** Registers a counter whose value is `read()` at scrape time. */
  observeCount(name: string, help: string, read: () => number): void
}

const PREFIX = 'kafka_graphql_'
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Uses its own registry, so that two servers in one process do not mix. */
export const createMetrics = (): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'HTTP requests answered, by route and status.',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: PREFIX + name, help, labelNames, registers })
  const gauge = (name: string, help: string) =>
    new Gauge({ name: PREFIX + name, help, labelNames: ['transport'], registers })
  const refused = counter('requests_refused_total', 'Requests refused for their Host or Origin.', ['reason'])
  const operations = counter('operations_total', 'GraphQL operations begun.', ['transport', 'kind'])
  const open = gauge('connections', 'Open WebSockets and event streams.')
  const subscriptions = gauge('subscriptions', 'Subscriptions running.')
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    portMeter: createPortMeter(PREFIX, registers),
    observe(name, help, read) {
      new Gauge({
        name: PREFIX + name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    },
    observeCount(name, help, read) {
      new Counter({
        name: PREFIX + name,
        help,
        registers,
        collect() {
          this.reset()
          this.inc(read())
        },
      })
    },
    requestAnswered: (route, status, seconds) => requests.observe({ route, status }, seconds),
    requestRefused: reason => refused.inc({ reason }),
    operationStarted: (transport, kind) => operations.inc({ transport, kind }),
    connections: (transport, change) => open.inc({ transport }, change),
    subscriptions: (transport, change) => subscriptions.inc({ transport }, change),
  }
}
