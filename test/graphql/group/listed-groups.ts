import { KafkaError, type Outcome } from '../../../src/kafka/errors/kafka-error.ts'
import type { CommittedOffset, GroupDescription, GroupList, GroupMemberDescription } from '../../../src/kafka/groups.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import type { Call } from '../../../src/kafka/ports/call.ts'
import type { Groups } from '../../../src/kafka/ports/groups.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import type { TopicPartition } from '../../../src/kafka/topic-partition.ts'

/** Commits by topic, in the order of the partitions; null where there is none. */
type Commits = Readonly<Record<string, readonly (number | null)[]>>

/** A group as a test writes it down. */
export interface ListedGroup extends Partial<Omit<GroupDescription, 'groupId' | 'members'>> {
  /** Partitions by member id: `{ one: ['orders 0', 'orders 1'] }`. */
  readonly members?: Readonly<Record<string, readonly string[]>>
  readonly committed?: Commits
  /** What the broker of a share group tells for each partition. */
  readonly lag?: bigint | null
  /** What its coordinator answers whatever is asked about it, although it is listed. */
  readonly failure?: KafkaError
}

const partitionOf = (text: string): TopicPartition => {
  const [topic = '', partition] = text.split(' ')
  return { topic: toTopicName(topic), partition: Number(partition) }
}

const memberOf = (memberId: string, assignment: readonly string[]): GroupMemberDescription => ({
  memberId,
  groupInstanceId: null,
  clientId: `client of ${memberId}`,
  host: '/127.0.0.1',
  rackId: null,
  assignment: assignment.map(partitionOf),
  targetAssignment: null,
  memberEpoch: null,
  isUpgraded: null,
})

const descriptionOf = (groupId: string, { members = {}, committed, failure, lag, ...given }: ListedGroup) => ({
  groupId,
  type: 'CLASSIC' as const,
  protocol: 'consumer',
  state: 'EMPTY' as const,
  coordinator: 1,
  partitionAssignor: null,
  groupEpoch: null,
  targetAssignmentEpoch: null,
  authorizedOperations: null,
  ...given,
  members: Object.entries(members).map(([memberId, assignment]) => memberOf(memberId, assignment)),
})

const commitsOf = (committed: Commits, lag: ListedGroup['lag']): readonly CommittedOffset[] =>
  Object.entries(committed).flatMap(([topic, offsets]) =>
    offsets.flatMap((offset, partition) =>
      offset === null
        ? []
        : [
            {
              topic: toTopicName(topic),
              partition,
              offset: toOffset(offset),
              leaderEpoch: null,
              metadata: 'm',
              ...(lag === undefined ? {} : { lag }),
            },
          ],
    ),
  )

/** Groups that only are read, and every question that was asked about them. */
export class ListedGroups implements Groups {
  readonly #groups: Map<string, ListedGroup>
  /** The questions, with how many groups each was about. */
  readonly asked: string[] = []
  failures: GroupList['failures'] = []

  constructor(groups: Readonly<Record<string, ListedGroup>>) {
    this.#groups = new Map(Object.entries(groups))
  }

  remove(groupId: string): void {
    this.#groups.delete(groupId)
  }

  async listGroups(): Promise<GroupList> {
    this.asked.push('list')
    const described = [...this.#groups].map(([groupId, group]) => descriptionOf(groupId, group))
    return {
      groups: described.map(({ groupId, type, protocol, state, coordinator }) => ({
        groupId,
        type,
        protocol,
        state,
        coordinator: coordinator ?? -1,
      })),
      failures: this.failures,
    }
  }

  async describeGroups(_call: Call, groupIds: readonly string[]) {
    this.asked.push(`describe ${groupIds.length}`)
    return groupIds.map(groupId => this.#about(groupId, group => descriptionOf(groupId, group)))
  }

  async committedOffsets(_call: Call, groupIds: readonly string[]) {
    this.asked.push(`offsets of ${groupIds.length}`)
    return groupIds.map(groupId => this.#about(groupId, ({ committed = {}, lag }) => commitsOf(committed, lag)))
  }

  #about<T>(groupId: string, tell: (group: ListedGroup) => T): Outcome<T> {
    const group = this.#groups.get(groupId)
    return group === undefined ? new KafkaError('GROUP_ID_NOT_FOUND') : (group.failure ?? tell(group))
  }
}
