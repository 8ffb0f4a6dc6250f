import type { ApiRequest } from '../../wire/api-request.ts'

/** The result of removing members: one error for all, or one result per member. */
export interface LeaveGroupResult {
  readonly errorCode: number
  readonly members: readonly { readonly groupInstanceId: string; readonly errorCode: number }[]
}

/** Members are named by their static id alone, so the member id is empty. */
const ANY_MEMBER = ''

/** LeaveGroup v5 (Kafka 3.2): removes static members on anyone's request. The broker logs `reason`. */
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
