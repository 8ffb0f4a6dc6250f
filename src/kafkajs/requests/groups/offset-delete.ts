import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { byTopic } from '../by-topic.ts'
import type { GroupOffsetsResult, PartitionResult } from '../replicas/partition-results.ts'

const readTopic = (reader: ByteReader): readonly PartitionResult[] => {
  const topic = reader.string() ?? ''
  return reader.array(() => ({ topic, partition: reader.int32(), errorCode: reader.int16(), errorMessage: null }))
}

/** OffsetDelete v0 (Kafka 2.4), the only version, in the old non-flexible format. */
export const offsetDeleteRequest = (
  groupId: string,
  partitions: readonly TopicPartition[],
): ApiRequest<GroupOffsetsResult> => ({
  apiKey: 47,
  apiName: 'OffsetDelete',
  apiVersion: 0,
  isFlexible: false,
  encode: writer => {
    writer.string(groupId).array(byTopic(partitions), ({ topic, items }) => {
      writer.string(topic).array(items, ({ partition }) => writer.int32(partition))
    })
  },
  decode: reader => {
    const errorCode = reader.int16()
    reader.throttleTime()
    return { errorCode, errorMessage: null, partitions: reader.array(() => readTopic(reader)).flat() }
  },
})
