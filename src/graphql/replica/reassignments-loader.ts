import type { PartitionReassignment } from '../../kafka/ports/replica-admin.ts'
import type { GraphQLContext } from '../context.ts'
import { type MakeShared, once } from '../loaders.ts'

const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`

/** The moves indexed by partition: each of 10,000 partitions looks up its own. */
export const reassignmentOf: MakeShared<
  (context: GraphQLContext, topic: string, partition: number) => Promise<PartitionReassignment | null>
> = () => {
  let byPartition: Promise<ReadonlyMap<string, PartitionReassignment>> | undefined
  const index = async ({ loaders }: GraphQLContext) => {
    const moves = await loaders.shared(reassignmentsUnderWay)()
    return new Map(moves.map(move => [keyOf(move.topic, move.partition), move]))
  }
  return async (context, topic, partition) => {
    byPartition ??= index(context)
    return (await byPartition).get(keyOf(topic, partition)) ?? null
  }
}

/** Every move in progress, requested once per operation. */
export const reassignmentsUnderWay: MakeShared<() => Promise<readonly PartitionReassignment[]>> = (
  { replicas },
  call,
) => once(() => replicas.listPartitionReassignments(call, null))
