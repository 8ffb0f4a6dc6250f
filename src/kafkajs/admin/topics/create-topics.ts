import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { CreatedTopic, NewTopic, ValidateOption } from '../../../kafka/ports/topic-admin.ts'
import { type CreateTopicResult, createTopicsRequest, type WireNewTopic } from '../../requests/topics/create-topics.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { checkItems, resultsByName, unanswered } from '../change/each-once.ts'
import { sendChange } from '../change/send-change.ts'
import { untilKnownEverywhere } from '../change/until-known-everywhere.ts'
import type { TopicAdminLimits } from './topic-admin-limits.ts'

/** On the wire -1 means "default", so a -1 from the caller must be refused. */
const BY_DEFAULT = -1
const MAX_INT16 = 32_767

const problemOf = ({ numPartitions, replicationFactor }: NewTopic): KafkaError | null => {
  if (numPartitions !== null && numPartitions < 1) {
    return new KafkaError('INVALID_PARTITIONS', 'Number of partitions must be larger than 0.')
  }
  if (replicationFactor !== null && (replicationFactor < 1 || replicationFactor > MAX_INT16)) {
    const text = `Replication factor must be larger than 0 and no larger than the number of brokers: ${replicationFactor}.`
    return new KafkaError('INVALID_REPLICATION_FACTOR', text)
  }
  return null
}

const wireOf = (topic: NewTopic): WireNewTopic => ({
  name: topic.name,
  numPartitions: topic.numPartitions ?? BY_DEFAULT,
  replicationFactor: topic.replicationFactor ?? BY_DEFAULT,
  assignments: topic.replicaAssignments ?? [],
  configs: topic.configs,
})

const createdOf = (topic: NewTopic, result: CreateTopicResult, validateOnly: boolean): CreatedTopic => ({
  name: topic.name,
  topicId: validateOnly ? null : result.topicId,
  numPartitions: result.numPartitions,
  replicationFactor: result.replicationFactor,
})

/** Creates topics. Resolves once every broker knows them, with a leader for each partition. */
export const createTopics = async (
  cluster: ClusterMap,
  call: Call,
  topics: readonly NewTopic[],
  { deadlineMs, propagationMs }: TopicAdminLimits,
  { validateOnly = false }: ValidateOption,
): Promise<readonly Outcome<CreatedTopic>[]> => {
  const { sound, problems } = checkItems(topics, ({ name }) => name, problemOf)
  const results = await resultsByName(
    sound.map(({ name }) => name),
    () =>
      sendChange(cluster, {
        request: timeoutMs => createTopicsRequest(sound.map(wireOf), { timeoutMs, validateOnly }),
        ...boundsOf(call, deadlineMs),
      }),
  )
  const made = new Map([...results].flatMap(([name, one]) => (isFailure(one) ? [] : [[name, one.topicId] as const])))
  if (!validateOnly) {
    await untilKnownEverywhere(cluster, {
      topics: [...made.keys()],
      isVisible: ({ name, topicId, partitions }) =>
        topicId === made.get(name) && partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
      withinMs: leftMs(call, propagationMs),
      signal: call.signal,
    })
  }
  return topics.map(topic => {
    const outcome = problems.get(topic.name) ?? results.get(topic.name) ?? unanswered(topic.name)
    return isFailure(outcome) ? outcome : createdOf(topic, outcome, validateOnly)
  })
}
