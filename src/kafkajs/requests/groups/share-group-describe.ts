import type { GroupMemberDescription } from '../../../kafka/groups.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { sliced } from '../../wire/sliced.ts'
import { type DescribedGroup, describeRequest, readAssignment } from './described-group.ts'

const readMember = (reader: ByteReader): GroupMemberDescription => {
  const memberId = reader.compactString() ?? ''
  const rackId = reader.compactString()
  const memberEpoch = reader.int32()
  const clientId = reader.compactString() ?? ''
  const host = reader.compactString() ?? ''
  reader.compactArray(() => reader.compactString()) // subscribed topics
  const assignment = readAssignment(reader)
  reader.skipTags()
  const identity = { memberId, groupInstanceId: null, clientId, host, rackId }
  return { ...identity, assignment, targetAssignment: null, memberEpoch, isUpgraded: null }
}

const readGroup = async (reader: ByteReader): Promise<DescribedGroup> => {
  const group = {
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
    groupId: reader.compactString() ?? '',
    state: reader.compactString() ?? '',
    protocolType: 'share',
    groupEpoch: reader.int32(),
    assignmentEpoch: reader.int32(),
    assignor: reader.compactString() ?? '',
    members: await sliced(reader, () => readMember(reader)),
    authorizedOperations: reader.int32(),
  }
  reader.skipTags()
  return group
}

/** ShareGroupDescribe v1 (Kafka 4.1), the first stable version; v0 was the early access of Kafka 4.0. */
export const shareGroupDescribeRequest = (groupIds: readonly string[]): ApiRequest<readonly DescribedGroup[]> =>
  describeRequest({ apiKey: 77, apiName: 'ShareGroupDescribe', apiVersion: 1, readGroup }, groupIds)
