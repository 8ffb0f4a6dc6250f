import { Cluster } from '../cluster/cluster-type.ts'
import { beginPass } from '../core/bounds/passes.ts'
import { objectField, parts } from '../core/schema-part.ts'
import { Partition } from '../partition/partition-type.ts'
import { PartitionReassignment } from './partition-reassignment-type.ts'
import { reassignmentOf, reassignmentsUnderWay } from './reassignments-loader.ts'

const clusterPartitionReassignments = objectField(Cluster, 'partitionReassignments', t =>
  t.field({
    description:
      'The partitions whose replicas are moving, sorted by topic and partition, as `kafka-reassign-partitions --list` shows them. At most 1000, unless the server is configured for other page sizes. Null with an error while there is no active controller.',
    type: [PartitionReassignment],
    nullable: true,
    args: {
      topics: t.arg.stringList({
        description: 'Only partitions of these topics; unknown names are ignored.',
      }),
    },
    resolve: async (_, { topics }, context) => {
      const { loaders, limits } = context
      const moves = await loaders.shared(reassignmentsUnderWay)()
      await beginPass(moves.length, context)
      const wanted = topics && new Set<string>(topics)
      return moves.filter(({ topic }) => !wanted || wanted.has(topic)).slice(0, limits.page.max)
    },
  }),
)

const partitionReassignment = objectField(Partition, 'reassignment', t =>
  t.field({
    description: 'The current move of this partition’s replicas; null if there is none.',
    type: PartitionReassignment,
    nullable: true,
    resolve: ({ topic, partition }, _, context) =>
      context.loaders.shared(reassignmentOf)(context, topic.name, partition),
  }),
)

/** What this file adds to a schema. */
export const partitionReassignmentsParts = parts(clusterPartitionReassignments, partitionReassignment)
