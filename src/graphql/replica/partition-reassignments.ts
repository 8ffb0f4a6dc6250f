import { Cluster } from '../cluster/cluster-type.ts'
import { Partition } from '../partition/partition-type.ts'
import { beginPass } from '../passes.ts'
import { objectField, parts } from '../schema-part.ts'
import { PartitionReassignment } from './partition-reassignment-type.ts'
import { reassignmentOf, reassignmentsUnderWay } from './reassignments-loader.ts'

const clusterPartitionReassignments = objectField(Cluster, 'partitionReassignments', t =>
  t.field({
    description:
      'The partitions whose replicas are on the move, by topic and partition, as `kafka-reassign-partitions --list` shows them; at most as many as a page may have, 1000 unless the server is set otherwise. Null, with an error beside it, while there is no active controller to tell.',
    type: [PartitionReassignment],
    nullable: true,
    args: {
      topics: t.arg.stringList({
        description: 'Only of the topics with these names; names without a topic are left out.',
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
    description: 'The move of this partition’s replicas that is under way; null when there is none.',
    type: PartitionReassignment,
    nullable: true,
    resolve: ({ topic, partition }, _, context) =>
      context.loaders.shared(reassignmentOf)(context, topic.name, partition),
  }),
)

/** What this file adds to a schema. */
export const partitionReassignmentsParts = parts(clusterPartitionReassignments, partitionReassignment)
