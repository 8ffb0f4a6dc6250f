import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { isFailure, KafkaError, kafkaErrorOf, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { NewCommittedOffset } from '../../../kafka/groups.ts'
import { toTopicName } from '../../../kafka/topic-name.ts'
import { partitionText, type TopicPartition } from '../../../kafka/topic-partition.ts'
import { alterShareGroupOffsetsRequest } from '../../requests/groups/alter-share-group-offsets.ts'
import { OFFSET_COMMIT, offsetCommitRequest } from '../../requests/groups/offset-commit.ts'
import { offsetDeleteRequest } from '../../requests/groups/offset-delete.ts'
import type { GroupOffsetsResult, PartitionResult } from '../../requests/replicas/partition-results.ts'
import type { Link } from '../../transport/link.ts'
import type { RetryBounds } from '../../transport/retry.ts'
import { type ApiRequest, pickVersion } from '../../wire/api-request.ts'
import { deleteShareOffsets } from './delete-share-offsets.ts'
import { eachItem } from './each-item.ts'
import { groupIdProblem } from './group-id-problem.ts'
import type { GroupParts } from './group-parts.ts'
import { sendToCoordinators } from './send-to-coordinator.ts'

type Results = ReadonlyMap<string, Outcome<TopicPartition>>

/** A change of one group's offsets. */
interface OffsetsChange {
  readonly groupId: string
  readonly request: (link: Link) => ApiRequest<GroupOffsetsResult>
}

const COORDINATOR_LOAD_IN_PROGRESS = 14
const NOT_COORDINATOR = 16

const outcomeOf = (
  group: string,
  { topic, partition, errorCode, errorMessage }: PartitionResult,
): Outcome<TopicPartition> =>
  errorCode === 0
    ? { topic: toTopicName(topic), partition }
    : kafkaErrorAbout({ group, topic }, errorCode, errorMessage)

/** Coordinators report an error of the whole group on each partition. With these errors they have done nothing. */
const resultsOf = (group: string, { errorCode, errorMessage, partitions }: GroupOffsetsResult): Outcome<Results> => {
  if (errorCode !== 0) return kafkaErrorAbout({ group }, errorCode, errorMessage)
  const elsewhere = partitions.find(one => [COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR].includes(one.errorCode))
  if (elsewhere !== undefined) return kafkaErrorOf(elsewhere.errorCode)
  return new Map(partitions.map(one => [partitionText(one), outcomeOf(group, one)]))
}

const changeOffsets = async (
  parts: GroupParts,
  { groupId, request }: OffsetsChange,
  bounds: RetryBounds,
): Promise<Outcome<Results>> => {
  const outcomes = (answer: GroupOffsetsResult) => new Map([[groupId, resultsOf(groupId, answer)]])
  const answers = await sendToCoordinators(parts, { groupIds: [groupId], request, outcomes }, bounds)
  return answers.get(groupId) ?? new KafkaError('UNKNOWN_SERVER_ERROR')
}

const offsetProblem = (one: NewCommittedOffset): KafkaError | null =>
  one.offset >= 0n ? null : new KafkaError('INVALID_REQUEST', `${partitionText(one)}: an offset cannot be negative`)

const isGroupMissing = (outcome: Outcome<TopicPartition>): boolean =>
  isFailure(outcome) && outcome.code === 'GROUP_ID_NOT_FOUND'

const isRefusedAsOfAnotherType = (results: Outcome<Results>): boolean =>
  !isFailure(results) && [...results.values()].some(isGroupMissing)

/** The broker does not support share groups, so its first answer about the group counts. */
const isTooOld = (results: Outcome<Results>): boolean => isFailure(results) && results.code === 'UNSUPPORTED_VERSION'

/** Commits offsets without joining the group. OffsetCommit does not find share groups, which have their own request. */
export const alterOffsets = async (
  parts: GroupParts,
  groupId: string,
  offsets: readonly NewCommittedOffset[],
  bounds: RetryBounds,
): Promise<readonly Outcome<TopicPartition>[]> => {
  const { sound, outcomes } = eachItem(offsets, partitionText, one => groupIdProblem(groupId) ?? offsetProblem(one))
  const commit = (link: Link) =>
    offsetCommitRequest(groupId, sound, pickVersion(link.versions, OFFSET_COMMIT, 'OffsetCommit', [8, 9]))
  if (sound.length === 0) return outcomes(new Map())
  const committed = await changeOffsets(parts, { groupId, request: commit }, bounds)
  if (!isRefusedAsOfAnotherType(committed)) return outcomes(committed)
  const alter = () => alterShareGroupOffsetsRequest(groupId, sound)
  const altered = await changeOffsets(parts, { groupId, request: alter }, bounds)
  return outcomes(isTooOld(altered) ? committed : altered)
}

/** Kafka refuses to delete single offsets of the group with the empty id. Adds what to do instead. */
const explained = (groupId: string, results: Outcome<Results>): Outcome<Results> => {
  if (groupId !== '' || !isFailure(results) || results.code !== 'INVALID_GROUP_ID') return results
  const text =
    'Kafka cannot delete single offsets of the group with the empty id: delete the group, or commit other offsets'
  return new KafkaError('INVALID_GROUP_ID', text, { cause: results })
}

/**
 * Deletes committed offsets; those of a share group by its own request. Kafka keeps offsets of topics that members of a
 * consumer group subscribe to.
 */
export const deleteOffsets = async (
  parts: GroupParts,
  groupId: string,
  partitions: readonly TopicPartition[],
  bounds: RetryBounds,
): Promise<readonly Outcome<TopicPartition>[]> => {
  const { sound, outcomes } = eachItem(partitions, partitionText, () => groupIdProblem(groupId))
  if (sound.length === 0) return outcomes(new Map())
  const request = () => offsetDeleteRequest(groupId, sound)
  const deleted = await changeOffsets(parts, { groupId, request }, bounds)
  if (!isFailure(deleted) || deleted.code !== 'GROUP_ID_NOT_FOUND') return outcomes(explained(groupId, deleted))
  const ofShare = await deleteShareOffsets(parts, groupId, sound, bounds)
  return outcomes(isTooOld(ofShare) ? deleted : ofShare)
}
