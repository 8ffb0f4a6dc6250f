import type { IsolationLevel } from '../../../kafka/message.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'

/** One partition of the request. A request may name a partition only once. */
interface ListOffsetsPartition {
  readonly partition: number
  /** Epoch ms, or Kafka's -2 for the earliest offset, -1 for the latest, -3 for the one of the greatest timestamp. */
  readonly timestamp: bigint
}

/** The partitions of one topic. */
export interface ListOffsetsTopic {
  readonly name: string
  readonly partitions: readonly ListOffsetsPartition[]
}

/** The result of one partition. Timestamp and offset are -1 if no message is that recent. */
export interface ListedOffset {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly timestamp: bigint
  readonly offset: bigint
  /** -1 if unknown. */
  readonly leaderEpoch: number
}

/** Replica id of a client. */
const CLIENT = -1
/** Skips the leader epoch check: a broker that no longer leads returns an error anyway. */
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

/** ListOffsets v7 (Kafka 3.0 and newer). Every partition must be led by the receiving broker. */
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
