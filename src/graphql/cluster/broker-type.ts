import type { BrokerDescription } from '../../kafka/cluster.ts'
import type { GraphQLContext } from '../context.ts'
import type { MakeShared } from '../loaders.ts'
import { type FindNode, globalId, idNumber, NodeInterface } from '../node.ts'
import { everyTopic } from '../passes.ts'
import { objectRef } from '../schema-part.ts'

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

/** The global id of a broker. A broker that comes back has the same one. */
export const brokerGlobalId = (nodeId: number): string => globalId('Broker', nodeId)

const findNode: FindNode = async ([part], context) => findBroker(idNumber(part), context)

interface Load {
  leaders: number
  replicas: number
}

/** What each broker has of all partitions: counted once an operation, however often brokers are selected. */
const loads: MakeShared<(context: GraphQLContext) => Promise<ReadonlyMap<number, Load>>> = () => {
  let counted: Promise<ReadonlyMap<number, Load>> | undefined
  return context => {
    counted ??= countLoads(context)
    return counted
  }
}

const countLoads = async (context: GraphQLContext): Promise<ReadonlyMap<number, Load>> => {
  const counts = new Map<number, Load>()
  const of = (nodeId: number): Load => {
    const load = counts.get(nodeId) ?? { leaders: 0, replicas: 0 }
    counts.set(nodeId, load)
    return load
  }
  for (const { leader, replicas } of (await everyTopic(context)).flatMap(({ partitions }) => partitions)) {
    if (leader !== null) of(leader).leaders += 1
    for (const nodeId of replicas) of(nodeId).replicas += 1
  }
  return counts
}

const loadOf = async ({ broker }: BrokerNode, context: GraphQLContext): Promise<Load> =>
  (await context.loaders.shared(loads)(context)).get(broker.nodeId) ?? { leaders: 0, replicas: 0 }

/** One Kafka server. */
export const Broker = objectRef<BrokerNode>('Broker').implement({
  description:
    'One Kafka server. A broker keeps replicas of partitions on its disks; for each partition one broker is the leader, which takes all writes, and the others that hold a replica are followers, which copy from it. When a broker dies, the partitions that it led get new leaders among their in-sync replicas within seconds.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({
      description: 'The global id of this broker.',
      resolve: ({ broker }) => brokerGlobalId(broker.nodeId),
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
      resolve: async (broker, _, context) => (await loadOf(broker, context)).leaders,
    }),
    replicaCount: t.int({
      description: 'Replicas of partitions that are assigned to this broker, those it leads included.',
      resolve: async (broker, _, context) => (await loadOf(broker, context)).replicas,
    }),
  }),
})
