import type { PartitionDescription, TopicDescription } from './cluster.ts'
import type { TopicName } from './topic-name.ts'

/** A partition that is not as it should be, with its topic. */
export interface PartitionAtRisk {
  readonly topic: TopicDescription
  readonly partition: PartitionDescription
}

/** What is wrong in a cluster; every list in the order of the topics given. */
export interface ClusterHealth {
  /** Without a leader: nobody can write or read. */
  readonly offline: readonly PartitionAtRisk[]
  /** With fewer replicas in sync than there are replicas. */
  readonly underReplicated: readonly PartitionAtRisk[]
  /** Share of all partitions that their preferred leader does not lead, 0 to 1. */
  readonly preferredLeaderImbalance: number
}

/** How partitions stand against their topics' `min.insync.replicas`. */
export interface MinIsrHealth {
  /** Writes with acks ALL are refused. */
  readonly under: readonly PartitionAtRisk[]
  /** One more failure, and they are. */
  readonly at: readonly PartitionAtRisk[]
}

/** `min.insync.replicas` of a topic as Kafka takes it: no more than a partition has replicas (KIP-966). */
const effective = (minIsr: number, { replicas }: PartitionDescription): number => Math.min(minIsr, replicas.length)

/** Whether writes with acks ALL are refused: no leader, or too few replicas in sync. */
export const isUnderMinIsr = (partition: PartitionDescription, minIsr: number): boolean =>
  partition.leader === null || partition.isr.length < effective(minIsr, partition)

const isAtMinIsr = (partition: PartitionDescription, minIsr: number): boolean =>
  partition.leader !== null && partition.isr.length === effective(minIsr, partition)

const everyPartition = (topics: readonly TopicDescription[]): readonly PartitionAtRisk[] =>
  topics.flatMap(topic => topic.partitions.map(partition => ({ topic, partition })))

/** What is wrong, as far as the partitions themselves tell. */
export const clusterHealthOf = (topics: readonly TopicDescription[]): ClusterHealth => {
  const all = everyPartition(topics)
  const astray = all.filter(({ partition: { leader, replicas } }) => leader !== replicas[0])
  return {
    offline: all.filter(({ partition }) => partition.leader === null),
    underReplicated: all.filter(({ partition: { isr, replicas } }) => isr.length < replicas.length),
    preferredLeaderImbalance: all.length === 0 ? 0 : astray.length / all.length,
  }
}

/** Which partitions are under or at their topic's `min.insync.replicas`; a topic whose config is not known is left out. */
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
