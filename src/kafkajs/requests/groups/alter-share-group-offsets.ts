import type { NewCommittedOffset } from '../../../kafka/groups.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { byTopic } from '../by-topic.ts'
import type { GroupOffsetsResult, PartitionResult } from '../replicas/partition-results.ts'

/** API key of AlterShareGroupOffsets, to look up a broker's versions. */
export const ALTER_SHARE_GROUP_OFFSETS = 91

const readTopic = (reader: ByteReader): readonly PartitionResult[] => {
  const topic = reader.compactString() ?? ''
  reader.uuid() // topic id
  const partitions = reader.compactArray(() => {
    const head = { topic, partition: reader.int32(), errorCode: reader.int16() }
    const result = { ...head, errorMessage: reader.compactString() }
    reader.skipTags()
    return result
  })
  reader.skipTags()
  return partitions
}

/**
 * AlterShareGroupOffsets v0 (Kafka 4.1): sets the start offsets of a share group without members. It has no epochs and
 * no metadata.
 */
export const alterShareGroupOffsetsRequest = (
  groupId: string,
  offsets: readonly NewCommittedOffset[],
): ApiRequest<GroupOffsetsResult> => ({
  apiKey: ALTER_SHARE_GROUP_OFFSETS,
  apiName: 'AlterShareGroupOffsets',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactString(groupId).compactArray(byTopic(offsets), ({ topic, items }) => {
      writer.compactString(topic)
      writer.compactArray(items, one => writer.int32(one.partition).int64(one.offset).noTags()).noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const whole = { errorCode: reader.int16(), errorMessage: reader.compactString() }
    return { ...whole, partitions: reader.compactArray(() => readTopic(reader)).flat() }
  },
})
