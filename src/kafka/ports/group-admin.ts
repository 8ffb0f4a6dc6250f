import type { Outcome } from '../errors/kafka-error.ts'
import type { NewCommittedOffset } from '../groups.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Call } from './call.ts'

/** Changes groups. Kafka refuses offsets of a group that is not empty: UNKNOWN_MEMBER_ID or GROUP_SUBSCRIBED_TO_TOPIC. */
export interface GroupAdmin {
  /** Commits these offsets from outside, without joining. One outcome for each, in order. */
  alterOffsets(
    call: Call,
    groupId: string,
    offsets: readonly NewCommittedOffset[],
  ): Promise<readonly Outcome<TopicPartition>[]>
  /**
   * Forgets committed offsets. One outcome for each partition, in order. A share group forgets a topic as a whole:
   * INVALID_REQUEST unless all of its partitions that the group has begun are named.
   */
  deleteOffsets(
    call: Call,
    groupId: string,
    partitions: readonly TopicPartition[],
  ): Promise<readonly Outcome<TopicPartition>[]>
  /** One outcome for each id, in order. */
  deleteGroups(call: Call, groupIds: readonly string[]): Promise<readonly Outcome<string>[]>
  /** Makes static members leave, by their `group.instance.id`; one outcome for each, in order. */
  removeMembers(call: Call, groupId: string, groupInstanceIds: readonly string[]): Promise<readonly Outcome<string>[]>
}
