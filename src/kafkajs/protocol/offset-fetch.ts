import { type TopicName, toTopicName } from '../../kafka/topic-name.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'
import { byPartition, type FetchedOffset, type GroupOffsets, inOrder } from './group-offsets.ts'
import { sliced } from './sliced.ts'

/** API key of OffsetFetch, to look it up among a broker's versions. */
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
 * OffsetFetch v8 (Kafka 3.0) or v9 (Kafka 3.7): everything that many groups have committed, in one request. Offsets of open
 * transactions are not waited for: who only looks need not know what may come.
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
      // As nobody in particular: no member id, no epoch.
      if (version >= 9) writer.compactString(null).int32(-1)
      // Null: all topics.
      writer.compactArray(null, () => {}).noTags()
    })
    writer.boolean(requireStable).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return sliced(reader, () => readGroup(reader))
  },
})
