import { isTopicName } from '../../kafka/topic-name.ts'
import { Broker, findBroker } from '../cluster/broker-type.ts'
import type { GraphQLContext } from '../context.ts'
import { goingOn } from '../going-on.ts'
import { type FindNode, globalId, idNumber, NodeInterface } from '../node.ts'
import { describePartition, findPartition, Partition, type PartitionNode } from '../partition/partition-type.ts'
import { objectRef } from '../schema-part.ts'
import { findTopic } from '../topic/topic-type.ts'
import type { ReplicaLog } from './disk-loader.ts'

/** A replica as the schema hands it on. */
export interface ReplicaNode {
  readonly kind: 'Replica'
  readonly partition: PartitionNode
  readonly brokerId: number
  /** Its log, where the replica was found on a disk. */
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

/** One copy of a partition. */
export const Replica = objectRef<ReplicaNode>('Replica').implement({
  description:
    'One copy of a partition, on one broker. The leader’s copy takes the writes; a follower fetches them from the leader all the time. A replica that has everything the leader has, and had it within `replica.lag.time.max.ms`, is in sync.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({
      description: 'The global id of this replica.',
      resolve: ({ partition, brokerId }) => globalId('Replica', partition.topic.name, partition.partition, brokerId),
    }),
    brokerId: t.int({
      description: 'The `nodeId` of the broker that holds this copy, known even while the broker is dead.',
      resolve: ({ brokerId }) => brokerId,
    }),
    broker: t.field({
      description: 'The broker that holds this copy; null while it is not alive.',
      type: Broker,
      nullable: true,
      resolve: ({ brokerId }, _, context) => findBroker(brokerId, context),
    }),
    partition: t.field({
      description: 'The partition that this is a copy of.',
      type: Partition,
      resolve: ({ partition }) => partition,
    }),
    isLeader: t.boolean({
      description: 'Whether this copy is the leader: the one that producers write to. All others are followers.',
      resolve: (node, _, context) => goingOn(described(node, context), ({ leader }) => leader === node.brokerId),
    }),
    isPreferredLeader: t.boolean({
      description:
        'Whether this copy comes first in the order of assignment. Kafka gives the lead back to it some minutes after its broker has returned, which keeps the leaders spread over the brokers.',
      resolve: (node, _, context) => goingOn(described(node, context), ({ replicas }) => replicas[0] === node.brokerId),
    }),
    isInSync: t.boolean({
      description:
        'Whether this copy is one of the in-sync replicas (ISR): it has all that the leader has, and may become the leader without a message being lost.',
      resolve: (node, _, context) => goingOn(described(node, context), ({ isr }) => isr.includes(node.brokerId)),
    }),
    isOffline: t.boolean({
      description: 'Whether this copy cannot be reached: its broker is dead, or the disk that holds it has failed.',
      resolve: (node, _, context) =>
        goingOn(described(node, context), ({ offlineReplicas }) => offlineReplicas.includes(node.brokerId)),
    }),
  }),
})
