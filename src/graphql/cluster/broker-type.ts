import { once } from '../../async/once.ts'
import type { BrokerDescription } from '../../kafka/cluster.ts'
import { everyTopic } from '../core/bounds/passes.ts'
import type { GraphQLContext } from '../core/context.ts'
import type { MakeShared } from '../core/loaders.ts'
import { type FindNode, globalId, type IdContext, idNumber, NodeInterface } from '../core/node.ts'
import { objectRef } from '../core/schema-part.ts'

/** A broker in a resolver. */
export interface BrokerNode {
  readonly kind: 'Broker'
  readonly broker: BrokerDescription
}

/** The broker with this node id; null if it is not in the cluster now. */
export const findBroker = async (nodeId: number | null, { loaders }: GraphQLContext): Promise<BrokerNode | null> => {
  if (nodeId === null) return null
  const { brokers } = await loaders.cluster()
  const broker = brokers.find(candidate => candidate.nodeId === nodeId)
  return broker ? { kind: 'Broker', broker } : null
}

/** The global id of a broker. A broker that comes back has the same id. */
export const brokerGlobalId = (nodeId: number, context: IdContext): string => globalId(context, 'Broker', nodeId)

const findNode: FindNode = async ([part], context) => findBroker(idNumber(part), context)

interface Load {
  leaders: number
  replicas: number
}

/** How many partitions each broker leads and holds. */
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

/** Counted once an operation, however often brokers are selected. */
const loads: MakeShared<typeof countLoads> = () => once(countLoads)

const loadOf = async ({ broker }: BrokerNode, context: GraphQLContext): Promise<Load> =>
  (await context.loaders.shared(loads)(context)).get(broker.nodeId) ?? { leaders: 0, replicas: 0 }

export const Broker = objectRef<BrokerNode>('Broker').implement({
  description:
    'One Kafka server. A broker keeps replicas of partitions on its disks. For each partition one broker is the leader, which takes all writes; the other brokers with a replica are followers and copy from it. When a broker dies, its partitions get new leaders from their in-sync replicas within seconds.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({
      description: 'The global id of this broker.',
      resolve: ({ broker }, _, context) => brokerGlobalId(broker.nodeId, context),
    }),
    nodeId: t.int({
      description: 'The number of this broker in the cluster (`node.id`). Leaders and replicas are named by it.',
      resolve: ({ broker }) => broker.nodeId,
    }),
    host: t.string({
      description: 'The host that clients connect to, as the broker advertises it.',
      resolve: ({ broker }) => broker.host,
    }),
    port: t.int({
      description: 'The port that clients connect to, as the broker advertises it.',
      resolve: ({ broker }) => broker.port,
    }),
    rack: t.string({
      description:
        'The location of the broker (`broker.rack`), such as a rack or an availability zone. Kafka spreads the replicas of a partition over racks. Null if the broker has no rack configured.',
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
        'The number of partitions that this broker leads. Writes and most reads go to leaders, so in a balanced cluster all brokers lead about equally many.',
      resolve: async (broker, _, context) => (await loadOf(broker, context)).leaders,
    }),
    replicaCount: t.int({
      description: 'The number of replicas assigned to this broker, including those it leads.',
      resolve: async (broker, _, context) => (await loadOf(broker, context)).replicas,
    }),
  }),
})
