import type {
  MetadataQuorum as MetadataQuorumShape,
  QuorumReplica as Shape,
} from '../../kafka/ports/cluster-inspector.ts'
import { translating } from '../core/errors/failures.ts'
import { writableTime } from '../core/scalars/date-time.ts'
import { objectField, objectRef, parts } from '../core/schema-part.ts'
import { Cluster } from './cluster-type.ts'

interface QuorumReplicaNode extends Shape {
  readonly lag: bigint | null
}

const QuorumReplica = objectRef<QuorumReplicaNode>('QuorumReplica').implement({
  description: 'One node’s copy of the cluster’s metadata log.',
  fields: t => ({
    replicaId: t.int({ description: 'The node id of the controller or broker.', resolve: one => one.replicaId }),
    replicaDirectoryId: t.field({
      description:
        'The id of the directory that holds the copy. It distinguishes a replaced disk from the old one. Null in a cluster that identifies controllers by node id alone.',
      type: 'UUID',
      nullable: true,
      resolve: one => one.replicaDirectoryId,
    }),
    logEndOffset: t.field({
      description: 'The end of this copy; null while the leader does not know it.',
      type: 'Long',
      nullable: true,
      resolve: one => one.logEndOffset,
    }),
    lag: t.field({
      description: 'The number of records that this copy is behind the leader; null while it is unknown.',
      type: 'Long',
      nullable: true,
      resolve: one => one.lag,
    }),
    lastFetchTimestamp: t.field({
      description:
        'When this node last fetched from the leader, by the leader’s clock; null if the leader does not know.',
      type: 'DateTime',
      nullable: true,
      resolve: one => writableTime(one.lastFetchTimestamp),
    }),
    lastCaughtUpTimestamp: t.field({
      description:
        'When this copy last had everything that the leader had, by the leader’s clock; null if the leader does not know.',
      type: 'DateTime',
      nullable: true,
      resolve: one => writableTime(one.lastCaughtUpTimestamp),
    }),
  }),
})

const withLag = (
  replicas: readonly Shape[],
  { leaderId, voters }: MetadataQuorumShape,
): readonly QuorumReplicaNode[] => {
  const end = voters.find(({ replicaId }) => replicaId === leaderId)?.logEndOffset ?? null
  return replicas.map(one => ({
    ...one,
    lag: end === null || one.logEndOffset === null ? null : end - one.logEndOffset,
  }))
}

const MetadataQuorum = objectRef<MetadataQuorumShape>('MetadataQuorum').implement({
  description:
    'The controllers of the cluster. They keep its metadata (topics, leaders, configs, …) in a log of their own and copy it among themselves by the Raft protocol. A change takes effect once more than half of the voters have it. While more than half are alive, the cluster can elect leaders and be changed.',
  fields: t => ({
    leaderId: t.int({
      description: 'The node id of the active controller; null during an election.',
      nullable: true,
      resolve: ({ leaderId }) => leaderId,
    }),
    leaderEpoch: t.field({
      description: 'How often an active controller has been elected.',
      type: 'Long',
      resolve: ({ leaderEpoch }) => BigInt(leaderEpoch),
    }),
    highWatermark: t.field({
      description: 'The offset up to which more than half of the voters have the log.',
      type: 'Long',
      resolve: ({ highWatermark }) => highWatermark,
    }),
    voters: t.field({
      description: 'The controllers, sorted by node id. They elect the active one among themselves.',
      type: [QuorumReplica],
      resolve: quorum => withLag(quorum.voters, quorum),
    }),
    observers: t.field({
      description: 'The nodes that only copy the log, sorted by node id: the brokers.',
      type: [QuorumReplica],
      resolve: quorum => withLag(quorum.observers, quorum),
    }),
  }),
})

const clusterMetadataQuorum = objectField(Cluster, 'metadataQuorum', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'The controllers and how far each has copied the metadata log, as `kafka-metadata-quorum describe` shows them. Null with an error while there is no active controller.',
    type: MetadataQuorum,
    nullable: true,
    resolve: (_, _arguments, { ports, call }) => translating(() => ports.inspector.describeQuorum(call)),
  }),
)

/** What this file adds to a schema. */
export const metadataQuorumParts = parts(QuorumReplica, MetadataQuorum, clusterMetadataQuorum)
