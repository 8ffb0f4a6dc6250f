import type { GroupMemberDescription } from '../../../kafka/groups.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { sliced } from '../../wire/sliced.ts'
import { consumerAssignmentOf } from './consumer-assignment.ts'
import { type DescribedGroup, describeRequest } from './described-group.ts'

/** API key of DescribeGroups, to look up a broker's versions. */
export const DESCRIBE_GROUPS = 15

/** Protocol type of consumers. Assignments of other types (Connect, schema registries) have formats of their own. */
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
 * DescribeGroups v5 (Kafka 2.4) or v6 (Kafka 4.0), for classic groups only. v5 returns "Dead" without an error for a
 * missing group and for a group of a newer protocol; v6 returns GROUP_ID_NOT_FOUND (KIP-1043).
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
