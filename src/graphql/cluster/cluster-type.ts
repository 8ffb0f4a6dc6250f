import type { ClusterDescription } from '../../kafka/cluster.ts'
import type { GraphQLContext } from '../core/context.ts'
import { type FindNode, globalId, NodeInterface } from '../core/node.ts'
import { objectRef, parts, queryField } from '../core/schema-part.ts'
import { Broker, findBroker } from './broker-type.ts'
import { registeredBrokers } from './registered-brokers.ts'

/** The cluster in a resolver. */
export interface ClusterNode {
  readonly kind: 'Cluster'
  readonly cluster: Omit<ClusterDescription, 'controllerId'>
}

/** The cluster that this API serves. */
export const findCluster = async ({ loaders }: GraphQLContext): Promise<ClusterNode> => ({
  kind: 'Cluster',
  cluster: await loaders.cluster(),
})

const findNode: FindNode = async ([clusterId], context) => {
  const node = await findCluster(context)
  return node.cluster.clusterId === clusterId ? node : null
}

export const Cluster = objectRef<ClusterNode>('Cluster').implement({
  description:
    'A group of brokers that together form one Kafka. Topics belong to the cluster as a whole: their partitions are spread over the brokers, and each partition is copied to several of them. So the cluster keeps working when a broker dies.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({
      description: 'The global id of this cluster.',
      resolve: ({ cluster }, _, context) => globalId(context, 'Cluster', cluster.clusterId),
    }),
    clusterId: t.string({
      description: 'The id that the cluster got when it was formatted. It never changes.',
      resolve: ({ cluster }) => cluster.clusterId,
    }),
    controller: t.field({
      description:
        'The broker that is the active controller. It notices dead brokers and elects new leaders for their partitions. Null during an election, or if the controllers run on nodes of their own.',
      type: Broker,
      nullable: true,
      resolve: async (_, _arguments, context) => findBroker(await context.loaders.controllerId(), context),
    }),
    brokers: t.field({
      description: 'The brokers that are alive now, sorted by node id; with `includeFenced`, all registered brokers.',
      type: [Broker],
      args: {
        includeFenced: t.arg.boolean({
          defaultValue: false,
          description:
            'Include brokers that the controller has fenced: dead ones, and those that are not ready yet. Kafka before 4.0 does not report them.',
        }),
      },
      resolve: async ({ cluster }, { includeFenced }, { loaders }) => {
        const registered = includeFenced ? await loaders.shared(registeredBrokers)() : null
        return (registered ?? cluster.brokers).map(broker => ({ kind: 'Broker' as const, broker }))
      },
    }),
    broker: t.field({
      description: 'One broker by its node id; null if it is not alive now.',
      type: Broker,
      nullable: true,
      args: { id: t.arg.int({ required: true, description: 'The `nodeId` of the broker.' }) },
      resolve: (_, { id }, context) => findBroker(id, context),
    }),
  }),
})

const clusterQuery = queryField('cluster', t =>
  t.field({
    description: 'The Kafka cluster that this API serves: its brokers, its controller and its topics.',
    type: Cluster,
    nullable: true,
    resolve: (_, _arguments, context) => findCluster(context),
  }),
)

/** What this file adds to a schema. */
export const clusterParts = parts(Cluster, clusterQuery)
