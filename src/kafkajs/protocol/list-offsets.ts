import type { IsolationLevel } from '../../kafka/message.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'

/** One partition's question; no partition may be named twice in a request. */
interface ListOffsetsPartition {
  readonly partition: number
  /** Epoch ms, or Kafka's -2 for the earliest offset, -1 for the latest and -3 for that of the greatest timestamp. */
  readonly timestamp: bigint
}

/** The questions about one topic's partitions. */
export interface ListOffsetsTopic {
  readonly name: string
  readonly partitions: readonly ListOffsetsPartition[]
}

/** One partition's answer; timestamp and offset are -1 when no message is that young. */
export interface ListedOffset {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly timestamp: bigint
  readonly offset: bigint
  /** -1 when it is not known. */
  readonly leaderEpoch: number
}

/** No replica asks, but a client. */
const CLIENT = -1
/** The leader epoch is not checked: a broker that no longer leads says so anyway. */
const ANY_EPOCH = -1

const readPartition = (reader: ByteReader, topic: string): ListedOffset => {
  const answer = {
    topic,
    partition: reader.int32(),
    errorCode: reader.int16(),
    timestamp: reader.int64(),
    offset: reader.int64(),
    leaderEpoch: reader.int32(),
  }
  reader.skipTags()
  return answer
}

const readTopic = (reader: ByteReader): readonly ListedOffset[] => {
  const name = reader.compactString() ?? ''
  const partitions = reader.compactArray(() => readPartition(reader, name))
  reader.skipTags()
  return partitions
}

/** ListOffsets v7 (Kafka 3.0 and newer), for the leader of every partition named. */
export const listOffsetsRequest = (
  topics: readonly ListOffsetsTopic[],
  isolationLevel: IsolationLevel,
): ApiRequest<readonly ListedOffset[]> => ({
  apiKey: 2,
  apiName: 'ListOffsets',
  apiVersion: 7,
  isFlexible: true,
  encode: writer => {
    writer.int32(CLIENT).int8(isolationLevel === 'READ_COMMITTED' ? 1 : 0)
    writer.compactArray(topics, ({ name, partitions }) => {
      writer.compactString(name)
      writer.compactArray(partitions, ({ partition, timestamp }) => {
        writer.int32(partition).int32(ANY_EPOCH).int64(timestamp).noTags()
      })
      writer.noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => readTopic(reader)).flat()
  },
})
