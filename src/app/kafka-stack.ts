import type { Config } from '../config/config.ts'
import { kafkaLimits, streamLimits, watchLimits } from '../config/derived-limits.ts'
import type { Logger } from '../kafka/logger.ts'
import type { KafkaPorts, Ports } from '../kafka/ports/ports.ts'
import { createKafka, type KafkaAdapter, type KafkaOptions } from '../kafkajs/create-kafka.ts'
import { createMessageStreams, type MessageStreamEngine } from '../streams/stream-engine.ts'
import { type ClusterWatches, createWatches } from '../watch/create-watches.ts'

/** Everything that talks to one Kafka cluster. */
export interface KafkaStack extends AsyncDisposable {
  readonly ports: KafkaPorts
  /** Why Kafka is unavailable at the moment; null if it is available. */
  trouble(): string | null
  /** Ends every stream with CLOSED and a cursor to resume from. */
  endStreams(): Promise<void>
  /** Values for the metrics. */
  stats(): Readonly<Record<string, number>>
}

/** The settings that a stack uses. */
export type KafkaStackConfig = Parameters<typeof kafkaLimits>[0] & Parameters<typeof streamLimits>[0] & KafkaSettings
type KafkaSettings = Pick<
  Config,
  | 'kafkaTls'
  | 'kafkaTlsCa'
  | 'kafkaTlsCert'
  | 'kafkaTlsKey'
  | 'kafkaTlsKeyPassphrase'
  | 'kafkaSaslMechanism'
  | 'kafkaSaslUsername'
  | 'kafkaSaslPassword'
  | 'clusterName'
  | 'cursorSecret'
>

const identityOf = ({ kafkaTlsCert: cert, kafkaTlsKey: key, kafkaTlsKeyPassphrase: passphrase }: KafkaSettings) =>
  cert === null || key === null ? {} : { cert, key, ...(passphrase === null ? {} : { passphrase }) }

const tlsOf = (settings: KafkaSettings) => {
  const { kafkaTls, kafkaTlsCa: ca, kafkaTlsCert: cert } = settings
  if (ca === null && cert === null) return kafkaTls ? { tls: true } : {}
  return { tls: { ...(ca === null ? {} : { ca: [ca] }), ...identityOf(settings) } }
}

const saslOf = (settings: KafkaSettings): Pick<KafkaOptions, 'sasl'> => {
  const { kafkaSaslMechanism: mechanism, kafkaSaslUsername: username, kafkaSaslPassword: password } = settings
  if (mechanism === null || username === null || password === null) return {}
  switch (mechanism) {
    case 'plain':
      return { sasl: { mechanism, username, password } }
    case 'scram-sha-256':
      return { sasl: { mechanism, username, password } }
    case 'scram-sha-512':
      return { sasl: { mechanism, username, password } }
  }
}

const portsOf = (kafka: KafkaAdapter, streams: Ports['streams'], watches: Ports['watches']): KafkaPorts => {
  const { catalog, topicAdmin, configAdmin, groups, groupAdmin, replicas } = kafka
  const { inspector, messageTimes, security, transactions, sink } = kafka
  const admin = { catalog, topicAdmin, configAdmin, groups, groupAdmin, replicas, inspector, security, transactions }
  return { ...admin, messageTimes, sink, streams, watches }
}

const statsOf = (
  kafka: KafkaAdapter,
  streams: MessageStreamEngine,
  watches: ClusterWatches,
): Readonly<Record<string, number>> => {
  const { feeds, liveFeeds, tails, followedPartitions, ringBytes, catchUpBytes } = streams.stats()
  return {
    feeds,
    live_feeds: liveFeeds,
    tails,
    followed_partitions: followedPartitions,
    ring_bytes: ringBytes,
    catch_up_bytes: catchUpBytes,
    kafka_connections: kafka.connections,
    watches: watches.stats().watches,
    watch_polls: watches.stats().polls,
  }
}

/** Opens a stack on these brokers. Returns at once: it connects, and reconnects, in the background. */
export const openKafkaStack = (
  brokers: readonly string[],
  config: KafkaStackConfig,
  logger: Logger,
  troubleAt?: KafkaOptions['troubleAt'],
): KafkaStack => {
  const { cursorSecret, clusterName } = config
  const access = {
    brokers,
    clientId: 'kafka-graphql',
    ...tlsOf(config),
    ...saslOf(config),
    ...(troubleAt && { troubleAt }),
  }
  const kafka = createKafka({ ...access, clusterName, logger, limits: kafkaLimits(config) })
  const { freshCatalog: catalog, source, groups, replicas } = kafka
  const streams = createMessageStreams({ catalog, source, limits: streamLimits(config), cursorSecret, clusterName })
  const watches = createWatches({ catalog, groups, replicas, limits: watchLimits, clusterName })
  const endStreams = async (): Promise<void> => {
    await watches[Symbol.asyncDispose]()
    await streams[Symbol.asyncDispose]()
  }
  return {
    ports: portsOf(kafka, streams, watches),
    trouble: () => (kafka.state.isUp ? null : kafka.state.reason),
    endStreams,
    stats: () => statsOf(kafka, streams, watches),
    async [Symbol.asyncDispose]() {
      await endStreams()
      await kafka[Symbol.asyncDispose]()
    },
  }
}
