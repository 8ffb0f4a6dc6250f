import type { GroupMemberDescription } from '../../../kafka/groups.ts'
import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { sliced } from '../../wire/sliced.ts'
import { type AssignedTopic, assignedPartitions } from './assigned-partitions.ts'
import { type DescribedGroup, describeRequest } from './described-group.ts'

/** The source topics of each subtopology, by its id. */
type SourceTopics = ReadonlyMap<string, readonly string[]>

const skipTopicInfo = (reader: ByteReader): string => {
  const name = reader.compactString() ?? ''
  reader.int32() // partitions
  reader.int16() // replication factor
  reader.compactArray(() => skipKeyValue(reader))
  reader.skipTags()
  return name
}

const skipKeyValue = (reader: ByteReader): void => {
  reader.compactString()
  reader.compactString()
  reader.skipTags()
}

const readSubtopology = (reader: ByteReader): readonly [string, readonly string[]] => {
  const id = reader.compactString() ?? ''
  const sources = reader.compactArray(() => reader.compactString() ?? '')
  reader.compactArray(() => reader.compactString()) // topics written for repartitioning
  reader.compactArray(() => skipTopicInfo(reader)) // change logs
  const repartitioned = reader.compactArray(() => skipTopicInfo(reader))
  reader.skipTags()
  return [id, [...sources, ...repartitioned]]
}

const readTopology = (reader: ByteReader): SourceTopics => {
  if (reader.int8() < 0) return new Map()
  reader.int32() // epoch
  const topology = new Map(reader.compactArray(() => readSubtopology(reader)))
  reader.skipTags()
  return topology
}

/** Task p reads partition p of each source topic of its subtopology. */
const readTask = (reader: ByteReader, sources: SourceTopics): readonly AssignedTopic[] => {
  const topics = sources.get(reader.compactString() ?? '') ?? []
  const partitions = reader.compactArray(() => reader.int32())
  reader.skipTags()
  return topics.map(topic => ({ topic, partitions }))
}

/** The partitions that active tasks read. Standby and warm-up tasks read only change logs. */
const readTasks = (reader: ByteReader, sources: SourceTopics): readonly TopicPartition[] => {
  const active = reader.compactArray(() => readTask(reader, sources))
  reader.compactArray(() => readTask(reader, sources)) // standby
  reader.compactArray(() => readTask(reader, sources)) // warm-up
  reader.skipTags()
  return assignedPartitions(active.flat())
}

const skipEndpoint = (reader: ByteReader): void => {
  if (reader.int8() < 0) return
  reader.compactString() // host
  reader.int16() // port
  reader.skipTags()
}

const skipTaskOffset = (reader: ByteReader): void => {
  reader.compactString() // part of the topology
  reader.int32() // partition
  reader.int64() // offset
  reader.skipTags()
}

const readMember = (reader: ByteReader, sources: SourceTopics): GroupMemberDescription => {
  const memberId = reader.compactString() ?? ''
  const memberEpoch = reader.int32()
  const groupInstanceId = reader.compactString()
  const rackId = reader.compactString()
  const clientId = reader.compactString() ?? ''
  const host = reader.compactString() ?? ''
  reader.int32() // topology epoch
  reader.compactString() // process id
  skipEndpoint(reader)
  reader.compactArray(() => skipKeyValue(reader)) // client tags
  reader.compactArray(() => skipTaskOffset(reader))
  reader.compactArray(() => skipTaskOffset(reader))
  const assignment = readTasks(reader, sources)
  const targetAssignment = readTasks(reader, sources)
  const isUpgraded = !reader.boolean()
  reader.skipTags()
  const identity = { memberId, groupInstanceId, clientId, host, rackId }
  return { ...identity, assignment, targetAssignment, memberEpoch, isUpgraded }
}

const readGroup = async (reader: ByteReader): Promise<DescribedGroup> => {
  const head = {
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
    groupId: reader.compactString() ?? '',
    state: reader.compactString() ?? '',
    protocolType: 'streams',
    groupEpoch: reader.int32(),
    assignmentEpoch: reader.int32(),
    assignor: '',
  }
  const sources = readTopology(reader)
  const members = await sliced(reader, () => readMember(reader, sources))
  const group = { ...head, members, authorizedOperations: reader.int32() }
  reader.skipTags()
  return group
}

/** StreamsGroupDescribe v0 (Kafka 4.1). */
export const streamsGroupDescribeRequest = (groupIds: readonly string[]): ApiRequest<readonly DescribedGroup[]> =>
  describeRequest({ apiKey: 89, apiName: 'StreamsGroupDescribe', apiVersion: 0, readGroup }, groupIds)
