import { kafkaErrorOf } from '../../../kafka/errors/kafka-error.ts'
import type { PartitionReassignment } from '../../../kafka/ports/replica-admin.ts'
import { toTopicName } from '../../../kafka/topic-name.ts'
import { byTopicThenPartition } from '../../../kafka/topic-partition.ts'
import { listPartitionReassignmentsRequest } from '../../requests/replicas/list-partition-reassignments.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { retrying } from '../../transport/retry.ts'

/** All running reassignments, as the controller reports them, sorted by topic and partition. */
export const listPartitionReassignments = async (
  cluster: ClusterMap,
  deadlineMs: number,
): Promise<readonly PartitionReassignment[]> => {
  const { reassignments } = await retrying({ deadlineMs }, async () => {
    const answer = await cluster.askAny(() => listPartitionReassignmentsRequest(deadlineMs), 'forwarded')
    if (answer.errorCode !== 0) throw kafkaErrorOf(answer.errorCode, answer.errorMessage)
    return answer
  })
  return reassignments.map(move => ({ ...move, topic: toTopicName(move.topic) })).sort(byTopicThenPartition)
}
