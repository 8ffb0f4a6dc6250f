import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { byTopic } from '../by-topic.ts'

/** A producer's state on a replica; -1 for unknown values. */
export interface WireProducer {
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly lastSequence: number
  readonly lastTimestamp: bigint
  readonly coordinatorEpoch: number
  readonly currentTransactionStartOffset: bigint
}

/** The producers of one partition, or an error. */
export interface DescribedProducers {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly producers: readonly WireProducer[]
}

const readProducer = (reader: ByteReader): WireProducer => {
  const producer = {
    producerId: reader.int64(),
    producerEpoch: reader.int32(),
    lastSequence: reader.int32(),
    lastTimestamp: reader.int64(),
    coordinatorEpoch: reader.int32(),
    currentTransactionStartOffset: reader.int64(),
  }
  reader.skipTags()
  return producer
}

const readTopic = (reader: ByteReader): readonly DescribedProducers[] => {
  const topic = reader.compactString() ?? ''
  const partitions = reader.compactArray(() => {
    const described = {
      topic,
      partition: reader.int32(),
      errorCode: reader.int16(),
      errorMessage: reader.compactString(),
      producers: reader.compactArray(() => readProducer(reader)),
    }
    reader.skipTags()
    return described
  })
  reader.skipTags()
  return partitions
}

/** DescribeProducers v0 (Kafka 2.8 and newer). Each replica answers for itself. */
export const describeProducersRequest = (
  partitions: readonly TopicPartition[],
): ApiRequest<readonly DescribedProducers[]> => ({
  apiKey: 61,
  apiName: 'DescribeProducers',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(byTopic(partitions), ({ topic, items }) => {
      writer.compactString(topic)
      writer.compactArray(items, ({ partition }) => writer.int32(partition)).noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => readTopic(reader)).flat()
  },
})
