import { type TopicName, toTopicName } from '../../kafka/topic-name.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'
import { byPartition, type FetchedOffset, type GroupOffsets, inOrder } from './group-offsets.ts'
import { sliced } from './sliced.ts'

const readPartition = (reader: ByteReader, topic: TopicName): FetchedOffset => {
  const one = {
    topic,
    partition: reader.int32(),
    offset: reader.int64(),
    leaderEpoch: reader.int32(),
    metadata: '',
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
  }
  reader.skipTags()
  return one
}

const readTopic = (reader: ByteReader): readonly FetchedOffset[] => {
  const topic = toTopicName(reader.compactString() ?? '')
  reader.uuid() // topic id
  const partitions = reader.compactArray(() => readPartition(reader, topic)).sort(byPartition)
  reader.skipTags()
  return partitions
}

const readGroup = async (reader: ByteReader): Promise<GroupOffsets> => {
  const groupId = reader.compactString() ?? ''
  const offsets = inOrder(await sliced(reader, () => readTopic(reader)))
  const group = { groupId, offsets, errorCode: reader.int16(), errorMessage: reader.compactString() }
  reader.skipTags()
  return group
}

/** DescribeShareGroupOffsets v0 (Kafka 4.1): where share groups read on, in every partition that they have begun. */
export const describeShareGroupOffsetsRequest = (groupIds: readonly string[]): ApiRequest<readonly GroupOffsets[]> => ({
  apiKey: 90,
  apiName: 'DescribeShareGroupOffsets',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(groupIds, groupId => {
      // Null: all topics.
      writer
        .compactString(groupId)
        .compactArray(null, () => {})
        .noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    reader.int32() // throttle time
    return sliced(reader, () => readGroup(reader))
  },
})
