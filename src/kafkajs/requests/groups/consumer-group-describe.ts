import type { GroupMemberDescription } from '../../../kafka/groups.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { sliced } from '../../wire/sliced.ts'
import { type DescribedGroup, describeRequest, readAssignment } from './described-group.ts'

/** API key of ConsumerGroupDescribe, to look up a broker's versions. */
export const CONSUMER_GROUP_DESCRIBE = 69

/** The protocol of a member, in versions that report it. */
const CLASSIC = 0
const CONSUMER = 1

const readIsUpgraded = (reader: ByteReader): boolean | null => {
  const type = reader.int8()
  return type === CLASSIC || type === CONSUMER ? type === CONSUMER : null
}

const readMember = (reader: ByteReader, version: number): GroupMemberDescription => {
  const memberId = reader.compactString() ?? ''
  const groupInstanceId = reader.compactString()
  const rackId = reader.compactString()
  const memberEpoch = reader.int32()
  const clientId = reader.compactString() ?? ''
  const host = reader.compactString() ?? ''
  reader.compactArray(() => reader.compactString()) // subscribed topics
  reader.compactString() // subscribed pattern
  const assignment = readAssignment(reader)
  const targetAssignment = readAssignment(reader)
  const isUpgraded = version < 1 ? null : readIsUpgraded(reader)
  reader.skipTags()
  const identity = { memberId, groupInstanceId, clientId, host, rackId }
  return { ...identity, assignment, targetAssignment, memberEpoch, isUpgraded }
}

const readGroup = async (reader: ByteReader, version: number): Promise<DescribedGroup> => {
  const group = {
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
    groupId: reader.compactString() ?? '',
    state: reader.compactString() ?? '',
    protocolType: 'consumer',
    groupEpoch: reader.int32(),
    assignmentEpoch: reader.int32(),
    assignor: reader.compactString() ?? '',
    members: await sliced(reader, () => readMember(reader, version)),
    authorizedOperations: reader.int32(),
  }
  reader.skipTags()
  return group
}

/** ConsumerGroupDescribe v0 (Kafka 3.7) or v1 (Kafka 4.0), which reports the protocol of each member (KIP-1099). */
export const consumerGroupDescribeRequest = (
  groupIds: readonly string[],
  version: number,
): ApiRequest<readonly DescribedGroup[]> =>
  describeRequest(
    {
      apiKey: CONSUMER_GROUP_DESCRIBE,
      apiName: 'ConsumerGroupDescribe',
      apiVersion: version,
      readGroup: reader => readGroup(reader, version),
    },
    groupIds,
  )
