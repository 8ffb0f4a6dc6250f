import { type TopicName, toTopicName } from '../../../kafka/topic-name.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { sliced } from '../../wire/sliced.ts'
import { byPartition, type FetchedOffset, type GroupOffsets, inOrder } from './group-offsets.ts'

const UNKNOWN_LAG = -1n

const readPartition = (reader: ByteReader, topic: TopicName, version: number): FetchedOffset => {
  const one = {
    topic,
    partition: reader.int32(),
    offset: reader.int64(),
    leaderEpoch: reader.int32(),
    metadata: '',
    lag: version >= 1 ? reader.int64() : UNKNOWN_LAG,
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
  }
  reader.skipTags()
  return one
}

const readTopic = (reader: ByteReader, version: number): readonly FetchedOffset[] => {
  const topic = toTopicName(reader.compactString() ?? '')
  reader.uuid() // topic id
  const partitions = reader.compactArray(() => readPartition(reader, topic, version)).sort(byPartition)
  reader.skipTags()
  return partitions
}

const readGroup = async (reader: ByteReader, version: number): Promise<GroupOffsets> => {
  const groupId = reader.compactString() ?? ''
  const offsets = inOrder(await sliced(reader, () => readTopic(reader, version)))
  const group = { groupId, offsets, errorCode: reader.int16(), errorMessage: reader.compactString() }
  reader.skipTags()
  return group
}

export const DESCRIBE_SHARE_GROUP_OFFSETS = 90

/**
 * DescribeShareGroupOffsets (Kafka 4.1, with lag from 4.2): the start offsets of share groups, in every partition they
 * have started.
 */
export const describeShareGroupOffsetsRequest = (
  groupIds: readonly string[],
  apiVersion: number,
): ApiRequest<readonly GroupOffsets[]> => ({
  apiKey: DESCRIBE_SHARE_GROUP_OFFSETS,
  apiName: 'DescribeShareGroupOffsets',
  apiVersion,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(groupIds, groupId => {
      // Null requests all topics.
      writer
        .compactString(groupId)
        .compactArray(null, () => {})
        .noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return sliced(reader, () => readGroup(reader, apiVersion))
  },
})
