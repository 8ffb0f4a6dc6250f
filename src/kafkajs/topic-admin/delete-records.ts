import { isFailure, KafkaError, kafkaErrorOf, type Outcome } from '../../kafka/kafka-error.ts'
import { toOffset } from '../../kafka/offset.ts'
import type { CallOptions, DeletedRecords, LowWatermark } from '../../kafka/ports.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { partitionText, type TopicPartition } from '../../kafka/topic-partition.ts'
import { listOffsets } from '../catalog/list-offsets.ts'
import { askLeaders, type LeaderBounds, type LeaderTalk, oneBatchPerLeader } from '../connection/ask-leaders.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { type DeleteRecordsResult, deleteRecordsRequest } from '../protocol/delete-records.ts'
import type { TopicAdminLimits } from './topic-admin-limits.ts'

/** A partition whose messages before `offset` go. */
interface Cut extends TopicPartition {
  readonly offset: bigint
}

/** For one attempt, ms: a leader that is stopped is replaced within the call's deadline. */
const ATTEMPT_MS = 3000
/** A leader gives up on its followers this long before we give up on it, so that its own answer still arrives, ms. */
const ANSWER_MARGIN_MS = 500

const unanswered = (partition: TopicPartition): KafkaError =>
  new KafkaError('LEADER_NOT_AVAILABLE', `the leader did not answer about ${partitionText(partition)}`)

/** What is wrong with an item before anybody is asked; null when nothing is. */
const problemOf = (topic: TopicName, item: DeletedRecords, all: readonly DeletedRecords[]): KafkaError | null => {
  const { partition, before } = item
  if (all.filter(one => one.partition === partition).length > 1) {
    return new KafkaError('INVALID_REQUEST', `partition ${partition} is named more than once`)
  }
  // On the wire -1 is "the high watermark": a caller's own must not be.
  if (before === null || before >= 0n) return null
  const text = `${partitionText({ topic, partition })}: offsets count from 0, and ${before} is below`
  return new KafkaError('OFFSET_OUT_OF_RANGE', text)
}

/** One offset of each of these partitions of a topic. */
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

/** Kafka names the error only: what would have been right is asked for. */
const outOfRange = async (cluster: ClusterMap, cut: Cut, bounds: LeaderBounds): Promise<KafkaError> => {
  const { topic, partition, offset } = cut
  const [earliest, latest] = await Promise.all(
    (['earliest', 'latest'] as const).map(async at => {
      const [end] = await endsOf(cluster, topic, [partition], at, bounds)
      return end === undefined || isFailure(end) ? null : end.offset
    }),
  )
  if (earliest == null || latest == null) return new KafkaError('OFFSET_OUT_OF_RANGE', partitionText(cut))
  const text = `${partitionText(cut)} holds the offsets from ${earliest} to before ${latest}: ${offset} is beyond its end`
  return new KafkaError('OFFSET_OUT_OF_RANGE', text, { details: { earliestOffset: earliest, latestOffset: latest } })
}

const resultOf = (cut: Cut, result: DeleteRecordsResult | undefined): Outcome<LowWatermark> => {
  if (result === undefined) return unanswered(cut)
  if (result.errorCode === 0) return { partition: cut.partition, offset: toOffset(result.lowWatermark) }
  const { code, message } = kafkaErrorOf(result.errorCode)
  return new KafkaError(code, `${partitionText(cut)}: ${message}`)
}

/** Asks leaders of one topic's partitions. */
const leaderTalk = (cluster: ClusterMap, topic: TopicName): LeaderTalk<Cut, LowWatermark> => ({
  batches: oneBatchPerLeader,
  ask: async (nodeId, cuts) => {
    const request = deleteRecordsRequest([{ name: topic, partitions: cuts }], ATTEMPT_MS - ANSWER_MARGIN_MS)
    const answers = await cluster.askNode(nodeId, () => request, 'admin', ATTEMPT_MS)
    const results = new Map(answers.map(result => [result.partition, result]))
    return cuts.map(cut => resultOf(cut, results.get(cut.partition)))
  },
})

/** What is deleted of each partition, in order; "everything" is everything below the high watermark of this moment. */
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
 * Deletes the oldest messages of partitions, each at its leader. The request is sent again after an answer that was lost
 * or a leader that has moved: what is before an offset can be deleted twice. That is why "everything" is resolved to the
 * high watermark first: Kafka's own word for it would take what was written between two attempts too.
 */
export const deleteRecords = async (
  cluster: ClusterMap,
  topic: TopicName,
  wanted: readonly DeletedRecords[],
  { deadlineMs }: TopicAdminLimits,
  { signal }: CallOptions,
): Promise<readonly Outcome<LowWatermark>[]> => {
  const bounds = { deadlineMs, leaderWaitMs: deadlineMs, signal }
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
