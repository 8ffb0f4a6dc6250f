import type { BrokerDescription } from '../../kafka/cluster.ts'
import { builder } from '../builder.ts'
import type { GraphQLContext } from '../context.ts'
import { globalId, idNumber, NodeInterface, registerNode } from '../node.ts'

/** A broker as the schema hands it on. */
export interface BrokerNode {
  readonly kind: 'Broker'
  readonly broker: BrokerDescription
}

/** The broker with this node id; null when it is not in the cluster now. */
export const findBroker = async (nodeId: number | null, { loaders }: GraphQLContext): Promise<BrokerNode | null> => {
  if (nodeId === null) return null
  const { brokers } = await loaders.cluster()
  const broker = brokers.find(candidate => candidate.nodeId === nodeId)
  return broker ? { kind: 'Broker', broker } : null
}

registerNode('Broker', async ([part], context) => findBroker(idNumber(part), context))

const countPartitions = async (
  context: GraphQLContext,
  counts: (replicas: readonly number[], leader: number | null) => boolean,
) => {
  const topics = await context.loaders.topics()
  return topics.flatMap(topic => topic.partitions).filter(({ replicas, leader }) => counts(replicas, leader)).length
}

/** One Kafka server. */
export const Broker = builder.objectRef<BrokerNode>('Broker').implement({
  description:
    'One Kafka server. A broker keeps replicas of partitions on its disks; for each partition one broker is the leader, which takes all writes, and the others that hold a replica are followers, which copy from it. When a broker dies, the partitions that it led get new leaders among their in-sync replicas within seconds.',
  interfaces: [NodeInterface],
  fields: t => ({
    id: t.id({
      description: 'The global id of this broker.',
      resolve: ({ broker }) => globalId('Broker', broker.nodeId),
    }),
    nodeId: t.int({
      description:
        'The number by which the cluster knows this broker (`node.id`); leaders and replicas are named by it.',
      resolve: ({ broker }) => broker.nodeId,
    }),
    host: t.string({
      description: 'The host that the broker tells clients to connect to.',
      resolve: ({ broker }) => broker.host,
    }),
    port: t.int({
      description: 'The port that the broker tells clients to connect to.',
      resolve: ({ broker }) => broker.port,
    }),
    rack: t.string({
      description:
        'Where the broker stands (`broker.rack`): a rack or an availability zone. Kafka spreads the replicas of a partition over racks. Null when the broker does not tell.',
      nullable: true,
      resolve: ({ broker }) => broker.rack,
    }),
    isController: t.boolean({
      description:
        'Whether this broker is the active controller, which elects leaders and keeps the cluster’s metadata.',
      resolve: async ({ broker }, _, { loaders }) => (await loaders.controllerId()) === broker.nodeId,
    }),
    leaderCount: t.int({
      description:
        'Partitions that this broker leads. Writes and most reads go to leaders, so brokers of a balanced cluster lead about equally many.',
      resolve: ({ broker }, _, context) => countPartitions(context, (_replicas, leader) => leader === broker.nodeId),
    }),
    replicaCount: t.int({
      description: 'Replicas of partitions that are assigned to this broker, those it leads included.',
      resolve: ({ broker }, _, context) => countPartitions(context, replicas => replicas.includes(broker.nodeId)),
    }),
  }),
})
