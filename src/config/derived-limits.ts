/** The settings from which the limits of the adapter, the streams and the operations are computed. */
interface Tunable {
  readonly kafkaTimeoutMs: number
  readonly maxRequestBytes: number
  readonly ringBytes: number
  readonly catchUpBytes: number
  readonly maxPageSize: number
  readonly maxProduceMessages: number
  readonly produceTimeoutMs: number
  readonly shutdownGraceMs: number
}

const KIB = 1024
const MIB = 1024 * KIB

/**
 * Bounds of the Kafka adapter. Values without a setting were tuned under broker faults: a backoff above 0.5 s costs 2
 * to 3.5 s per fault; 1 MiB per partition and fetch blocks the event loop for 280 ms (64 KiB: 70 ms).
 */
export const kafkaLimits = ({ kafkaTimeoutMs, shutdownGraceMs }: Tunable) => ({
  links: { connectMs: 1500, idleMs: 2500 },
  clusterMap: { refreshMs: 5000, urgentRefreshMs: 200, hedgeMs: 300, askMs: 2000 },
  catalog: { deadlineMs: kafkaTimeoutMs, leaderWaitMs: 3000, metadataCacheMs: 1000, configsCacheMs: 10_000 },
  topicAdmin: { deadlineMs: kafkaTimeoutMs, propagationMs: 5000 },
  configAdmin: { deadlineMs: kafkaTimeoutMs, propagationMs: 5000 },
  groups: { deadlineMs: kafkaTimeoutMs, brokerMs: 3000, cacheMs: 500 },
  replicas: { deadlineMs: kafkaTimeoutMs, brokerMs: 3000, propagationMs: 5000, cacheMs: 500 },
  inspector: { deadlineMs: kafkaTimeoutMs, brokerMs: 3000 },
  security: { deadlineMs: kafkaTimeoutMs, propagationMs: 5000 },
  transactions: { deadlineMs: kafkaTimeoutMs, brokerMs: 3000, leaderWaitMs: 3000 },
  messageTimes: { deadlineMs: kafkaTimeoutMs, concurrency: 16, maxBytes: 4 * KIB },
  follow: { maxWaitMs: 500, maxBytes: 4 * MIB, maxBytesPerPartition: 256 * KIB },
  decode: { maxDecompressedBytes: 64 * MIB, sliceMs: 2 },
  sink: {
    idleMs: 3000,
    maxBatchMessages: 2000,
    maxBatchBytes: 900_000,
    maxRequestBytes: 8 * MIB,
    maxQueuedBytes: 64 * MIB,
    notEnoughReplicasMs: 5000,
    unknownTopicMs: 300,
    forgetMs: 300_000,
    maxTransactions: 16,
    closeGraceMs: shutdownGraceMs,
  },
})

/** Bounds of the stream engine. */
export const streamLimits = ({ ringBytes, catchUpBytes }: Tunable) => ({
  ringBytesPerPartition: ringBytes,
  ringBytesPerTopic: 16 * ringBytes,
  ringBytesTotal: 64 * ringBytes,
  idleMs: 3000,
  catchUpBytes,
  catchUpBytesTotal: 128 * catchUpBytes,
  sharedReadBytes: 16 * catchUpBytes,
  letGoMs: 2000,
  catchUpConcurrency: 16,
  readTimeoutMs: 1000,
  progressMs: 5000,
  describeMs: 3000,
})

/** Bounds of the cluster watches. */
export const watchLimits = {
  freshMs: 100,
  retryMs: 2000,
  clusterMs: 1000,
  configsMs: 5000,
  configTopics: 500,
  polls: 1000,
  groups: 1000,
}

/**
 * Bounds of the schema registry's client. A registry on the same network answers in 5 ms; one that has not answered a decoder
 * within 3 s is not waited for.
 */
export const registryLimits = ({ kafkaTimeoutMs }: Pick<Tunable, 'kafkaTimeoutMs'>) => ({
  client: { timeoutMs: kafkaTimeoutMs, connectMs: 2000, concurrency: 8, maxAnswerBytes: 16 * MIB },
  source: {
    lookupMs: Math.min(3000, kafkaTimeoutMs),
    latestMs: 5000,
    missingMs: 5000,
    cacheBytes: 32 * MIB,
    missingEntries: 10_000,
    pendingEntries: 1000,
    unknownPerSecond: 50,
  },
})

/** Bounds of one operation. */
export const graphqlLimits = ({
  maxPageSize,
  maxResponseItems,
  maxResponseBytes,
  maxProduceMessages,
  produceTimeoutMs,
  subscribeWaitMs,
}: Tunable & {
  readonly maxResponseItems: number
  readonly maxResponseBytes: number
  readonly subscribeWaitMs: number
}) => ({
  page: { default: Math.min(50, maxPageSize), max: maxPageSize },
  answer: { maxValues: maxResponseItems, maxBytes: maxResponseBytes },
  produce: { maxMessages: maxProduceMessages, timeoutMs: produceTimeoutMs },
  batch: {
    default: { maxMessages: 500, maxBytes: 256 * KIB, lingerMs: 5 },
    max: { maxMessages: 10_000, maxBytes: 4 * MIB, lingerMs: 1000 },
  },
  watch: { minIntervalMs: 100, maxIntervalMs: 3_600_000 },
  subscribeWaitMs,
})
