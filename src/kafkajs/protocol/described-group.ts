import type { GroupMemberDescription } from '../../kafka/groups.ts'
import type { TopicPartition } from '../../kafka/topic-partition.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import { type AssignedTopic, assignedPartitions } from './assigned-partitions.ts'
import type { ByteReader } from './byte-reader.ts'
import { sliced } from './sliced.ts'

/** A group with its members, as its coordinator describes it: state and operations still as on the wire. */
export interface DescribedGroup {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly groupId: string
  readonly state: string
  /** What the members agree on. */
  readonly protocolType: string
  /** "" while there is none. */
  readonly assignor: string
  /** Null in classic groups. */
  readonly groupEpoch: number | null
  readonly assignmentEpoch: number | null
  readonly members: readonly GroupMemberDescription[]
  /** A bit for each operation. */
  readonly authorizedOperations: number
}

/** Which of the requests that describe groups of one kind, in which version, and how it tells a group. */
interface DescribeKind extends Pick<ApiRequest<never>, 'apiKey' | 'apiName' | 'apiVersion'> {
  readonly readGroup: (reader: ByteReader) => Promise<DescribedGroup>
}

/** The requests for each kind of group have one body and differ in how they tell a group. */
export const describeRequest = (
  { readGroup, ...kind }: DescribeKind,
  groupIds: readonly string[],
): ApiRequest<readonly DescribedGroup[]> => ({
  ...kind,
  isFlexible: true,
  encode: writer => {
    const withAuthorizedOperations = true
    writer.compactArray(groupIds, groupId => writer.compactString(groupId))
    writer.boolean(withAuthorizedOperations).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return sliced(reader, () => readGroup(reader))
  },
})

const readTopic = (reader: ByteReader): AssignedTopic => {
  reader.uuid() // topic id
  const assigned = { topic: reader.compactString() ?? '', partitions: reader.compactArray(() => reader.int32()) }
  reader.skipTags()
  return assigned
}

/** The partitions of one member, as consumer and share groups tell them. */
export const readAssignment = (reader: ByteReader): readonly TopicPartition[] => {
  const topics = reader.compactArray(() => readTopic(reader))
  reader.skipTags()
  return assignedPartitions(topics)
}
