import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { NewPartitionReassignment, ReassignmentOptions } from '../../../kafka/ports/replica-admin.ts'
import { partitionKey, partitionText, type TopicPartition } from '../../../kafka/topic-partition.ts'
import type { MetadataTopic } from '../../requests/cluster/metadata.ts'
import { alterPartitionReassignmentsRequest } from '../../requests/replicas/alter-partition-reassignments.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { sendChange } from '../change/send-change.ts'
import { untilKnownEverywhere } from '../change/until-known-everywhere.ts'
import type { ReplicaLimits } from './replica-limits.ts'

const unanswered = (partition: TopicPartition): KafkaError =>
  new KafkaError('UNKNOWN_SERVER_ERROR', `the response of Kafka does not contain ${partitionText(partition)}`)

/** True once a broker knows the new replicas. The target of a cancelled move is unknown here, so it is not checked. */
const isVisibleIn =
  (begun: readonly NewPartitionReassignment[]) =>
  ({ name, partitions }: MetadataTopic): boolean =>
    begun
      .filter(({ topic }) => topic === name)
      .every(({ partition, replicas }) => {
        const now = partitions.find(one => one.partition === partition)?.replicas ?? []
        return (replicas ?? []).every(nodeId => now.includes(nodeId))
      })

/**
 * Starts and cancels reassignments. Resolves once the controller accepts them and every broker knows the started ones.
 */
export const alterPartitionReassignments = async (
  cluster: ClusterMap,
  call: Call,
  reassignments: readonly NewPartitionReassignment[],
  { deadlineMs, propagationMs }: ReplicaLimits,
  { allowReplicationFactorChange = true }: ReassignmentOptions,
): Promise<readonly Outcome<TopicPartition>[]> => {
  if (reassignments.length === 0) return []
  const results = await sendChange(cluster, {
    request: timeoutMs =>
      alterPartitionReassignmentsRequest(reassignments, { timeoutMs, allowReplicationFactorChange }),
    ...boundsOf(call, deadlineMs),
  })
  const byKey = new Map(results.map(result => [partitionKey(result), result]))
  const outcomes = reassignments.map((one): Outcome<TopicPartition> => {
    const result = byKey.get(partitionKey(one))
    if (result === undefined) return unanswered(one)
    const { topic, partition } = one
    return result.errorCode === 0
      ? { topic, partition }
      : kafkaErrorAbout({ topic }, result.errorCode, result.errorMessage)
  })
  const begun = reassignments.filter((one, index) => one.replicas !== null && !(outcomes[index] instanceof KafkaError))
  await untilKnownEverywhere(cluster, {
    topics: [...new Set(begun.map(({ topic }) => topic))],
    isVisible: isVisibleIn(begun),
    withinMs: leftMs(call, propagationMs),
    signal: call.signal,
  })
  return outcomes
}
