import { KafkaError, kafkaErrorOf } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { PartitionElection } from '../../../kafka/ports/replica-admin.ts'
import { toTopicName } from '../../../kafka/topic-name.ts'
import {
  byTopicThenPartition,
  partitionKey,
  partitionText,
  type TopicPartition,
} from '../../../kafka/topic-partition.ts'
import type { MetadataTopic } from '../../requests/cluster/metadata.ts'
import { type Election, electLeadersRequest } from '../../requests/replicas/elect-leaders.ts'
import type { PartitionResult } from '../../requests/replicas/partition-results.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { sendChange } from '../change/send-change.ts'
import { untilKnownEverywhere } from '../change/until-known-everywhere.ts'
import type { ReplicaLimits } from './replica-limits.ts'

const errorOf = ({ errorCode, errorMessage }: PartitionResult): KafkaError | null =>
  errorCode === 0 ? null : kafkaErrorOf(errorCode, errorMessage)

const unanswered = (partition: TopicPartition): KafkaError =>
  new KafkaError('UNKNOWN_SERVER_ERROR', `the response of Kafka does not contain ${partitionText(partition)}`)

/** A refusal of an election for all partitions names no partition. @throws KafkaError that refusal. */
const electionsOfAll = (results: readonly PartitionResult[]): readonly PartitionElection[] => {
  const refusal = results.find(({ topic }) => topic === '')
  if (refusal) throw kafkaErrorOf(refusal.errorCode, refusal.errorMessage)
  return results
    .map(result => ({ topic: toTopicName(result.topic), partition: result.partition, error: errorOf(result) }))
    .sort(byTopicThenPartition)
}

const electionsOf = (
  partitions: readonly TopicPartition[],
  results: readonly PartitionResult[],
): readonly PartitionElection[] => {
  const byKey = new Map(results.map(result => [partitionKey(result), result]))
  return partitions.map(({ topic, partition }) => {
    const result = byKey.get(partitionKey({ topic, partition }))
    return { topic, partition, error: result ? errorOf(result) : unanswered({ topic, partition }) }
  })
}

const isVisibleIn =
  (elected: readonly TopicPartition[], isPreferred: boolean) =>
  ({ name, partitions }: MetadataTopic): boolean => {
    const wanted = new Set(elected.filter(({ topic }) => topic === name).map(({ partition }) => partition))
    const isLed = ({ leader, replicas }: MetadataTopic['partitions'][number]) =>
      isPreferred ? leader === replicas[0] : leader >= 0
    return partitions.every(one => !wanted.has(one.partition) || isLed(one))
  }

/** Makes the controller elect leaders. Resolves once every broker knows the new leaders. */
export const electLeaders = async (
  cluster: ClusterMap,
  call: Call,
  { electionType, partitions }: Election,
  { deadlineMs, propagationMs }: ReplicaLimits,
): Promise<readonly PartitionElection[]> => {
  if (partitions?.length === 0) return []
  const results = await sendChange(cluster, {
    request: timeoutMs => electLeadersRequest({ electionType, partitions }, timeoutMs),
    ...boundsOf(call, deadlineMs),
  })
  const elections = partitions === null ? electionsOfAll(results) : electionsOf(partitions, results)
  const elected = elections.filter(({ error }) => error === null)
  await untilKnownEverywhere(cluster, {
    topics: [...new Set(elected.map(({ topic }) => topic))],
    isVisible: isVisibleIn(elected, electionType === 'PREFERRED'),
    withinMs: leftMs(call, propagationMs),
    signal: call.signal,
  })
  return elections
}
