import type { BrokerDescription, TopicDescription } from '../../src/kafka/cluster.ts'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import { type TopicName, toTopicName } from '../../src/kafka/topic-name.ts'
import { InMemoryLog } from './in-memory-log.ts'

/** One partition of the fake: its log and replicas. */
export interface FakePartition {
  readonly log: InMemoryLog
  leader: number | null
  leaderEpoch: number
  replicas: readonly number[]
  isr: readonly number[]
  offline: readonly number[]
}

/** One topic of the fake. */
export interface FakeTopic {
  readonly name: TopicName
  readonly topicId: string
  readonly isInternal: boolean
  readonly partitions: FakePartition[]
  readonly configs: Map<string, string>
}

/** A transaction that was written and has ended. */
export interface FakeTransaction {
  readonly transactionalId: string
  readonly producerId: bigint
  /** "topic partition" of each partition that it wrote to. */
  readonly written: ReadonlySet<string>
  /** Epoch ms. */
  readonly endedAt: number
}

/** How often each port was called, and what is open now. */
export interface FakeCounts {
  describeCluster: number
  listTopics: number
  describeTopics: number
  listOffsets: number
  describeConfigs: number
  createTopics: number
  deleteTopics: number
  createPartitions: number
  deleteRecords: number
  incrementalAlterConfigs: number
  produce: number
  reads: number
  /** Unanswered reads. */
  readsOpen: number
  followsOpened: number
  /** Followed logs that are neither disposed nor ended by a fault. */
  followsOpen: number
}

const emptyCounts = (): FakeCounts => ({
  describeCluster: 0,
  listTopics: 0,
  describeTopics: 0,
  listOffsets: 0,
  describeConfigs: 0,
  createTopics: 0,
  deleteTopics: 0,
  createPartitions: 0,
  deleteRecords: 0,
  incrementalAlterConfigs: 0,
  produce: 0,
  reads: 0,
  readsOpen: 0,
  followsOpened: 0,
  followsOpen: 0,
})

/** The state that all ports of the fake share: brokers, topics, availability and listeners. */
export class InMemoryCluster {
  readonly clusterId: string
  readonly brokers: readonly BrokerDescription[]
  readonly topics = new Map<TopicName, FakeTopic>()
  readonly transactions: FakeTransaction[] = []
  readonly counts = emptyCounts()
  readonly now: () => number
  isUp = true
  #topicsMade = 0
  readonly #listeners = new Set<() => void>()

  constructor(clusterId: string, brokerCount: number, now: () => number) {
    this.clusterId = clusterId
    this.now = now
    this.brokers = Array.from({ length: brokerCount }, (_, index) => ({
      nodeId: index + 1,
      host: '127.0.0.1',
      port: 9092 + index,
      rack: null,
    }))
  }

  /** @throws the error of a cluster that does not answer, or the reason of an aborted signal. */
  mustAnswer(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted()
    if (!this.isUp) throw new KafkaError('KAFKA_UNAVAILABLE')
  }

  topic(name: string): FakeTopic | null {
    return this.topics.get(toTopicName(name)) ?? null
  }

  /** @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION */
  partition(name: string, partition: number): FakePartition {
    const found = this.topic(name)?.partitions[partition]
    if (found === undefined) throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `no partition ${partition} of ${name}`)
    return found
  }

  add(name: string, partitionCount: number, replicationFactor: number): FakeTopic {
    this.#topicsMade += 1
    const topic: FakeTopic = {
      name: toTopicName(name),
      topicId: `00000000-0000-4000-8000-${this.#topicsMade.toString(16).padStart(12, '0')}`,
      isInternal: name.startsWith('__'),
      partitions: [],
      configs: new Map(),
    }
    this.topics.set(topic.name, topic)
    this.grow(topic, partitionCount, replicationFactor)
    return topic
  }

  grow(
    topic: FakeTopic,
    partitionCount: number,
    replicationFactor: number,
    assignments?: readonly (readonly number[])[],
  ) {
    const before = topic.partitions.length
    for (let partition = before; partition < partitionCount; partition++) {
      const replicas = assignments?.[partition - before] ?? this.#spread(partition, replicationFactor)
      const leader = replicas[0] ?? null
      topic.partitions.push({ log: new InMemoryLog(), leader, leaderEpoch: 0, replicas, isr: replicas, offline: [] })
    }
    this.changed()
  }

  /** Notifies everyone who waits for a change of the logs. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  describe(topic: FakeTopic): TopicDescription {
    return {
      name: topic.name,
      topicId: topic.topicId,
      isInternal: topic.isInternal,
      partitions: topic.partitions.map(({ leader, leaderEpoch, replicas, isr, offline }, partition) => ({
        partition,
        leader,
        leaderEpoch,
        replicas,
        isr,
        offlineReplicas: offline,
        eligibleLeaderReplicas: null,
        lastKnownEligibleLeaderReplicas: null,
      })),
    }
  }

  #spread(partition: number, replicationFactor: number): readonly number[] {
    return Array.from({ length: replicationFactor }, (_, index) => ((partition + index) % this.brokers.length) + 1)
  }
}
