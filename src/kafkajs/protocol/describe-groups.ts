import type { GroupMemberDescription } from '../../kafka/groups.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'
import { consumerAssignmentOf } from './consumer-assignment.ts'
import { type DescribedGroup, describeRequest } from './described-group.ts'
import { sliced } from './sliced.ts'

/** API key of DescribeGroups, to look it up among a broker's versions. */
export const DESCRIBE_GROUPS = 15

/** What consumers agree on; the assignments of other groups (Connect's, schema registries') are their own affair. */
const CONSUMER = 'consumer'

const readBytes = (reader: ByteReader): Buffer => reader.raw(Math.max(reader.uvarint() - 1, 0))

const readMember = (reader: ByteReader, protocolType: string): GroupMemberDescription => {
  const memberId = reader.compactString() ?? ''
  const groupInstanceId = reader.compactString()
  const clientId = reader.compactString() ?? ''
  const host = reader.compactString() ?? ''
  readBytes(reader) // subscription
  const assigned = readBytes(reader)
  reader.skipTags()
  const assignment = protocolType === CONSUMER ? consumerAssignmentOf(assigned) : []
  const identity = { memberId, groupInstanceId, clientId, host, rackId: null }
  return { ...identity, assignment, targetAssignment: null, memberEpoch: null, isUpgraded: null }
}

const readGroup = async (reader: ByteReader, version: number): Promise<DescribedGroup> => {
  const head = {
    errorCode: reader.int16(),
    errorMessage: version < 6 ? null : reader.compactString(),
    groupId: reader.compactString() ?? '',
    state: reader.compactString() ?? '',
    protocolType: reader.compactString() ?? '',
    assignor: reader.compactString() ?? '',
    groupEpoch: null,
    assignmentEpoch: null,
  }
  const members = await sliced(reader, () => readMember(reader, head.protocolType))
  const group = { ...head, members, authorizedOperations: reader.int32() }
  reader.skipTags()
  return group
}

/**
 * DescribeGroups v5 (Kafka 2.4) or v6 (Kafka 4.0), for classic groups only. v5 calls a group that is not there, and one of
 * the newer protocols that is, "Dead" without an error; v6 answers GROUP_ID_NOT_FOUND (KIP-1043).
 */
export const describeGroupsRequest = (
  groupIds: readonly string[],
  version: number,
): ApiRequest<readonly DescribedGroup[]> =>
  describeRequest(
    {
      apiKey: DESCRIBE_GROUPS,
      apiName: 'DescribeGroups',
      apiVersion: version,
      readGroup: reader => readGroup(reader, version),
    },
    groupIds,
  )
