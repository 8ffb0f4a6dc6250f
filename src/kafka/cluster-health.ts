import type { PartitionDescription, TopicDescription } from './cluster.ts'
import type { TopicName } from './topic-name.ts'

/** An unhealthy partition with its topic. */
export interface PartitionAtRisk {
  readonly topic: TopicDescription
  readonly partition: PartitionDescription
}

/** Unhealthy partitions of a cluster. Every list keeps the order of the given topics. */
export interface ClusterHealth {
  /** Partitions without a leader: nobody can read or write. */
  readonly offline: readonly PartitionAtRisk[]
  /** Partitions with fewer in-sync replicas than replicas. */
  readonly underReplicated: readonly PartitionAtRisk[]
  /** Share of all partitions not led by their preferred leader, 0 to 1. */
  readonly preferredLeaderImbalance: number
}

/** Partitions compared with their topics' `min.insync.replicas`. */
export interface MinIsrHealth {
  /** Kafka refuses writes with acks ALL. */
  readonly under: readonly PartitionAtRisk[]
  /** Kafka refuses writes with acks ALL after one more failure. */
  readonly at: readonly PartitionAtRisk[]
}

/** The effective `min.insync.replicas`: at most the number of replicas (KIP-966). */
const effective = (minIsr: number, { replicas }: PartitionDescription): number => Math.min(minIsr, replicas.length)

/** Whether Kafka refuses writes with acks ALL: no leader, or too few in-sync replicas. */
export const isUnderMinIsr = (partition: PartitionDescription, minIsr: number): boolean =>
  partition.leader === null || partition.isr.length < effective(minIsr, partition)

const isAtMinIsr = (partition: PartitionDescription, minIsr: number): boolean =>
  partition.leader !== null && partition.isr.length === effective(minIsr, partition)

const everyPartition = (topics: readonly TopicDescription[]): readonly PartitionAtRisk[] =>
  topics.flatMap(topic => topic.partitions.map(partition => ({ topic, partition })))

export const clusterHealthOf = (topics: readonly TopicDescription[]): ClusterHealth => {
  const all = everyPartition(topics)
  const notPreferred = all.filter(({ partition: { leader, replicas } }) => leader !== replicas[0])
  return {
    offline: all.filter(({ partition }) => partition.leader === null),
    underReplicated: all.filter(({ partition: { isr, replicas } }) => isr.length < replicas.length),
    preferredLeaderImbalance: all.length === 0 ? 0 : notPreferred.length / all.length,
  }
}

/** Partitions under or at their topic's `min.insync.replicas`. Topics without a known config are left out. */
export const minIsrHealthOf = (
  topics: readonly TopicDescription[],
  minIsrOf: ReadonlyMap<TopicName, number>,
): MinIsrHealth => {
  const judged = everyPartition(topics).flatMap(one => {
    const minIsr = minIsrOf.get(one.topic.name)
    return minIsr === undefined ? [] : [{ one, minIsr }]
  })
  return {
    under: judged.filter(({ one, minIsr }) => isUnderMinIsr(one.partition, minIsr)).map(({ one }) => one),
    at: judged.filter(({ one, minIsr }) => isAtMinIsr(one.partition, minIsr)).map(({ one }) => one),
  }
}
