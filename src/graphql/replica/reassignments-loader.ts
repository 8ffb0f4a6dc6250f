import { once } from '../../async/once.ts'
import type { PartitionReassignment } from '../../kafka/replica-admin.ts'
import { partitionKey } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../context.ts'
import { askedOnce, type MakeShared } from '../loaders.ts'

/** The same by partition: each of 10,000 partitions looks for its own. */
export const reassignmentOf: MakeShared<
  (context: GraphQLContext, topic: string, partition: number) => Promise<PartitionReassignment | null>
> = () => {
  const byPartition = once(async ({ loaders }: GraphQLContext) => {
    const moves = await loaders.shared(reassignmentsUnderWay)()
    return new Map(moves.map(move => [partitionKey(move), move]))
  })
  return async (context, topic, partition) =>
    (await byPartition(context)).get(partitionKey({ topic, partition })) ?? null
}

/** Every move under way, asked for once an operation. */
export const reassignmentsUnderWay: MakeShared<() => Promise<readonly PartitionReassignment[]>> = (
  { replicas },
  options,
) => askedOnce(() => replicas.listPartitionReassignments(null, options))
