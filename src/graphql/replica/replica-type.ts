import { isTopicName } from '../../kafka/topic-name.ts'
import { Broker, findBroker } from '../cluster/broker-type.ts'
import type { GraphQLContext } from '../core/context.ts'
import { mapMaybePromise } from '../core/map-maybe-promise.ts'
import { type FindNode, globalId, idNumber, NodeInterface } from '../core/node.ts'
import { objectRef } from '../core/schema-part.ts'
import { describePartition, findPartition, Partition, type PartitionNode } from '../partition/partition-type.ts'
import type { ReplicaLog } from '../storage/disk-loader.ts'
import { findTopic } from '../topic/topic-type.ts'

/** A replica in a resolver. */
export interface ReplicaNode {
  readonly kind: 'Replica'
  readonly partition: PartitionNode
  readonly brokerId: number
  /** The log, if the replica was found on a disk. */
  readonly log?: ReplicaLog
}

const findNode: FindNode = async ([name = '', partitionPart, brokerPart], context) => {
  const topic = isTopicName(name) ? await findTopic(name, context) : null
  const number = idNumber(partitionPart)
  const brokerId = idNumber(brokerPart)
  const partition = topic && number !== null ? await findPartition(topic, number, context) : null
  if (!partition?.description || brokerId === null || !partition.description.replicas.includes(brokerId)) return null
  return { kind: 'Replica' as const, partition, brokerId }
}

const described = ({ partition }: ReplicaNode, context: GraphQLContext) => describePartition(partition, context)

export const Replica = objectRef<ReplicaNode>('Replica').implement({
  description:
    'One copy of a partition, on one broker. The leader’s copy takes the writes; a follower fetches them from the leader continuously. A replica is in sync if it had everything the leader has within the last `replica.lag.time.max.ms`.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({
      description: 'The global id of this replica.',
      resolve: ({ partition, brokerId }, _, context) =>
        globalId(context, 'Replica', partition.topic.name, partition.partition, brokerId),
    }),
    brokerId: t.int({
      description: 'The `nodeId` of this copy’s broker, known even if that broker is dead.',
      resolve: ({ brokerId }) => brokerId,
    }),
    broker: t.field({
      description: 'The broker of this copy; null while the broker is not alive.',
      type: Broker,
      nullable: true,
      resolve: ({ brokerId }, _, context) => findBroker(brokerId, context),
    }),
    partition: t.field({
      description: 'The partition of this copy.',
      type: Partition,
      resolve: ({ partition }) => partition,
    }),
    isLeader: t.boolean({
      description: 'Whether this copy is the leader, which producers write to. All others are followers.',
      resolve: (node, _, context) =>
        mapMaybePromise(described(node, context), ({ leader }) => leader === node.brokerId),
    }),
    isPreferredLeader: t.boolean({
      description:
        'Whether this copy is first in the order of assignment. Some minutes after its broker returns, Kafka makes it the leader again, which keeps the leaders spread over the brokers.',
      resolve: (node, _, context) =>
        mapMaybePromise(described(node, context), ({ replicas }) => replicas[0] === node.brokerId),
    }),
    isInSync: t.boolean({
      description:
        'Whether this copy is one of the in-sync replicas (ISR): it has everything the leader has, and can become the leader without losing messages.',
      resolve: (node, _, context) =>
        mapMaybePromise(described(node, context), ({ isr }) => isr.includes(node.brokerId)),
    }),
    isOffline: t.boolean({
      description: 'Whether this copy is unreachable: its broker is dead, or its disk has failed.',
      resolve: (node, _, context) =>
        mapMaybePromise(described(node, context), ({ offlineReplicas }) => offlineReplicas.includes(node.brokerId)),
    }),
  }),
})
