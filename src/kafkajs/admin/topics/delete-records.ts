import { isFailure, KafkaError, kafkaErrorOf, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { toOffset } from '../../../kafka/offset.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { DeletedRecords, LowWatermark } from '../../../kafka/ports/topic-admin.ts'
import type { TopicName } from '../../../kafka/topic-name.ts'
import { partitionText, type TopicPartition } from '../../../kafka/topic-partition.ts'
import { listOffsets } from '../../read/offsets/list-offsets.ts'
import { type DeleteRecordsResult, deleteRecordsRequest } from '../../requests/messages/delete-records.ts'
import { askLeaders, type LeaderBounds, type LeaderTalk, oneBatchPerLeader } from '../../transport/ask-leaders.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { TopicAdminLimits } from './topic-admin-limits.ts'

/** A partition whose messages before `offset` are deleted. */
interface Cut extends TopicPartition {
  readonly offset: bigint
}

/** Time limit of one attempt, in ms. A stopped leader is replaced within the call's deadline. */
const ATTEMPT_MS = 3000
/**
 * A leader gives up on its followers this much earlier than we give up on it, so that its own response still arrives,
 * in ms.
 */
const ANSWER_MARGIN_MS = 500

const unanswered = (partition: TopicPartition): KafkaError =>
  new KafkaError('LEADER_NOT_AVAILABLE', `the response of the leader does not contain ${partitionText(partition)}`)

/** What is wrong with an item, checked before any request; null if nothing is. */
const problemOf = (topic: TopicName, item: DeletedRecords, all: readonly DeletedRecords[]): KafkaError | null => {
  const { partition, before } = item
  if (all.filter(one => one.partition === partition).length > 1) {
    return new KafkaError('INVALID_REQUEST', `partition ${partition} is named more than once`)
  }
  // On the wire -1 means "the high watermark", so a -1 from the caller must be refused.
  if (before === null || before >= 0n) return null
  const text = `${partitionText({ topic, partition })}: offsets start at 0, but ${before} is negative`
  return new KafkaError('OFFSET_OUT_OF_RANGE', text)
}

/** One end offset for each of these partitions. */
const endsOf = (
  cluster: ClusterMap,
  topic: TopicName,
  partitions: readonly number[],
  at: 'earliest' | 'latest',
  bounds: LeaderBounds,
) => {
  const asked = partitions.map(partition => ({ topic, partition, at, isolationLevel: 'READ_UNCOMMITTED' as const }))
  return listOffsets(cluster, asked, bounds)
}

/** Kafka reports only the error. Adds the valid range. */
const outOfRange = async (cluster: ClusterMap, cut: Cut, bounds: LeaderBounds): Promise<KafkaError> => {
  const { topic, partition, offset } = cut
  const [earliest, latest] = await Promise.all(
    (['earliest', 'latest'] as const).map(async at => {
      const [end] = await endsOf(cluster, topic, [partition], at, bounds)
      return end === undefined || isFailure(end) ? null : end.offset
    }),
  )
  if (earliest == null || latest == null) return new KafkaError('OFFSET_OUT_OF_RANGE', partitionText(cut))
  const text = `${partitionText(cut)} has offsets from ${earliest} up to, not including, ${latest}: ${offset} is beyond its end`
  return new KafkaError('OFFSET_OUT_OF_RANGE', text, { details: { earliestOffset: earliest, latestOffset: latest } })
}

const resultOf = (cut: Cut, result: DeleteRecordsResult | undefined): Outcome<LowWatermark> => {
  if (result === undefined) return unanswered(cut)
  if (result.errorCode === 0) return { partition: cut.partition, offset: toOffset(result.lowWatermark) }
  const { code, message } = kafkaErrorOf(result.errorCode)
  return new KafkaError(code, `${partitionText(cut)}: ${message}`)
}

/** Sends DeleteRecords to the leaders of one topic's partitions. */
const leaderTalk = (cluster: ClusterMap, topic: TopicName): LeaderTalk<Cut, LowWatermark> => ({
  batches: oneBatchPerLeader,
  ask: async (nodeId, cuts) => {
    const request = deleteRecordsRequest([{ name: topic, partitions: cuts }], ATTEMPT_MS - ANSWER_MARGIN_MS)
    const answers = await cluster.askNode(nodeId, () => request, 'admin', ATTEMPT_MS)
    const results = new Map(answers.map(result => [result.partition, result]))
    return cuts.map(cut => resultOf(cut, results.get(cut.partition)))
  },
})

/** The offset before which each partition is deleted, in order. "Everything" means up to the current high watermark. */
const cutsOf = async (
  cluster: ClusterMap,
  topic: TopicName,
  wanted: readonly DeletedRecords[],
  bounds: LeaderBounds,
): Promise<readonly Outcome<Cut>[]> => {
  const whole = wanted.filter(({ before }) => before === null).map(({ partition }) => partition)
  const ends = await endsOf(cluster, topic, whole, 'latest', bounds)
  const endOf = new Map(whole.map((partition, index) => [partition, ends[index]]))
  return wanted.map((one): Outcome<Cut> => {
    const problem = problemOf(topic, one, wanted)
    if (problem !== null) return problem
    const { partition, before } = one
    if (before !== null) return { topic, partition, offset: before }
    const end = endOf.get(partition)
    if (end === undefined) return unanswered({ topic, partition })
    return isFailure(end) ? end : { topic, partition, offset: end.offset ?? 0n }
  })
}

/**
 * Deletes the oldest messages of partitions, each at its leader. Retries after a lost response or a leader change,
 * because deleting before the same offset twice is harmless. Therefore "everything" is resolved to the high watermark
 * first: Kafka's own value for it would also delete messages written between two attempts.
 */
export const deleteRecords = async (
  cluster: ClusterMap,
  call: Call,
  topic: TopicName,
  wanted: readonly DeletedRecords[],
  { deadlineMs }: TopicAdminLimits,
): Promise<readonly Outcome<LowWatermark>[]> => {
  const bounds = { ...boundsOf(call, deadlineMs), leaderWaitMs: leftMs(call, deadlineMs) }
  const cuts = await cutsOf(cluster, topic, wanted, bounds)
  const sound = cuts.flatMap(cut => (isFailure(cut) ? [] : [cut]))
  const answers = await askLeaders(cluster, sound, leaderTalk(cluster, topic), bounds)
  const outcomes = new Map(sound.map((cut, index) => [cut, answers[index]]))
  return Promise.all(
    cuts.map(async cut => {
      if (isFailure(cut)) return cut
      const outcome = outcomes.get(cut) ?? unanswered(cut)
      const isBeyond = isFailure(outcome) && outcome.code === 'OFFSET_OUT_OF_RANGE'
      return isBeyond ? outOfRange(cluster, cut, bounds) : outcome
    }),
  )
}
