import { PassQueue } from '../async/pass-queue.ts'
import type { Config } from '../config/config.ts'
import { graphqlLimits } from '../config/derived-limits.ts'
import { createContext } from '../graphql/core/context.ts'
import { buildSchema } from '../graphql/schema.ts'
import { wrapPorts } from '../kafka/ports/wrap-ports.ts'
import { createMetrics, type Metrics } from '../observe/metrics.ts'
import { createPayloadReader } from '../payloads/read/payload-reader.ts'
import { createPayloadWriter } from '../payloads/write/create-payload-writer.ts'
import { readGraphiQLTabs } from '../server/assets/graphiql-tabs.ts'
import { startServer } from '../server/start-server.ts'
import { connectionsWithin, fileHandleLimit } from './file-handles.ts'
import { KafkaSide, type KafkaSideOptions } from './kafka-side.ts'
import type { KafkaStack } from './kafka-stack.ts'
import { RegistrySide } from './registry-side.ts'
import { schemaCompilers } from './schema-compilers.ts'

/** Options of startApp besides the settings. */
export type AppOptions = KafkaSideOptions

/** The running program. Disposal ends, in order: streams, WebSockets, HTTP, Kafka connections, the local Kafka. */
export interface App extends AsyncDisposable {
  /** The endpoint, e.g. http://127.0.0.1:4000/graphql. */
  readonly url: string
  /** `host:port, …` of Kafka; null until the local Kafka has started. */
  readonly brokers: string | null
  /** Resolves once Kafka answers and the topics exist. Rejects if waiting would not help. */
  readonly ready: Promise<void>
}

const OPERATIONS = new URL('../../schema/operations/', import.meta.url)

const GAUGES = {
  feeds: 'Open message streams.',
  live_feeds: 'Message streams that read from memory.',
  tails: 'Topics being followed.',
  followed_partitions: 'Partitions being followed.',
  ring_bytes: 'Bytes of messages kept in memory.',
  catch_up_bytes: 'Bytes read for lagging subscribers and not delivered yet.',
  kafka_connections: 'Open connections to Kafka.',
  watches: 'Subscriptions to changes of the cluster.',
  watch_polls: 'Polls of Kafka that serve these subscriptions.',
}

const observeStack = (metrics: Metrics, stack: () => KafkaStack | undefined): void => {
  for (const [name, help] of Object.entries(GAUGES)) metrics.observe(name, help, () => stack()?.stats()[name] ?? 0)
}

/** Listens first, then connects to Kafka in the background. @throws ListenProblem if the address cannot be bound. */
export const startApp = async (config: Config, options: AppOptions): Promise<App> => {
  const { logger, onStep } = options
  const registry = new RegistrySide(config, schemaCompilers)
  const kafka = new KafkaSide({
    schemaRegistry: registry.port,
    payloadWriter: createPayloadWriter(registry.schemas),
  })
  const metrics = createMetrics()
  observeStack(metrics, () => kafka.stack)
  registry.observe(metrics)
  const server = await startServer({
    ...config,
    schema: buildSchema(),
    createContext: createContext({
      ports: wrapPorts(kafka.late.ports, metrics.portMeter),
      payloads: createPayloadReader({ rules: config.payloadFormats, schemas: registry.schemas }),
      limits: graphqlLimits(config),
      passes: new PassQueue(),
      cluster: config.clusterName,
    }),
    readiness: () => kafka.reasons(),
    endSources: () => kafka.endStreams(),
    tabs: await readGraphiQLTabs(OPERATIONS),
    limits: config,
    maxConnections: connectionsWithin(fileHandleLimit()),
    metrics,
    logger,
  })
  onStep?.(`Listening on ${server.url}`)
  registry.startLocal(options)
  const ready = kafka.start(config, options)
  // A caller that ignores `ready` must not crash from an unhandled rejection.
  ready.catch(() => undefined)
  let leaving: Promise<void> | undefined
  const leave = async () => {
    try {
      await server.close()
    } finally {
      await Promise.all([registry[Symbol.asyncDispose](), kafka[Symbol.asyncDispose]()])
    }
  }
  return {
    url: server.url,
    get brokers() {
      return config.kafkaBrokers?.join(',') ?? kafka.brokers
    },
    ready,
    [Symbol.asyncDispose]: () => {
      leaving ??= leave()
      return leaving
    },
  }
}
