import type { ClusterDescription } from '../../kafka/cluster.ts'
import type { GraphQLContext } from '../context.ts'
import { type FindNode, globalId, NodeInterface } from '../node.ts'
import { objectRef, parts, queryField } from '../schema-part.ts'
import { Broker, findBroker } from './broker-type.ts'
import { registeredBrokers } from './registered-brokers.ts'

/** The cluster as the schema hands it on. */
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

/** Brokers that together make one Kafka. */
export const Cluster = objectRef<ClusterNode>('Cluster').implement({
  description:
    'Brokers that together make one Kafka. Topics live in the cluster as a whole: their partitions are spread over the brokers, each partition copied to several of them, so that the cluster goes on when a broker dies.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({
      description: 'The global id of this cluster.',
      resolve: ({ cluster }) => globalId('Cluster', cluster.clusterId),
    }),
    clusterId: t.string({
      description: 'The id that the cluster was formatted with; it never changes.',
      resolve: ({ cluster }) => cluster.clusterId,
    }),
    controller: t.field({
      description:
        'The broker that is the active controller: it notices dead brokers and elects new leaders for the partitions that they led. Null while one is being elected, or when the controllers run apart from the brokers.',
      type: Broker,
      nullable: true,
      resolve: async (_, _arguments, context) => findBroker(await context.loaders.controllerId(), context),
    }),
    brokers: t.field({
      description: 'The brokers that are alive now, by node id; with `includeFenced`, all that are registered.',
      type: [Broker],
      args: {
        includeFenced: t.arg.boolean({
          defaultValue: false,
          description:
            'Whether to name also the brokers that the controller has fenced: dead ones, and those that are not ready yet. Before Kafka 4.0 they are not told.',
        }),
      },
      resolve: async ({ cluster }, { includeFenced }, { loaders }) => {
        const registered = includeFenced ? await loaders.shared(registeredBrokers)() : null
        return (registered ?? cluster.brokers).map(broker => ({ kind: 'Broker' as const, broker }))
      },
    }),
    broker: t.field({
      description: 'One broker by its node id; null when it is not alive now.',
      type: Broker,
      nullable: true,
      args: { id: t.arg.int({ required: true, description: 'The `nodeId` of the broker.' }) },
      resolve: (_, { id }, context) => findBroker(id, context),
    }),
  }),
})

const clusterQuery = queryField('cluster', t =>
  t.field({
    description: 'The Kafka cluster that this API serves: its brokers, its controller, its topics.',
    type: Cluster,
    nullable: true,
    resolve: (_, _arguments, context) => findCluster(context),
  }),
)

/** What this file adds to a schema. */
export const clusterParts = parts(Cluster, clusterQuery)
