import { KafkaError, type Outcome } from '../../../src/kafka/errors/kafka-error.ts'
import type {
  CommittedOffset,
  GroupDescription,
  GroupList,
  GroupMemberDescription,
  NewCommittedOffset,
} from '../../../src/kafka/groups.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import type { Call } from '../../../src/kafka/ports/call.ts'
import type { GroupAdmin } from '../../../src/kafka/ports/group-admin.ts'
import type { Groups } from '../../../src/kafka/ports/groups.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import type { TopicPartition } from '../../../src/kafka/topic-partition.ts'

/** A group for the coordinator to keep: its commits by topic, in the order of the partitions, null where there is none. */
export interface GroupScript {
  readonly type?: GroupDescription['type']
  /** Static ids of its members; with any the group is not empty. */
  readonly members?: readonly string[]
  readonly committed?: Readonly<Record<string, readonly (number | null)[]>>
}

interface KeptGroup {
  readonly type: GroupDescription['type']
  members: readonly string[]
  readonly commits: Map<string, CommittedOffset>
}

const keyOf = ({ topic, partition }: TopicPartition): string => `${topic} ${partition}`

const commitsOf = (committed: NonNullable<GroupScript['committed']>): readonly CommittedOffset[] =>
  Object.entries(committed).flatMap(([topic, offsets]) =>
    offsets.flatMap((offset, partition) =>
      offset === null
        ? []
        : [{ topic: toTopicName(topic), partition, offset: toOffset(offset), leaderEpoch: null, metadata: '' }],
    ),
  )

const memberOf = (groupInstanceId: string): GroupMemberDescription => ({
  memberId: `${groupInstanceId}-id`,
  groupInstanceId,
  clientId: 'client',
  host: '/127.0.0.1',
  rackId: null,
  assignment: [],
  targetAssignment: null,
  memberEpoch: null,
  isUpgraded: null,
})

/** A group coordinator by Kafka's rules, as far as changes of groups meet them. */
export class ScriptedGroups implements Groups, GroupAdmin {
  readonly #groups = new Map<string, KeptGroup>()
  /** What was asked to be changed, in order. */
  readonly changes: string[] = []
  /** When set, changes meet it: nothing else happens. */
  failure: KafkaError | null = null

  constructor(script: Readonly<Record<string, GroupScript>>) {
    for (const [groupId, { type = 'CLASSIC', members = [], committed = {} }] of Object.entries(script)) {
      const commits = new Map(commitsOf(committed).map(one => [keyOf(one), one]))
      this.#groups.set(groupId, { type, members, commits })
    }
  }

  /** What a group has committed, for tests to read: "topic partition" to offset. */
  committed(groupId: string): Readonly<Record<string, bigint>> {
    const commits = this.#groups.get(groupId)?.commits ?? new Map<string, CommittedOffset>()
    return Object.fromEntries([...commits].map(([key, { offset }]) => [key, offset]))
  }

  async listGroups(): Promise<GroupList> {
    return { groups: [], failures: [] }
  }

  async describeGroups(_call: Call, groupIds: readonly string[]): Promise<readonly Outcome<GroupDescription>[]> {
    return groupIds.map(groupId => {
      const group = this.#groups.get(groupId)
      if (!group) return new KafkaError('GROUP_ID_NOT_FOUND')
      return {
        groupId,
        type: group.type,
        protocol: 'consumer',
        state: group.members.length > 0 ? 'STABLE' : 'EMPTY',
        coordinator: 1,
        partitionAssignor: null,
        groupEpoch: null,
        targetAssignmentEpoch: null,
        members: group.members.map(memberOf),
        authorizedOperations: null,
      }
    })
  }

  async committedOffsets(
    _call: Call,
    groupIds: readonly string[],
  ): Promise<readonly Outcome<readonly CommittedOffset[]>[]> {
    return groupIds.map(groupId => [...(this.#groups.get(groupId)?.commits.values() ?? [])])
  }

  async alterOffsets(_call: Call, groupId: string, offsets: readonly NewCommittedOffset[]) {
    const group = this.#changed(`alter ${groupId}`) ?? { type: 'CLASSIC', members: [], commits: new Map() }
    const refusal = group.type === 'SHARE' ? 'NON_EMPTY_GROUP' : 'UNKNOWN_MEMBER_ID'
    if (group.members.length > 0) return offsets.map(() => new KafkaError(refusal))
    for (const offset of offsets) group.commits.set(keyOf(offset), offset)
    this.#groups.set(groupId, group)
    return offsets
  }

  async deleteOffsets(_call: Call, groupId: string, partitions: readonly TopicPartition[]) {
    const group = this.#changed(`delete offsets of ${groupId}`)
    if (group === undefined) return partitions.map(() => new KafkaError('GROUP_ID_NOT_FOUND'))
    if (group.members.length > 0) return partitions.map(() => new KafkaError('GROUP_SUBSCRIBED_TO_TOPIC'))
    for (const partition of partitions) group.commits.delete(keyOf(partition))
    return partitions
  }

  async deleteGroups(_call: Call, groupIds: readonly string[]) {
    return groupIds.map(groupId => {
      const group = this.#changed(`delete ${groupId}`)
      if (group === undefined) return new KafkaError('GROUP_ID_NOT_FOUND')
      if (group.members.length > 0) return new KafkaError('NON_EMPTY_GROUP')
      this.#groups.delete(groupId)
      return groupId
    })
  }

  async removeMembers(_call: Call, groupId: string, groupInstanceIds: readonly string[]) {
    const group = this.#changed(`remove members of ${groupId}`)
    return groupInstanceIds.map(id => {
      if (!group?.members.includes(id)) return new KafkaError('UNKNOWN_MEMBER_ID')
      group.members = group.members.filter(one => one !== id)
      return id
    })
  }

  #changed(change: string): KeptGroup | undefined {
    this.changes.push(change)
    if (this.failure) throw this.failure
    const [groupId = ''] = change.split(' ').slice(-1)
    return this.#groups.get(groupId)
  }
}
