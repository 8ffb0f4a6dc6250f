import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import type { MessageHeader, OutgoingMessage } from '../../src/kafka/message.ts'
import { type Offset, toOffset } from '../../src/kafka/offset.ts'
import type { Catalog } from '../../src/kafka/ports/catalog.ts'
import type { ClusterInspector } from '../../src/kafka/ports/cluster-inspector.ts'
import type { ConfigAdmin } from '../../src/kafka/ports/config-admin.ts'
import type { GroupAdmin } from '../../src/kafka/ports/group-admin.ts'
import type { Groups } from '../../src/kafka/ports/groups.ts'
import type { LogSource } from '../../src/kafka/ports/log-source.ts'
import type { MessageSink } from '../../src/kafka/ports/message-sink.ts'
import type { ReplicaAdmin } from '../../src/kafka/ports/replica-admin.ts'
import type { SecurityAdmin } from '../../src/kafka/ports/security-admin.ts'
import type { TopicAdmin } from '../../src/kafka/ports/topic-admin.ts'
import type { TransactionAdmin } from '../../src/kafka/ports/transaction-admin.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { inMemoryCatalog } from './in-memory-catalog.ts'
import { type FakeCounts, InMemoryCluster } from './in-memory-cluster.ts'
import { inMemoryConfigAdmin } from './in-memory-config-admin.ts'
import { inMemoryGroups } from './in-memory-groups.ts'
import { inMemoryInspector } from './in-memory-inspector.ts'
import { inMemoryLogSource } from './in-memory-log-source.ts'
import { inMemoryReplicaAdmin } from './in-memory-replica-admin.ts'
import { inMemorySecurity } from './in-memory-security.ts'
import { inMemorySink, stored } from './in-memory-sink.ts'
import { inMemoryTopicAdmin } from './in-memory-topic-admin.ts'
import { inMemoryTransactionAdmin } from './in-memory-transaction-admin.ts'

/** Options of the fake. */
export interface InMemoryKafkaOptions {
  /** Default 1. Node ids start at 1. */
  readonly brokers?: number
  readonly clusterId?: string
  /** Partition counts of the initial topics. The replication factor is the smaller of 3 and the number of brokers. */
  readonly topics?: Readonly<Record<string, number>>
  /** The cluster's clock, epoch ms. Default: the system clock. */
  readonly now?: () => number
  /** Maximum bytes per delivery to a follower. Default 64 KiB. */
  readonly maxSliceBytes?: number
}

/** A message to append: its value, or more of its fields. */
type Appended =
  | string
  | {
      readonly key?: string | null
      readonly value?: string | null
      readonly headers?: readonly MessageHeader[]
      readonly timestamp?: number
    }

/** How tests control the fake cluster. Each control takes effect at once. */
interface InMemoryControls {
  /**
   * Appends to a partition and returns the first offset. With `transaction` the messages stay open until
   * `endTransaction`.
   */
  append(topic: string, partition: number, messages: readonly Appended[], transaction?: string): Offset
  endTransaction(transaction: string, outcome: 'committed' | 'aborted'): void
  addTopic(name: string, partitions: number): void
  removeTopic(name: string): void
  /** Deletes and recreates a topic: new topic id, no messages. */
  recreateTopic(name: string, partitions?: number): void
  addPartitions(name: string, totalCount: number): void
  /** Simulates retention: the log then starts at `before`. */
  expire(topic: string, partition: number, before: bigint | number): void
  /** Simulates an unclean election: the log then ends at `end`. */
  truncate(topic: string, partition: number, end: bigint | number): void
  compact(topic: string, partition: number, offsets: readonly (bigint | number)[]): void
  /** Makes the message at `offset` undecodable. */
  poison(topic: string, partition: number, offset: bigint | number): void
  setLeader(topic: string, partition: number, leader: number | null): void
  setIsr(topic: string, partition: number, isr: readonly number[]): void
  /** No broker answers any more: calls reject, reads and followers wait. */
  goDown(): void
  comeUp(): void
  readonly counts: Readonly<FakeCounts>
}

/** A whole Kafka in memory behind the product's ports, with controls for tests. */
export interface InMemoryKafka
  extends Catalog,
    TopicAdmin,
    ConfigAdmin,
    MessageSink,
    LogSource,
    Groups,
    GroupAdmin,
    ReplicaAdmin,
    ClusterInspector,
    SecurityAdmin,
    TransactionAdmin,
    InMemoryControls {}

const outgoing = (topic: string, partition: number, message: Appended): OutgoingMessage => {
  const {
    key = null,
    value = null,
    headers = [],
    timestamp = null,
  } = typeof message === 'string' ? { value: message } : message
  return {
    topic: toTopicName(topic),
    partition,
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    headers,
    timestamp,
  }
}

const controlsOf = (cluster: InMemoryCluster, replicationFactor: number): InMemoryControls => {
  const change = (alter: () => void): void => {
    alter()
    cluster.changed()
  }
  const logOf = (topic: string, partition: number) => cluster.partition(topic, partition).log
  return {
    counts: cluster.counts,
    append(topic, partition, messages, transaction) {
      const log = logOf(topic, partition)
      const first = log.end
      for (const message of messages) {
        const whole = outgoing(topic, partition, message)
        const timestamp = whole.timestamp ?? cluster.now()
        const inside = transaction !== undefined
        log.append(
          offset => stored(whole, { partition, offset, timestamp }, 'NONE', inside),
          inside ? 'open' : 'plain',
          transaction ?? null,
        )
      }
      cluster.changed()
      return first
    },
    endTransaction(transaction, outcome) {
      const logs = [...cluster.topics.values()].flatMap(topic => topic.partitions.map(({ log }) => log))
      const ended = logs.filter(log => log.endTransaction(transaction, outcome))
      if (ended.length === 0) throw new KafkaError('INVALID_TXN_STATE', `no open transaction ${transaction}`)
      cluster.changed()
    },
    addTopic: (name, partitions) => void cluster.add(name, partitions, replicationFactor),
    removeTopic: name => change(() => cluster.topics.delete(toTopicName(name))),
    recreateTopic(name, partitions) {
      const before = cluster.topic(name)?.partitions.length ?? 1
      cluster.add(name, partitions ?? before, replicationFactor)
    },
    addPartitions(name, totalCount) {
      const topic = cluster.topic(name)
      if (topic === null) throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `no topic ${name}`)
      cluster.grow(topic, totalCount, replicationFactor)
    },
    expire: (topic, partition, before) => change(() => logOf(topic, partition).deleteBefore(toOffset(before))),
    truncate: (topic, partition, end) => change(() => logOf(topic, partition).truncate(toOffset(end))),
    compact: (topic, partition, offsets) =>
      change(() => logOf(topic, partition).compact(new Set(offsets.map(offset => toOffset(offset))))),
    poison: (topic, partition, offset) => change(() => logOf(topic, partition).poison(toOffset(offset))),
    setLeader: (topic, partition, leader) =>
      change(() => {
        const moved = cluster.partition(topic, partition)
        moved.leader = leader
        moved.leaderEpoch += 1
      }),
    setIsr: (topic, partition, isr) =>
      change(() => {
        cluster.partition(topic, partition).isr = isr
      }),
    goDown: () =>
      change(() => {
        cluster.isUp = false
      }),
    comeUp: () =>
      change(() => {
        cluster.isUp = true
      }),
  }
}

/** A whole Kafka in memory. */
export const inMemoryKafka = (options: InMemoryKafkaOptions = {}): InMemoryKafka => {
  const { brokers = 1, clusterId = 'in-memory', topics = {}, now = Date.now, maxSliceBytes = 64 * 1024 } = options
  const cluster = new InMemoryCluster(clusterId, brokers, now)
  const replicationFactor = Math.min(3, brokers)
  for (const [name, partitions] of Object.entries(topics)) cluster.add(name, partitions, replicationFactor)
  return {
    ...inMemoryGroups(cluster),
    ...inMemoryReplicaAdmin(cluster),
    ...inMemoryInspector(cluster),
    ...inMemorySecurity(cluster),
    ...inMemoryTransactionAdmin(cluster),
    ...inMemoryCatalog(cluster),
    ...inMemoryTopicAdmin(cluster),
    ...inMemoryConfigAdmin(cluster),
    ...inMemorySink(cluster),
    ...inMemoryLogSource(cluster, maxSliceBytes),
    ...controlsOf(cluster, replicationFactor),
  }
}
