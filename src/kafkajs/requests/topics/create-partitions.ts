import type { NewPartitions } from '../../../kafka/ports/topic-admin.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { MutationMode } from './create-topics.ts'

/** The result of one topic. */
export interface CreatePartitionsResult {
  readonly name: string
  readonly errorCode: number
  readonly errorMessage: string | null
}

const readResult = (reader: ByteReader): CreatePartitionsResult => {
  const result = { name: reader.compactString() ?? '', errorCode: reader.int16(), errorMessage: reader.compactString() }
  reader.skipTags()
  return result
}

/** CreatePartitions v3 (Kafka 2.8 and newer). */
export const createPartitionsRequest = (
  topics: readonly NewPartitions[],
  { timeoutMs, validateOnly }: MutationMode,
): ApiRequest<readonly CreatePartitionsResult[]> => ({
  apiKey: 37,
  apiName: 'CreatePartitions',
  apiVersion: 3,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(topics, ({ topic, totalCount, assignments }) => {
      writer.compactString(topic).int32(totalCount)
      writer.compactArray(assignments, nodeIds => {
        writer.compactArray(nodeIds, nodeId => writer.int32(nodeId)).noTags()
      })
      writer.noTags()
    })
    writer.int32(timeoutMs).boolean(validateOnly).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => readResult(reader))
  },
})
