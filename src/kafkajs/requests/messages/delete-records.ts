import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'

/** One partition of the request. A request may name a partition only once. */
interface DeleteRecordsPartition {
  readonly partition: number
  /** The first offset to keep. Kafka's -1 ("the high watermark") is not used, because it moves between retries. */
  readonly offset: bigint
}

/** The partitions of one topic. */
export interface DeleteRecordsTopic {
  readonly name: string
  readonly partitions: readonly DeleteRecordsPartition[]
}

/** The result of one partition. */
export interface DeleteRecordsResult {
  readonly topic: string
  readonly partition: number
  /** New start of the log; -1 with an error. */
  readonly lowWatermark: bigint
  readonly errorCode: number
}

const readPartition = (reader: ByteReader, topic: string): DeleteRecordsResult => {
  const result = {
    topic,
    partition: reader.int32(),
    lowWatermark: reader.int64(),
    errorCode: reader.int16(),
  }
  reader.skipTags()
  return result
}

const readTopic = (reader: ByteReader): readonly DeleteRecordsResult[] => {
  const name = reader.compactString() ?? ''
  const partitions = reader.compactArray(() => readPartition(reader, name))
  reader.skipTags()
  return partitions
}

/** DeleteRecords v2 (Kafka 2.4 and newer). Every partition must be led by the receiving broker. */
export const deleteRecordsRequest = (
  topics: readonly DeleteRecordsTopic[],
  timeoutMs: number,
): ApiRequest<readonly DeleteRecordsResult[]> => ({
  apiKey: 21,
  apiName: 'DeleteRecords',
  apiVersion: 2,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(topics, ({ name, partitions }) => {
      writer.compactString(name)
      writer.compactArray(partitions, ({ partition, offset }) => writer.int32(partition).int64(offset).noTags())
      writer.noTags()
    })
    writer.int32(timeoutMs).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => readTopic(reader)).flat()
  },
})
