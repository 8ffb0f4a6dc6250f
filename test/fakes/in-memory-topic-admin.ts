import { KafkaError, type Outcome } from '../../src/kafka/errors/kafka-error.ts'
import type {
  CreatedTopic,
  DeletedRecords,
  LowWatermark,
  NewTopic,
  TopicAdmin,
} from '../../src/kafka/ports/topic-admin.ts'
import { configValue, isTopicConfig } from './in-memory-catalog.ts'
import type { InMemoryCluster } from './in-memory-cluster.ts'

const problemOf = (cluster: InMemoryCluster, topic: NewTopic): KafkaError | null => {
  if (cluster.topic(topic.name) !== null)
    return new KafkaError('TOPIC_ALREADY_EXISTS', `Topic '${topic.name}' already exists.`)
  if (topic.numPartitions !== null && topic.numPartitions < 1) return new KafkaError('INVALID_PARTITIONS')
  const factor = topic.replicationFactor ?? 1
  if (factor < 1 || factor > cluster.brokers.length) return new KafkaError('INVALID_REPLICATION_FACTOR')
  const unknown = topic.configs.find(({ name }) => !isTopicConfig(name))
  return unknown === undefined ? null : new KafkaError('INVALID_CONFIG', `Unknown topic config name: ${unknown.name}`)
}

const deleteBefore = (
  cluster: InMemoryCluster,
  name: string,
  { partition, before }: DeletedRecords,
): Outcome<LowWatermark> => {
  const topic = cluster.topic(name)
  const log = topic?.partitions[partition]?.log
  if (topic === null || log === undefined) return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
  if (configValue(topic, 'cleanup.policy') === 'compact') return new KafkaError('POLICY_VIOLATION')
  const offset = before ?? log.end
  if (offset < 0n || offset > log.end) {
    const details = { earliestOffset: log.start, latestOffset: log.end }
    return new KafkaError('OFFSET_OUT_OF_RANGE', `has offsets from ${log.start} up to, not including, ${log.end}`, {
      details,
    })
  }
  if (offset > log.start) log.deleteBefore(offset)
  return { partition, offset: log.start }
}

/** The TopicAdmin port over the fake's cluster. */
export const inMemoryTopicAdmin = (cluster: InMemoryCluster): TopicAdmin => {
  const create = (wanted: NewTopic, validateOnly: boolean): Outcome<CreatedTopic> => {
    const problem = problemOf(cluster, wanted)
    if (problem !== null) return problem
    const numPartitions = wanted.replicaAssignments?.length ?? wanted.numPartitions ?? 1
    const replicationFactor = wanted.replicaAssignments?.[0]?.length ?? wanted.replicationFactor ?? 1
    if (validateOnly) return { name: wanted.name, topicId: null, numPartitions, replicationFactor }
    const topic = cluster.add(wanted.name, 0, replicationFactor)
    cluster.grow(topic, numPartitions, replicationFactor, wanted.replicaAssignments ?? undefined)
    for (const { name, value } of wanted.configs) if (value !== null) topic.configs.set(name, value)
    return { name: wanted.name, topicId: topic.topicId, numPartitions, replicationFactor }
  }
  const repeated = (name: string, names: readonly string[]): KafkaError | null =>
    names.filter(one => one === name).length > 1 ? new KafkaError('INVALID_REQUEST', `${name} is named twice`) : null
  return {
    async createTopics({ signal }, topics, { validateOnly = false } = {}) {
      cluster.counts.createTopics += 1
      cluster.mustAnswer(signal)
      const names = topics.map(({ name }) => name)
      return topics.map(topic => repeated(topic.name, names) ?? create(topic, validateOnly))
    },
    async deleteTopics({ signal }, names) {
      cluster.counts.deleteTopics += 1
      cluster.mustAnswer(signal)
      const outcomes = names.map(name => {
        const problem = repeated(name, names)
        if (problem !== null) return problem
        const deleted = cluster.topics.delete(name)
        return deleted ? name : new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
      })
      cluster.changed()
      return outcomes
    },
    async createPartitions({ signal }, { topic: name, totalCount, assignments }, { validateOnly = false } = {}) {
      cluster.counts.createPartitions += 1
      cluster.mustAnswer(signal)
      const topic = cluster.topic(name)
      if (topic === null) return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
      if (totalCount <= topic.partitions.length)
        return new KafkaError('INVALID_PARTITIONS', `Topic currently has ${topic.partitions.length} partitions.`)
      const factor = topic.partitions[0]?.replicas.length ?? 1
      if (!validateOnly) cluster.grow(topic, totalCount, factor, assignments ?? undefined)
      return name
    },
    async deleteRecords({ signal }, topic, before) {
      cluster.counts.deleteRecords += 1
      cluster.mustAnswer(signal)
      const partitions = before.map(({ partition }) => String(partition))
      const outcomes = before.map(
        one => repeated(String(one.partition), partitions) ?? deleteBefore(cluster, topic, one),
      )
      cluster.changed()
      return outcomes
    },
  }
}
