import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'

/** The result of one topic. */
export interface DeleteTopicResult {
  readonly name: string
  readonly topicId: string
  readonly errorCode: number
  readonly errorMessage: string | null
}

const NO_TOPIC_ID = '00000000-0000-0000-0000-000000000000'

const readResult = (reader: ByteReader): DeleteTopicResult => {
  const result = {
    name: reader.compactString() ?? '',
    topicId: reader.uuid(),
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
  }
  reader.skipTags()
  return result
}

/** DeleteTopics v6 (Kafka 2.8 and newer), by name. */
export const deleteTopicsRequest = (
  names: readonly string[],
  timeoutMs: number,
): ApiRequest<readonly DeleteTopicResult[]> => ({
  apiKey: 20,
  apiName: 'DeleteTopics',
  apiVersion: 6,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(names, name => writer.compactString(name).uuid(NO_TOPIC_ID).noTags())
    writer.int32(timeoutMs).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => readResult(reader))
  },
})
