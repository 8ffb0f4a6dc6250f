import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'

/** A topic to create, as on the wire. */
export interface WireNewTopic {
  readonly name: string
  /** -1 uses the broker's default, or the count in `assignments`. */
  readonly numPartitions: number
  /** -1 uses the broker's default, or the count in `assignments`. */
  readonly replicationFactor: number
  /** Node ids by partition; empty lets the cluster choose. */
  readonly assignments: readonly (readonly number[])[]
  readonly configs: readonly { readonly name: string; readonly value: string | null }[]
}

/** The result of one topic. */
export interface CreateTopicResult {
  readonly name: string
  readonly topicId: string
  readonly errorCode: number
  readonly errorMessage: string | null
  /** -1 if the caller may not read the topic's configs. */
  readonly numPartitions: number
  readonly replicationFactor: number
}

/** Options of a change to the cluster. */
export interface MutationMode {
  /** Time limit of the controller, in ms. */
  readonly timeoutMs: number
  readonly validateOnly: boolean
}

const passConfig = (reader: ByteReader): void => {
  reader.compactString() // name
  reader.compactString() // value
  reader.raw(3) // read-only, source, sensitive
  reader.skipTags()
}

const readResult = (reader: ByteReader): CreateTopicResult => {
  const result = {
    name: reader.compactString() ?? '',
    topicId: reader.uuid(),
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
    numPartitions: reader.int32(),
    replicationFactor: reader.int16(),
  }
  reader.compactArray(() => passConfig(reader))
  reader.skipTags()
  return result
}

/** CreateTopics v7 (Kafka 2.8 and newer). */
export const createTopicsRequest = (
  topics: readonly WireNewTopic[],
  { timeoutMs, validateOnly }: MutationMode,
): ApiRequest<readonly CreateTopicResult[]> => ({
  apiKey: 19,
  apiName: 'CreateTopics',
  apiVersion: 7,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(topics, topic => {
      writer.compactString(topic.name).int32(topic.numPartitions).int16(topic.replicationFactor)
      writer.compactArray([...topic.assignments.entries()], ([partition, nodeIds]) => {
        writer
          .int32(partition)
          .compactArray(nodeIds, nodeId => writer.int32(nodeId))
          .noTags()
      })
      writer.compactArray(topic.configs, ({ name, value }) => writer.compactString(name).compactString(value).noTags())
      writer.noTags()
    })
    writer.int32(timeoutMs).boolean(validateOnly).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => readResult(reader))
  },
})
