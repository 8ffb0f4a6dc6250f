import { isFailure, KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { groupWords } from '../../../kafka/group-words.ts'
import type { CommittedOffset } from '../../../kafka/groups.ts'
import { partitionKey, type TopicPartition } from '../../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { consumerGroupNamed, type GroupNode, groupKnown } from '../group-node.ts'

/** The current state of a group whose offsets will change. */
export interface GroupSnapshot {
  readonly group: GroupNode
  /** Whether the group has members. If so, Kafka accepts no offsets from outside. */
  readonly hasMembers: boolean
  /** By topic and partition. */
  readonly committed: ReadonlyMap<string, CommittedOffset>
}

/** The offset that the group has committed in a partition; null if there is none. */
export const committedIn = ({ committed }: GroupSnapshot, partition: TopicPartition): CommittedOffset | null =>
  committed.get(partitionKey(partition)) ?? null

const WAY_OUT = 'its offsets can be set only while it is empty. Stop its consumers, and wait until they have left.'

/** Kafka's refusal of offsets for a group with members, with advice on what to do. */
export const membersRefusal = ({ kind, groupId }: GroupNode): KafkaError =>
  new KafkaError(
    kind === 'ShareGroup' ? 'NON_EMPTY_GROUP' : 'UNKNOWN_MEMBER_ID',
    `Group ${groupId} has members: ${WAY_OUT}`,
  )

/** Whether an error means that the group has members; Kafka's message may not say so. */
export const isMembersRefusal = ({ code }: KafkaError): boolean =>
  code === 'UNKNOWN_MEMBER_ID' || code === 'NON_EMPTY_GROUP'

const notFound = (groupId: string): KafkaError =>
  new KafkaError('GROUP_ID_NOT_FOUND', `There is no ${groupWords(groupId)}.`)

/**
 * Loads the group and refuses groups whose offsets cannot be set. The first commit from outside creates a missing group,
 * so a misspelt id would leave a new group behind and the intended one unchanged. The client must therefore ask for the
 * creation.
 * @throws KafkaError GROUP_ID_NOT_FOUND; INVALID_GROUP_ID for an id that is too long.
 */
export const readGroupSnapshot = async (
  groupId: string,
  createGroup: boolean,
  { ports, call }: GraphQLContext,
): Promise<GroupSnapshot> => {
  const [[description], [offsets]] = await Promise.all([
    ports.groups.describeGroups(call, [groupId]),
    ports.groups.committedOffsets(call, [groupId]),
  ])
  if (description === undefined || offsets === undefined) throw new KafkaError('UNKNOWN_SERVER_ERROR')
  if (isFailure(offsets) && offsets.code !== 'GROUP_ID_NOT_FOUND') throw offsets
  const committed = new Map(isFailure(offsets) ? [] : offsets.map(one => [partitionKey(one), one]))
  if (isFailure(description)) {
    if (description.code !== 'GROUP_ID_NOT_FOUND') throw description
    // A group with commits exists, even if the description did not find it a moment ago.
    if (!createGroup && committed.size === 0) throw notFound(groupId)
    return { group: consumerGroupNamed(groupId), hasMembers: false, committed }
  }
  const hasMembers = description.state !== 'EMPTY' && description.state !== 'DEAD'
  return { group: { kind: groupKnown(description).kind, groupId }, hasMembers, committed }
}
