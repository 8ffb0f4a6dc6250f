import type { Outcome } from '../errors/kafka-error.ts'
import type { NewCommittedOffset } from '../groups.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Call } from './call.ts'

/**
 * Changes groups. Kafka refuses to change offsets of a group with members: UNKNOWN_MEMBER_ID or
 * GROUP_SUBSCRIBED_TO_TOPIC.
 */
export interface GroupAdmin {
  /** Commits offsets without joining the group. One outcome per offset, in order. */
  alterOffsets(
    call: Call,
    groupId: string,
    offsets: readonly NewCommittedOffset[],
  ): Promise<readonly Outcome<TopicPartition>[]>
  /**
   * Deletes committed offsets. One outcome per partition, in order. A share group deletes whole topics: the request
   * must name every partition of the topic that the group has started, or it fails with INVALID_REQUEST.
   */
  deleteOffsets(
    call: Call,
    groupId: string,
    partitions: readonly TopicPartition[],
  ): Promise<readonly Outcome<TopicPartition>[]>
  /** One outcome per id, in order. */
  deleteGroups(call: Call, groupIds: readonly string[]): Promise<readonly Outcome<string>[]>
  /** Removes static members by their `group.instance.id`. One outcome per member, in order. */
  removeMembers(call: Call, groupId: string, groupInstanceIds: readonly string[]): Promise<readonly Outcome<string>[]>
}
