import type { Outcome } from '../errors/kafka-error.ts'
import type { CommittedOffset, GroupDescription, GroupList } from '../groups.ts'
import type { Call } from './call.ts'

/** Reads groups of every protocol. Reading never joins, commits or creates anything. */
export interface Groups {
  /** Asks all brokers in parallel. @throws KafkaError KAFKA_UNAVAILABLE if none answers. */
  listGroups(call: Call): Promise<GroupList>
  /**
   * One outcome per id, in order; GROUP_ID_NOT_FOUND if the group does not exist. Sends one request per coordinator and
   * type.
   */
  describeGroups(call: Call, groupIds: readonly string[]): Promise<readonly Outcome<GroupDescription>[]>
  /**
   * The committed offsets of each group, in the order of the ids, each sorted by topic and partition. Partitions
   * without a commit are left out. Share groups: the start offset of each partition. Sends one request per coordinator.
   */
  committedOffsets(call: Call, groupIds: readonly string[]): Promise<readonly Outcome<readonly CommittedOffset[]>[]>
}
