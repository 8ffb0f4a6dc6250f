import type { Outcome } from '../errors/kafka-error.ts'
import type { CommittedOffset, GroupDescription, GroupList } from '../groups.ts'
import type { Call } from './call.ts'

/** Reads groups, whatever protocol they speak. Nothing joins, commits or is created by asking. */
export interface Groups {
  /** Of every broker, asked side by side. @throws KafkaError KAFKA_UNAVAILABLE when none answers. */
  listGroups(call: Call): Promise<GroupList>
  /**
   * One outcome for each id, in order, in as few requests as there are coordinators and types.
   * GROUP_ID_NOT_FOUND where there is none.
   */
  describeGroups(call: Call, groupIds: readonly string[]): Promise<readonly Outcome<GroupDescription>[]>
  /**
   * What each group has committed, in order of the ids; partitions without a commit are left out. For share groups: the
   * start offset of each partition. One request a coordinator. Sorted by topic and partition.
   */
  committedOffsets(call: Call, groupIds: readonly string[]): Promise<readonly Outcome<readonly CommittedOffset[]>[]>
}
