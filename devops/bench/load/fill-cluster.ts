import { kafkaLimits } from '../../../src/config/derived-limits.ts'
import { isFailure } from '../../../src/kafka/errors/kafka-error.ts'
import { silentLogger } from '../../../src/kafka/logger.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import { ownCall } from '../../../src/kafka/ports/call.ts'
import { type TopicName, toTopicName } from '../../../src/kafka/topic-name.ts'
import { createKafka, type KafkaAdapter } from '../../../src/kafkajs/create-kafka.ts'
import type { Stage } from '../harness/stage.ts'

/** The sizes of the cluster to list. */
export interface ClusterSizes {
  readonly topics: number
  readonly groups: number
  readonly partitions: number
}

const TOPICS_A_REQUEST = 50
const GROUPS_AT_ONCE = 16
const ATTEMPTS = 5
/** Electing each topic's leaders delays the next request. */
const LIMIT_MS = 60_000

const limits = kafkaLimits({
  kafkaTimeoutMs: LIMIT_MS,
  maxRequestBytes: 8 << 20,
  ringBytes: 4 << 20,
  catchUpBytes: 1 << 20,
  maxPageSize: 1000,
  maxProduceMessages: 2000,
  produceTimeoutMs: 30_000,
  shutdownGraceMs: 5000,
})

const nameOf = (kind: string, index: number): string => `${kind}-${String(index).padStart(5, '0')}`

/** Creates topics with one replica a partition, and groups with a commit on every partition of one topic. */
export const fillCluster = async (stage: Stage, { topics, groups, partitions }: ClusterSizes) => {
  await using kafka = createKafka({
    brokers: stage.brokers.split(','),
    clientId: 'bench',
    logger: silentLogger,
    limits,
  })
  const names = Array.from({ length: topics }, (_, i) => toTopicName(nameOf('admin', i)))
  for (let i = 0; i < topics; i += TOPICS_A_REQUEST) {
    const wanted = names.slice(i, i + TOPICS_A_REQUEST).map(name => ({
      ...{ name, numPartitions: partitions, replicationFactor: 1, replicaAssignments: null, configs: [] },
    }))
    const made = await kafka.topicAdmin.createTopics(ownCall(), wanted)
    const failure = made.find(isFailure)
    if (failure) throw failure
    if (i % 200 === 0) stage.say(`${i} of ${topics} topics`)
  }
  const groupIds = Array.from({ length: groups }, (_, i) => nameOf('group', i))
  for (let i = 0; i < groups; i += GROUPS_AT_ONCE) {
    const part = groupIds.slice(i, i + GROUPS_AT_ONCE)
    await Promise.all(part.map((groupId, index) => commit(kafka, groupId, names[(i + index) % topics], partitions)))
  }
  stage.say(`${topics} topics of ${partitions} partitions, ${groups} groups`)
  return { names, groupIds }
}

const commit = async (kafka: KafkaAdapter, groupId: string, topic: TopicName | undefined, partitions: number) => {
  if (topic === undefined) return
  const offsets = Array.from({ length: partitions }, (_, partition) => ({
    ...{ topic, partition, offset: toOffset(0n), leaderEpoch: null, metadata: '' },
  }))
  for (let attempt = 1; ; attempt++) {
    const failure = (await kafka.groupAdmin.alterOffsets(ownCall(), groupId, offsets)).find(isFailure)
    if (failure === undefined) return
    // The first groups wait until Kafka has created the offsets topic. Sending the same commit again is safe.
    if (attempt === ATTEMPTS) throw failure
  }
}
