import { KafkaError, type Outcome } from '../../src/kafka/errors/kafka-error.ts'
import type { CommittedOffset, GroupDescription, NewCommittedOffset } from '../../src/kafka/groups.ts'
import type { GroupAdmin } from '../../src/kafka/ports/group-admin.ts'
import type { Groups } from '../../src/kafka/ports/groups.ts'
import type { TopicPartition } from '../../src/kafka/topic-partition.ts'
import type { InMemoryCluster } from './in-memory-cluster.ts'

type Commits = Map<string, CommittedOffset>

const keyOf = ({ topic, partition }: TopicPartition): string => `${topic} ${partition}`

const inOrder = (one: TopicPartition, other: TopicPartition): number =>
  one.topic === other.topic ? one.partition - other.partition : one.topic < other.topic ? -1 : 1

/** The ports Groups and GroupAdmin over the fake's cluster: classic groups that have offsets and never a member. */
export const inMemoryGroups = (cluster: InMemoryCluster): Groups & GroupAdmin => {
  const groups = new Map<string, Commits>()
  const listed = (groupId: string) =>
    ({ groupId, type: 'CLASSIC', protocol: '', state: 'EMPTY', coordinator: 1 }) as const
  const described = (groupId: string): GroupDescription => ({
    ...listed(groupId),
    partitionAssignor: null,
    groupEpoch: null,
    targetAssignmentEpoch: null,
    members: [],
    authorizedOperations: null,
  })
  const missing = (): KafkaError => new KafkaError('GROUP_ID_NOT_FOUND')
  const commit = (groupId: string, offset: NewCommittedOffset): Outcome<TopicPartition> => {
    const { topic, partition } = offset
    if (cluster.topic(topic)?.partitions[partition] === undefined) return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
    const commits: Commits = groups.get(groupId) ?? new Map()
    groups.set(groupId, commits.set(keyOf(offset), { ...offset }))
    return { topic, partition }
  }
  return {
    async listGroups({ signal }) {
      cluster.mustAnswer(signal)
      return { groups: [...groups.keys()].sort().map(listed), failures: [] }
    },
    async describeGroups({ signal }, groupIds) {
      cluster.mustAnswer(signal)
      return groupIds.map(groupId => (groups.has(groupId) ? described(groupId) : missing()))
    },
    async committedOffsets({ signal }, groupIds) {
      cluster.mustAnswer(signal)
      return groupIds.map(groupId => [...(groups.get(groupId)?.values() ?? [])].sort(inOrder))
    },
    async alterOffsets({ signal }, groupId, offsets) {
      cluster.mustAnswer(signal)
      return offsets.map(offset => commit(groupId, offset))
    },
    async deleteOffsets({ signal }, groupId, partitions) {
      cluster.mustAnswer(signal)
      const commits = groups.get(groupId)
      return partitions.map(({ topic, partition }) => {
        if (commits === undefined) return missing()
        commits.delete(keyOf({ topic, partition }))
        return { topic, partition }
      })
    },
    async deleteGroups({ signal }, groupIds) {
      cluster.mustAnswer(signal)
      return groupIds.map(groupId => (groups.delete(groupId) ? groupId : missing()))
    },
    async removeMembers({ signal }, _groupId, groupInstanceIds) {
      cluster.mustAnswer(signal)
      return groupInstanceIds.map(() => new KafkaError('UNKNOWN_MEMBER_ID'))
    },
  }
}
