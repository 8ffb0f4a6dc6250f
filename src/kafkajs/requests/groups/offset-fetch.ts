import { type TopicName, toTopicName } from '../../../kafka/topic-name.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { sliced } from '../../wire/sliced.ts'
import { byPartition, type FetchedOffset, type GroupOffsets, inOrder } from './group-offsets.ts'

/** API key of OffsetFetch, to look up a broker's versions. */
export const OFFSET_FETCH = 9

const readPartition = (reader: ByteReader, topic: TopicName): FetchedOffset => {
  const one = {
    topic,
    partition: reader.int32(),
    offset: reader.int64(),
    leaderEpoch: reader.int32(),
    metadata: reader.compactString() ?? '',
    errorCode: reader.int16(),
    errorMessage: null,
  }
  reader.skipTags()
  return one
}

const readTopic = (reader: ByteReader): readonly FetchedOffset[] => {
  const topic = toTopicName(reader.compactString() ?? '')
  const partitions = reader.compactArray(() => readPartition(reader, topic)).sort(byPartition)
  reader.skipTags()
  return partitions
}

const readGroup = async (reader: ByteReader): Promise<GroupOffsets> => {
  const groupId = reader.compactString() ?? ''
  const offsets = inOrder(await sliced(reader, () => readTopic(reader)))
  const errorCode = reader.int16()
  reader.skipTags()
  return { groupId, offsets, errorCode, errorMessage: null }
}

/**
 * OffsetFetch v8 (Kafka 3.0) or v9 (Kafka 3.7): all committed offsets of many groups in one request. It does not wait
 * for offsets of open transactions, because a reader does not need them.
 */
export const offsetFetchRequest = (
  groupIds: readonly string[],
  version: number,
): ApiRequest<readonly GroupOffsets[]> => ({
  apiKey: OFFSET_FETCH,
  apiName: 'OffsetFetch',
  apiVersion: version,
  isFlexible: true,
  encode: writer => {
    const requireStable = false
    writer.compactArray(groupIds, groupId => {
      writer.compactString(groupId)
      // No member id and no epoch: the caller is not a member.
      if (version >= 9) writer.compactString(null).int32(-1)
      // Null requests all topics.
      writer.compactArray(null, () => {}).noTags()
    })
    writer.boolean(requireStable).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return sliced(reader, () => readGroup(reader))
  },
})
