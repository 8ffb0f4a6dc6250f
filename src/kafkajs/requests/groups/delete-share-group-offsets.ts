import type { ApiRequest } from '../../wire/api-request.ts'

/** The result of one topic. */
export interface DeletedShareTopic {
  readonly topic: string
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** The result for a share group's offsets: one error for all, or one result per topic. */
export interface DeletedShareOffsets {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly topics: readonly DeletedShareTopic[]
}

/** DeleteShareGroupOffsets v0 (Kafka 4.1): deletes whole topics from a share group without members. */
export const deleteShareGroupOffsetsRequest = (
  groupId: string,
  topics: readonly string[],
): ApiRequest<DeletedShareOffsets> => ({
  apiKey: 92,
  apiName: 'DeleteShareGroupOffsets',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactString(groupId).compactArray(topics, topic => writer.compactString(topic).noTags())
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const whole = { errorCode: reader.int16(), errorMessage: reader.compactString() }
    const deleted = reader.compactArray(() => {
      const topic = reader.compactString() ?? ''
      reader.uuid() // topic id
      const result = { topic, errorCode: reader.int16(), errorMessage: reader.compactString() }
      reader.skipTags()
      return result
    })
    return { ...whole, topics: deleted }
  },
})
