import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { CommittedOffset } from '../../../kafka/groups.ts'
import { partitionText, type TopicPartition } from '../../../kafka/topic-partition.ts'
import {
  type DeletedShareOffsets,
  deleteShareGroupOffsetsRequest,
} from '../../requests/groups/delete-share-group-offsets.ts'
import { describeShareGroupOffsetsRequest } from '../../requests/groups/describe-share-group-offsets.ts'
import type { RetryBounds } from '../../transport/retry.ts'
import { askCoordinators } from './ask-coordinators.ts'
import { offsetsOf } from './committed-offsets.ts'
import type { GroupParts } from './group-parts.ts'
import { sendToCoordinators } from './send-to-coordinator.ts'

type ByTopic = ReadonlyMap<string, KafkaError | null>

const readOffsets = async (
  parts: GroupParts,
  groupId: string,
  bounds: RetryBounds,
): Promise<Outcome<readonly CommittedOffset[]>> => {
  const question = {
    groupIds: [groupId],
    ask: async ({ nodeId }: { readonly nodeId: number }) => {
      const groups = await parts.cluster.askNode(nodeId, () => describeShareGroupOffsetsRequest([groupId], 0))
      return new Map(groups.map(group => [group.groupId, offsetsOf(group)]))
    },
  }
  return (await askCoordinators(parts, question, bounds)).get(groupId) ?? []
}

const topicsOf = (group: string, { errorCode, errorMessage, topics }: DeletedShareOffsets): Outcome<ByTopic> => {
  if (errorCode !== 0) return kafkaErrorAbout({ group }, errorCode, errorMessage)
  return new Map(
    topics.map(({ topic, errorCode: code, errorMessage: message }) => [
      topic,
      code === 0 ? null : kafkaErrorAbout({ group, topic }, code, message),
    ]),
  )
}

const notAsAWhole = ({ topic }: TopicPartition): KafkaError => {
  const text = `offsets of a share group are deleted by topic: name every partition of ${topic} that the group has started`
  return new KafkaError('INVALID_REQUEST', text)
}

const sendTopics = async (
  parts: GroupParts,
  groupId: string,
  topics: readonly string[],
  bounds: RetryBounds,
): Promise<Outcome<ByTopic>> => {
  if (topics.length === 0) return new Map()
  const change = {
    groupIds: [groupId],
    request: () => deleteShareGroupOffsetsRequest(groupId, topics),
    outcomes: (answer: DeletedShareOffsets) => new Map([[groupId, topicsOf(groupId, answer)]]),
  }
  const answers = await sendToCoordinators(parts, change, bounds)
  return answers.get(groupId) ?? new KafkaError('UNKNOWN_SERVER_ERROR')
}

/**
 * Deletes a share group's offsets. Kafka can only delete whole topics, so a topic of which only some started partitions
 * are named is refused: more would be deleted than requested.
 */
export const deleteShareOffsets = async (
  parts: GroupParts,
  groupId: string,
  partitions: readonly TopicPartition[],
  bounds: RetryBounds,
): Promise<Outcome<ReadonlyMap<string, Outcome<TopicPartition>>>> => {
  const begun = await readOffsets(parts, groupId, bounds)
  if (isFailure(begun)) return begun
  const named = new Set(partitions.map(partitionText))
  const partly = new Set(begun.filter(one => !named.has(partitionText(one))).map(({ topic }) => topic))
  const whole = [...new Set(partitions.map(({ topic }) => topic))].filter(topic => !partly.has(topic))
  const deleted = await sendTopics(parts, groupId, whole, bounds)
  const outcomeOf = (one: TopicPartition): Outcome<TopicPartition> => {
    if (partly.has(one.topic)) return notAsAWhole(one)
    return (isFailure(deleted) ? deleted : deleted.get(one.topic)) ?? { topic: one.topic, partition: one.partition }
  }
  return new Map(partitions.map(one => [partitionText(one), outcomeOf(one)]))
}
