import { once } from '../../async/once.ts'
import type { PartitionReassignment } from '../../kafka/ports/replica-admin.ts'
import { partitionKey } from '../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../core/context.ts'
import { askedOnce, type MakeShared } from '../core/loaders.ts'

/** The moves indexed by partition: each of 10,000 partitions looks up its own. */
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

/** Every move in progress, requested once per operation. */
export const reassignmentsUnderWay: MakeShared<() => Promise<readonly PartitionReassignment[]>> = (
  { replicas },
  call,
) => askedOnce(() => replicas.listPartitionReassignments(call, null))
