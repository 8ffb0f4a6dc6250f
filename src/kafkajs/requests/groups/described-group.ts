import type { GroupMemberDescription } from '../../../kafka/groups.ts'
import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { sliced } from '../../wire/sliced.ts'
import { type AssignedTopic, assignedPartitions } from './assigned-partitions.ts'

/** A group with its members, as its coordinator reports it. State and operations are still in wire form. */
export interface DescribedGroup {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly groupId: string
  readonly state: string
  /** The protocol type. */
  readonly protocolType: string
  /** "" if there is none. */
  readonly assignor: string
  /** Null in classic groups. */
  readonly groupEpoch: number | null
  readonly assignmentEpoch: number | null
  readonly members: readonly GroupMemberDescription[]
  /** One bit per operation. */
  readonly authorizedOperations: number
}

/** The request that describes one kind of group, and the reader of its groups. */
interface DescribeKind extends Pick<ApiRequest<never>, 'apiKey' | 'apiName' | 'apiVersion'> {
  readonly readGroup: (reader: ByteReader) => Promise<DescribedGroup>
}

/** The describe requests of all kinds of groups share their body and differ only in the group format. */
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

/** The partitions of one member, in the format of consumer and share groups. */
export const readAssignment = (reader: ByteReader): readonly TopicPartition[] => {
  const topics = reader.compactArray(() => readTopic(reader))
  reader.skipTags()
  return assignedPartitions(topics)
}
