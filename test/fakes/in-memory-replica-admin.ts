import { KafkaError, type Outcome } from '../../src/kafka/errors/kafka-error.ts'
import type { NewPartitionReassignment, ReplicaAdmin, ReplicaInfo } from '../../src/kafka/ports/replica-admin.ts'
import type { TopicPartition } from '../../src/kafka/topic-partition.ts'
import type { InMemoryCluster } from './in-memory-cluster.ts'

const keyOf = ({ topic, partition }: TopicPartition): string => `${topic} ${partition}`

/** The ReplicaAdmin port over the fake's cluster: a move is over at once, and each broker has one disk. */
export const inMemoryReplicaAdmin = (cluster: InMemoryCluster): ReplicaAdmin => {
  const move = ({ topic, partition, replicas }: NewPartitionReassignment): Outcome<TopicPartition> => {
    const moved = cluster.topic(topic)?.partitions[partition]
    if (moved === undefined) return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
    if (replicas === null) return new KafkaError('NO_REASSIGNMENT_IN_PROGRESS')
    const isKnown = (wanted: number) => cluster.brokers.some(({ nodeId }) => nodeId === wanted)
    if (replicas.length === 0 || !replicas.every(isKnown)) return new KafkaError('INVALID_REPLICA_ASSIGNMENT')
    moved.replicas = replicas
    moved.isr = replicas
    moved.leader = replicas[0] ?? null
    return { topic, partition }
  }
  const logsOf = (nodeId: number, wanted: ReadonlySet<string> | null): readonly ReplicaInfo[] =>
    [...cluster.topics.values()]
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap(({ name, partitions }) =>
        partitions.flatMap(({ replicas, log }, partition) => {
          const isMeant = replicas.includes(nodeId) && (wanted?.has(keyOf({ topic: name, partition })) ?? true)
          const size = (log.end - log.start) * 70n
          return isMeant ? [{ topic: name, partition, size, offsetLag: 0n, isFuture: false }] : []
        }),
      )
  const disk = { path: '/in/memory', error: null, totalBytes: 1n << 40n, usableBytes: 1n << 39n, isCordoned: null }
  return {
    async alterPartitionReassignments({ signal }, reassignments) {
      cluster.mustAnswer(signal)
      const outcomes = reassignments.map(move)
      cluster.changed()
      return outcomes
    },
    async listPartitionReassignments({ signal }) {
      cluster.mustAnswer(signal)
      return []
    },
    async electLeaders({ signal }, _electionType, partitions) {
      cluster.mustAnswer(signal)
      return (partitions ?? []).map(({ topic, partition }) => {
        const isThere = cluster.topic(topic)?.partitions[partition] !== undefined
        const error = new KafkaError(isThere ? 'ELECTION_NOT_NEEDED' : 'UNKNOWN_TOPIC_OR_PARTITION')
        return { topic, partition, error }
      })
    },
    async describeLogDirs({ signal }, nodeIds, partitions) {
      cluster.mustAnswer(signal)
      const wanted = partitions && new Set(partitions.map(keyOf))
      return nodeIds.map(nodeId => {
        if (!cluster.brokers.some(broker => broker.nodeId === nodeId)) return new KafkaError('BROKER_NOT_AVAILABLE')
        return [{ ...disk, replicas: logsOf(nodeId, wanted) }]
      })
    },
  }
}
