import type { ApiRequest } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'

/** One partition's part; no partition may be named twice in a request. */
interface DeleteRecordsPartition {
  readonly partition: number
  /** The first offset that stays. (Kafka's -1, "the high watermark", is another one at each repetition: not used.) */
  readonly offset: bigint
}

/** The partitions of one topic. */
export interface DeleteRecordsTopic {
  readonly name: string
  readonly partitions: readonly DeleteRecordsPartition[]
}

/** What became of one partition. */
export interface DeleteRecordsResult {
  readonly topic: string
  readonly partition: number
  /** Where the log starts now; -1 with an error. */
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

/** DeleteRecords v2 (Kafka 2.4 and newer), for the leader of every partition named. */
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
