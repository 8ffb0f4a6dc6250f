import { silentLogger } from '../../src/kafka/logger.ts'
import { createKafka, type KafkaAdapter, type KafkaLimits, type KafkaOptions } from '../../src/kafkajs/create-kafka.ts'

/** The bounds of the product, with caches short enough for tests. */
export const testLimits: KafkaLimits = {
  links: { connectMs: 1500, idleMs: 2500 },
  clusterMap: { refreshMs: 5000, urgentRefreshMs: 200, hedgeMs: 300, askMs: 2000 },
  catalog: { deadlineMs: 10_000, leaderWaitMs: 3000, metadataCacheMs: 1000, configsCacheMs: 10_000 },
  topicAdmin: { deadlineMs: 10_000, propagationMs: 5000 },
  configAdmin: { deadlineMs: 10_000, propagationMs: 5000 },
  groups: { deadlineMs: 10_000, brokerMs: 3000, cacheMs: 500 },
  replicas: { deadlineMs: 10_000, brokerMs: 3000, propagationMs: 5000, cacheMs: 500 },
  inspector: { deadlineMs: 10_000, brokerMs: 3000 },
  security: { deadlineMs: 10_000, propagationMs: 5000 },
  transactions: { deadlineMs: 10_000, brokerMs: 3000, leaderWaitMs: 3000 },
  messageTimes: { deadlineMs: 10_000, concurrency: 16, maxBytes: 4096 },
  follow: { maxWaitMs: 500, maxBytes: 4 << 20, maxBytesPerPartition: 256 << 10 },
  sink: {
    idleMs: 3000,
    maxBatchMessages: 2000,
    maxBatchBytes: 900_000,
    maxRequestBytes: 8 << 20,
    maxQueuedBytes: 64 << 20,
    notEnoughReplicasMs: 3000,
    unknownTopicMs: 500,
    maxTransactions: 16,
    forgetMs: 300_000,
    closeGraceMs: 5000,
  },
  decode: { maxDecompressedBytes: 64 << 20, sliceMs: 2 },
}

/** The adapter over a Kafka for tests. */
export const openKafka = (
  bootstrapServers: string,
  { limits = {}, ...options }: Partial<Omit<KafkaOptions, 'limits'>> & { readonly limits?: Partial<KafkaLimits> } = {},
): KafkaAdapter =>
  createKafka({
    brokers: bootstrapServers.split(','),
    clientId: 'test',
    logger: silentLogger,
    ...options,
    limits: { ...testLimits, ...limits },
  })
