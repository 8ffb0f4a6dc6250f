import type { PartitionDescription } from '../../kafka/cluster.ts'
import type { GraphQLContext } from '../core/context.ts'
import { mapMaybePromise } from '../core/map-maybe-promise.ts'
import { objectFields } from '../core/schema-part.ts'
import { describePartition, Partition, type PartitionNode } from '../partition/partition-type.ts'
import { Replica, type ReplicaNode } from './replica-type.ts'

const replicasOf = (
  partition: PartitionNode,
  brokerIds: (description: PartitionDescription) => readonly number[],
  context: GraphQLContext,
): readonly ReplicaNode[] | Promise<readonly ReplicaNode[]> =>
  mapMaybePromise(describePartition(partition, context), description => {
    const known = partition.description ? partition : { ...partition, description }
    return brokerIds(description).map(brokerId => ({ kind: 'Replica' as const, partition: known, brokerId }))
  })

/** `Partition.replicas`, `Partition.isr` and `Partition.offlineReplicas`. */
export const partitionReplicasFields = objectFields(Partition, t => ({
  replicas: t.field({
    description:
      'All copies of this partition, in the order of assignment; the first is the preferred leader. There are as many as the topic’s replication factor.',
    type: [Replica],
    resolve: (partition, _, context) => replicasOf(partition, ({ replicas }) => replicas, context),
  }),
  isr: t.field({
    description:
      'The in-sync replicas: the copies, including the leader’s own, that have everything the leader has. A message counts as written (acks ALL) once all of them have it. A new leader is elected from them.',
    type: [Replica],
    resolve: (partition, _, context) => replicasOf(partition, ({ isr }) => isr, context),
  }),
  offlineReplicas: t.field({
    description: 'The copies that are unreachable now, because their broker or its disk is down.',
    type: [Replica],
    resolve: (partition, _, context) => replicasOf(partition, ({ offlineReplicas }) => offlineReplicas, context),
  }),
}))
