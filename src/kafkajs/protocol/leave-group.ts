import type { ApiRequest } from '../connection/api-request.ts'

/** What became of members that were to leave: an error of the whole, or one outcome for each. */
export interface LeaveGroupResult {
  readonly errorCode: number
  readonly members: readonly { readonly groupInstanceId: string; readonly errorCode: number }[]
}

/** Named by their static id alone: any member id will do. */
const ANY_MEMBER = ''

/** LeaveGroup v5 (Kafka 3.2): static members leave, whoever asks; the group's log of events tells `reason`. */
export const leaveGroupRequest = (
  groupId: string,
  groupInstanceIds: readonly string[],
  reason: string,
): ApiRequest<LeaveGroupResult> => ({
  apiKey: 13,
  apiName: 'LeaveGroup',
  apiVersion: 5,
  isFlexible: true,
  encode: writer => {
    writer.compactString(groupId).compactArray(groupInstanceIds, groupInstanceId => {
      writer.compactString(ANY_MEMBER).compactString(groupInstanceId).compactString(reason).noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const errorCode = reader.int16()
    const members = reader.compactArray(() => {
      reader.compactString() // member id
      const member = { groupInstanceId: reader.compactString() ?? '', errorCode: reader.int16() }
      reader.skipTags()
      return member
    })
    return { errorCode, members }
  },
})
