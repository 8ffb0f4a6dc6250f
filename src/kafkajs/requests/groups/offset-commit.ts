import type { NewCommittedOffset } from '../../../kafka/groups.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { byTopic } from '../by-topic.ts'
import type { GroupOffsetsResult, PartitionResult } from '../replicas/partition-results.ts'

/** API key of OffsetCommit, to look up a broker's versions. */
export const OFFSET_COMMIT = 8

/** No generation and no member: Kafka accepts such commits while the group has no members. */
const NO_GENERATION = -1
const NO_MEMBER = ''

const readTopic = (reader: ByteReader): readonly PartitionResult[] => {
  const topic = reader.compactString() ?? ''
  const partitions = reader.compactArray(() => {
    const result = { topic, partition: reader.int32(), errorCode: reader.int16(), errorMessage: null }
    reader.skipTags()
    return result
  })
  reader.skipTags()
  return partitions
}

/** OffsetCommit v8 (Kafka 2.4) or v9 (Kafka 3.7), which have the same bytes. Creates the group if it does not exist. */
export const offsetCommitRequest = (
  groupId: string,
  offsets: readonly NewCommittedOffset[],
  version: number,
): ApiRequest<GroupOffsetsResult> => ({
  apiKey: OFFSET_COMMIT,
  apiName: 'OffsetCommit',
  apiVersion: version,
  isFlexible: true,
  encode: writer => {
    writer.compactString(groupId).int32(NO_GENERATION).compactString(NO_MEMBER).compactString(null)
    writer.compactArray(byTopic(offsets), ({ topic, items }) => {
      writer.compactString(topic)
      writer.compactArray(items, ({ partition, offset, leaderEpoch, metadata }) => {
        const epoch = leaderEpoch ?? -1
        writer.int32(partition).int64(offset).int32(epoch).compactString(metadata).noTags()
      })
      writer.noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return { errorCode: 0, errorMessage: null, partitions: reader.compactArray(() => readTopic(reader)).flat() }
  },
})
