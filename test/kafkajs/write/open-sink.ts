import { logLevel } from 'kafkajs'
import { isFailure, KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { silentLogger } from '../../../src/kafka/logger.ts'
import type { Catalog } from '../../../src/kafka/ports/catalog.ts'
import type { TopicAdmin } from '../../../src/kafka/ports/topic-admin.ts'
import { type TopicName, toTopicName } from '../../../src/kafka/topic-name.ts'
import { createCatalog } from '../../../src/kafkajs/admin/catalog/create-catalog.ts'
import { createTopicAdmin } from '../../../src/kafkajs/admin/topics/create-topic-admin.ts'
import { ClusterMap } from '../../../src/kafkajs/transport/cluster-map.ts'
import { openDoor } from '../../../src/kafkajs/transport/kafkajs/door.ts'
import { Links } from '../../../src/kafkajs/transport/links.ts'
import { createMessageSink, type KafkaMessageSink } from '../../../src/kafkajs/write/message-sink.ts'
import type { ProduceCluster } from '../../../src/kafkajs/write/senders/produce-cluster.ts'
import type { MaxMessageBytes } from '../../../src/kafkajs/write/senders/produce-context.ts'
import type { SinkLimits } from '../../../src/kafkajs/write/senders/sink-limits.ts'
import { testCall } from '../../support/call.ts'
import { freshTopicName } from '../../support/kafka.ts'

/** The bounds of the product. */
export const sinkLimits: SinkLimits = {
  idleMs: 3000,
  maxBatchMessages: 2000,
  maxBatchBytes: 900_000,
  maxRequestBytes: 8 << 20,
  maxQueuedBytes: 64 << 20,
  notEnoughReplicasMs: 3000,
  unknownTopicMs: 500,
  forgetMs: 300_000,
  maxTransactions: 16,
  closeGraceMs: 5000,
}

/** Options of a fresh topic. */
export interface FreshTopic {
  readonly partitions?: number
  readonly replicas?: number
  readonly configs?: Readonly<Record<string, string>>
}

/** Options that differ from the product. */
export interface OpenSinkOptions {
  readonly limits?: Partial<SinkLimits>
  readonly maxMessageBytes?: MaxMessageBytes
  /** Wraps the cluster that the sink uses. */
  readonly through?: (cluster: ClusterMap) => ProduceCluster
}

/** A sink over a real Kafka. */
export interface OpenSink extends AsyncDisposable {
  readonly sink: KafkaMessageSink
  readonly cluster: ClusterMap
  readonly catalog: Catalog
  readonly topicAdmin: TopicAdmin
  freshTopic(topic?: FreshTopic): Promise<TopicName>
}

const maxMessageBytesOf =
  (catalog: Catalog): MaxMessageBytes =>
  async (name, signal) => {
    const [outcome] = await catalog.describeConfigs({ ...testCall, signal }, [{ type: 'TOPIC', name }])
    if (outcome === undefined || isFailure(outcome)) throw outcome
    return Number(outcome.find(entry => entry.name === 'max.message.bytes')?.value)
  }

export const openSink = (
  bootstrapServers: string,
  { limits, maxMessageBytes, through = cluster => cluster }: OpenSinkOptions = {},
): OpenSink => {
  const brokers = bootstrapServers.split(',')
  const door = openDoor({ brokers, clientId: 'test-sink', logLevel: logLevel.NOTHING, connectionTimeout: 1000 })
  const links = new Links(door, { connectMs: 1500, idleMs: 2500 })
  const cluster = new ClusterMap(links, brokers, { refreshMs: 5000, urgentRefreshMs: 200, hedgeMs: 300, askMs: 2000 })
  const times = { deadlineMs: 10_000, leaderWaitMs: 3000, metadataCacheMs: 0, configsCacheMs: 10_000 }
  const catalog = createCatalog(cluster, times)
  const topicAdmin = createTopicAdmin({
    cluster,
    limits: { deadlineMs: 10_000, propagationMs: 5000 },
    onChange: () => catalog.forget(),
  })
  const sink = createMessageSink({
    cluster: through(cluster),
    logger: silentLogger,
    limits: { ...sinkLimits, ...limits },
    maxMessageBytes: maxMessageBytes ?? maxMessageBytesOf(catalog),
  })
  const freshTopic = async ({ partitions = 1, replicas = 1, configs = {} }: FreshTopic = {}): Promise<TopicName> => {
    const name = toTopicName(freshTopicName('produce'))
    const [created] = await topicAdmin.createTopics(testCall, [
      {
        name,
        numPartitions: partitions,
        replicationFactor: replicas,
        replicaAssignments: null,
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      },
    ])
    if (created instanceof KafkaError) throw created
    return name
  }
  return {
    sink,
    cluster,
    catalog,
    topicAdmin,
    freshTopic,
    [Symbol.asyncDispose]: async () => {
      await sink[Symbol.asyncDispose]()
      await cluster[Symbol.asyncDispose]()
    },
  }
}
