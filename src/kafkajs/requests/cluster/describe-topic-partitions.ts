import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { MetadataPartition, MetadataTopic } from './metadata.ts'

/** API key of DescribeTopicPartitions, to look up a broker's versions. */
export const DESCRIBE_TOPIC_PARTITIONS = 75

/** Start of the next page. */
export interface TopicPartitionCursor {
  readonly topic: string
  readonly partition: number
}

/** One page of topics, by ascending name. A topic split by the page limit continues on the next page. */
export interface TopicPartitionsPage {
  readonly topics: readonly MetadataTopic[]
  /** Null on the last page. */
  readonly next: TopicPartitionCursor | null
}

const readPartition = (reader: ByteReader): MetadataPartition => {
  const nodeIds = () => reader.compactArray(() => reader.int32())
  const errorCode = reader.int16()
  const partition = reader.int32()
  const leader = reader.int32()
  const leaderEpoch = reader.int32()
  const replicas = nodeIds()
  const isr = nodeIds()
  const eligibleLeaderReplicas = nodeIds()
  const lastKnownEligibleLeaderReplicas = nodeIds()
  const offlineReplicas = nodeIds()
  reader.skipTags()
  return {
    ...{ errorCode, partition, leader, leaderEpoch, replicas, isr, offlineReplicas },
    ...{ eligibleLeaderReplicas, lastKnownEligibleLeaderReplicas },
  }
}

const readTopic = (reader: ByteReader): MetadataTopic => {
  const topic = {
    errorCode: reader.int16(),
    name: reader.compactString() ?? '',
    topicId: reader.uuid(),
    isInternal: reader.boolean(),
    partitions: reader.compactArray(() => readPartition(reader)),
    authorizedOperations: reader.int32(),
  }
  reader.skipTags()
  return topic
}

const readCursor = (reader: ByteReader): TopicPartitionCursor | null => {
  if (reader.int8() < 0) return null
  const cursor = { topic: reader.compactString() ?? '', partition: reader.int32() }
  reader.skipTags()
  return cursor
}

/**
 * DescribeTopicPartitions v0 (KRaft, Kafka 3.8 and newer): at most `limit` partitions of these topics, from `cursor`
 * on.
 */
export const describeTopicPartitionsRequest = (
  topics: readonly string[],
  limit: number,
  cursor: TopicPartitionCursor | null,
): ApiRequest<TopicPartitionsPage> => ({
  apiKey: DESCRIBE_TOPIC_PARTITIONS,
  apiName: 'DescribeTopicPartitions',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(topics, name => writer.compactString(name).noTags())
    writer.int32(limit)
    if (cursor === null) writer.int8(-1)
    else writer.int8(1).compactString(cursor.topic).int32(cursor.partition).noTags()
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return { topics: reader.compactArray(() => readTopic(reader)), next: readCursor(reader) }
  },
})
