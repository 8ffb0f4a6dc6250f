import type { ApiRequest } from '../../wire/api-request.ts'

/** The result of one group. */
export interface DeletedGroup {
  readonly groupId: string
  readonly errorCode: number
}

/** DeleteGroups v2 (Kafka 2.4), for groups of every type. */
export const deleteGroupsRequest = (groupIds: readonly string[]): ApiRequest<readonly DeletedGroup[]> => ({
  apiKey: 42,
  apiName: 'DeleteGroups',
  apiVersion: 2,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(groupIds, groupId => writer.compactString(groupId)).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => {
      const result = { groupId: reader.compactString() ?? '', errorCode: reader.int16() }
      reader.skipTags()
      return result
    })
  },
})
