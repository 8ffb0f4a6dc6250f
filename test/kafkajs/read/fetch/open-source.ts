import { connect, type Socket } from 'node:net'
import { type Admin, type ISocketFactoryArgs, Kafka, logLevel } from 'kafkajs'
import { expect } from 'vitest'
import { silentLogger } from '../../../../src/kafka/logger.ts'
import type { StoredMessage } from '../../../../src/kafka/message.ts'
import type { Catalog } from '../../../../src/kafka/ports/catalog.ts'
import type { LogFault, LogId, LogSlice, LogSource } from '../../../../src/kafka/ports/log-source.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { createCatalog } from '../../../../src/kafkajs/admin/catalog/create-catalog.ts'
import { createLogSource } from '../../../../src/kafkajs/read/fetch/create-log-source.ts'
import type { ListOffsets } from '../../../../src/kafkajs/read/fetch/out-of-range.ts'
import { ClusterMap } from '../../../../src/kafkajs/transport/cluster-map.ts'
import { openDoor } from '../../../../src/kafkajs/transport/kafkajs/door.ts'
import { Links } from '../../../../src/kafkajs/transport/links.ts'
import { testCall } from '../../../support/call.ts'
import { eventually } from '../../../support/eventually.ts'

/** A source over a real Kafka, with KafkaJS's own admin client and producer to write the test data. */
export interface OpenSource extends AsyncDisposable {
  readonly source: LogSource & { readonly followed: number }
  readonly cluster: ClusterMap
  readonly catalog: Catalog
  readonly admin: Admin
  /** Writes with a new KafkaJS producer each time, because a producer never recovers from a deleted topic. */
  write(log: LogId, values: readonly string[]): Promise<void>
  /** Creates a topic and returns its logs. */
  createLogs(topic: string, partitions: number, configs?: Readonly<Record<string, string>>): Promise<readonly LogId[]>
  /** The logs of a topic as the cluster reports them now. */
  logsOf(topic: string): Promise<readonly LogId[]>
}

/** What a follower received, in order. */
export interface Followed {
  readonly slices: LogSlice[]
  readonly messages: StoredMessage[]
  readonly faults: LogFault[]
  onSlice(slice: LogSlice): void
  onFault(fault: LogFault): void
}

export const follower = (): Followed => {
  const slices: LogSlice[] = []
  const messages: StoredMessage[] = []
  const faults: LogFault[] = []
  return {
    slices,
    messages,
    faults,
    onSlice: slice => {
      slices.push(slice)
      messages.push(...slice.messages)
    },
    onFault: fault => faults.push(fault),
  }
}

/** Options that differ from the default. */
export interface OpenSourceOptions {
  /** Replaces the catalog's method. */
  readonly listOffsets?: ListOffsets
  /** Throughput limit of each connection; unlimited by default. */
  readonly bytesPerSecond?: number
}

/** Sockets with limited throughput. The rest waits in the buffers of the operating system and the broker. */
const slowSockets =
  (bytesPerSecond: number) =>
  ({ host, port, onConnect }: ISocketFactoryArgs): Socket => {
    const socket = connect({ host, port }, onConnect)
    socket.on('data', ({ length }) => {
      socket.pause()
      setTimeout(() => socket.resume(), (1000 * length) / bytesPerSecond)
    })
    return socket
  }

export const openSource = async (
  bootstrapServers: string,
  { listOffsets, bytesPerSecond }: OpenSourceOptions = {},
): Promise<OpenSource> => {
  const brokers = bootstrapServers.split(',')
  const door = openDoor({
    brokers,
    clientId: 'test-source',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    ...(bytesPerSecond === undefined ? {} : { socketFactory: slowSockets(bytesPerSecond) }),
  })
  const links = new Links(door, { connectMs: 1500, idleMs: 2500 })
  const cluster = new ClusterMap(links, brokers, { refreshMs: 5000, urgentRefreshMs: 200, hedgeMs: 300, askMs: 2000 })
  const catalog = createCatalog(cluster, {
    deadlineMs: 5000,
    leaderWaitMs: 3000,
    metadataCacheMs: 0,
    configsCacheMs: 0,
  })
  const source = createLogSource({
    cluster,
    listOffsets: listOffsets ?? ((requests, signal) => catalog.listOffsets({ ...testCall, signal }, requests)),
    logger: silentLogger,
    followLimits: { maxWaitMs: 500, maxBytes: 4 << 20, maxBytesPerPartition: 256 << 10 },
    decodeLimits: { maxDecompressedBytes: 64 << 20, sliceMs: 2 },
  })
  const kafka = new Kafka({ brokers, clientId: 'test-writer', logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  const write = async ({ topic, partition }: LogId, values: readonly string[]): Promise<void> => {
    const producer = kafka.producer({ allowAutoTopicCreation: false })
    await producer.connect()
    try {
      await producer.send({ topic, messages: values.map(value => ({ value, partition })) })
    } finally {
      await producer.disconnect()
    }
  }
  const logsOf = async (topic: string): Promise<readonly LogId[]> => {
    const [described] = await catalog.describeTopics(testCall, [toTopicName(topic)])
    if (described === undefined || described instanceof Error) throw described
    return described.partitions.map(({ partition }) => ({
      topic: described.name,
      topicId: described.topicId,
      partition,
    }))
  }
  return {
    source,
    cluster,
    catalog,
    admin,
    write,
    logsOf,
    createLogs: async (topic, partitions, configs = {}) => {
      const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }))
      // KafkaJS's own wait fails if a broker does not know the new topic yet.
      await admin.createTopics({
        topics: [{ topic, numPartitions: partitions, configEntries }],
        waitForLeaders: false,
      })
      return eventually(async () => {
        const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
        expect(topics[0]?.partitions.filter(({ leader }) => leader >= 0)).toHaveLength(partitions)
        const logs = await logsOf(topic)
        expect(logs).toHaveLength(partitions)
        return logs
      })
    },
    [Symbol.asyncDispose]: async () => {
      await admin.disconnect()
      source[Symbol.dispose]()
      await cluster[Symbol.asyncDispose]()
    },
  }
}
