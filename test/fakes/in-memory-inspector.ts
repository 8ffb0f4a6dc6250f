import type { AclOperation } from '../../src/kafka/acl-operation.ts'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import type { ClusterInspector } from '../../src/kafka/ports/cluster-inspector.ts'
import type { InMemoryCluster } from './in-memory-cluster.ts'

const ON_CLUSTER: readonly AclOperation[] = ['ALTER', 'ALTER_CONFIGS', 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS']
const ON_TOPICS: readonly AclOperation[] = ['ALTER', 'CREATE', 'DELETE', 'DESCRIBE', 'READ', 'WRITE']

const API_VERSIONS = [
  { apiKey: 0, name: 'Produce', minVersion: 3, maxVersion: 13 },
  { apiKey: 1, name: 'Fetch', minVersion: 4, maxVersion: 18 },
  { apiKey: 3, name: 'Metadata', minVersion: 0, maxVersion: 13 },
]

/** The ClusterInspector port over the fake's cluster: every broker is a controller, the first one leads. */
export const inMemoryInspector = (cluster: InMemoryCluster): ClusterInspector => {
  const mustHave = (nodeId: number): void => {
    if (!cluster.brokers.some(broker => broker.nodeId === nodeId)) throw new KafkaError('BROKER_NOT_AVAILABLE')
  }
  return {
    async describeQuorum({ signal }) {
      cluster.mustAnswer(signal)
      const now = cluster.now()
      const voters = cluster.brokers.map(({ nodeId }) => ({
        replicaId: nodeId,
        replicaDirectoryId: null,
        logEndOffset: 1n,
        lastFetchTimestamp: now,
        lastCaughtUpTimestamp: now,
      }))
      return { leaderId: voters[0]?.replicaId ?? null, leaderEpoch: 1, highWatermark: 1n, voters, observers: [] }
    },
    async describeFeatures({ signal }) {
      cluster.mustAnswer(signal)
      return [{ name: 'metadata.version', minVersionLevel: 1, maxVersionLevel: 25 }]
    },
    async apiVersions({ signal }, nodeId) {
      cluster.mustAnswer(signal)
      if (nodeId !== null) mustHave(nodeId)
      return API_VERSIONS
    },
    async registeredBrokers({ signal }) {
      cluster.mustAnswer(signal)
      return cluster.brokers.map(broker => ({ ...broker, isFenced: false }))
    },
    async clusterOperations({ signal }) {
      cluster.mustAnswer(signal)
      return ON_CLUSTER
    },
    async topicOperations({ signal }, names) {
      cluster.mustAnswer(signal)
      return names.map(name =>
        cluster.topic(name) === null ? new KafkaError('UNKNOWN_TOPIC_OR_PARTITION') : ON_TOPICS,
      )
    },
  }
}
