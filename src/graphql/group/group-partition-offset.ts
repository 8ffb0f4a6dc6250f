import type { CommittedOffset } from '../../kafka/groups.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { GraphQLContext } from '../context.ts'
import { translating } from '../failures.ts'
import { Partition } from '../partition/partition-type.ts'
import { objectRef } from '../schema-part.ts'
import { topicNamed } from '../topic/topic-type.ts'
import { isOutOfRange, lagOf, lagUpTo, latestOffsetOf, timeLagOf } from './group-lag.ts'
import type { GroupNode } from './group-node.ts'
import { Group } from './group-type.ts'

/** A committed offset with the group that it belongs to. */
export interface GroupPartitionOffsetShape extends CommittedOffset {
  readonly group: GroupNode
  /** The high watermark as a watch has seen it; left out: it is asked for. */
  readonly latestOffset?: Offset | null
}

/** What a group has committed, each with its group. */
export const offsetsIn = (
  group: GroupNode,
  committed: readonly CommittedOffset[],
): readonly GroupPartitionOffsetShape[] => committed.map(one => ({ ...one, group }))

const isShared = ({ group }: GroupPartitionOffsetShape): boolean => group.kind === 'ShareGroup'

// What a watch has told already needs no promise: its result is shared by all who watch the same.
const latestNow = (committed: GroupPartitionOffsetShape, context: GraphQLContext) =>
  committed.latestOffset === undefined ? translating(() => latestOffsetOf(committed, context)) : committed.latestOffset

const lagNow = (committed: GroupPartitionOffsetShape, context: GraphQLContext) =>
  committed.latestOffset === undefined
    ? translating(() => lagOf(committed, context))
    : lagUpTo(committed.latestOffset, committed)

/** How far a group has read in one partition. */
export const GroupPartitionOffset = objectRef<GroupPartitionOffsetShape>('GroupPartitionOffset').implement({
  description: 'How far a group has read in one partition, as it has committed it.',
  fields: t => ({
    group: t.field({ description: 'The group.', type: Group, resolve: ({ group }) => group }),
    partition: t.field({
      description:
        'The partition. Its number and the name of its topic are told even after the topic was deleted; anything else asked of it is an error then, which makes the whole partition null.',
      type: Partition,
      nullable: true,
      resolve: ({ topic, partition }) => ({ kind: 'Partition' as const, topic: topicNamed(topic), partition }),
    }),
    offset: t.field({
      description:
        'The committed offset: the position at which the group reads on, one after the last message it did. In a share group: its start offset, below which nothing is left to do.',
      type: 'Long',
      resolve: ({ offset }) => offset,
    }),
    metadata: t.exposeString('metadata', {
      description: 'The text that was committed with it; "" for most consumers.',
    }),
    leaderEpoch: t.exposeInt('leaderEpoch', {
      description: 'The leader epoch of the last message that the group has read. Null when its members do not tell.',
      nullable: true,
    }),
    latestOffset: t.field({
      description:
        'The high watermark, the offset that the next message gets. Null when the topic was deleted; null with an error beside it while the partition has no leader.',
      type: 'Long',
      nullable: true,
      resolve: (committed, _, context) => latestNow(committed, context),
    }),
    lag: t.field({
      description:
        'How many messages the group has still to read, at most: `latestOffset` minus `offset`, and never below 0. The same number as `kafka-consumer-groups --describe` prints. In a share group, what the broker counts, since its members acknowledge out of order, and null where it does not tell (before Kafka 4.2). Null as `latestOffset` is.',
      type: 'Long',
      nullable: true,
      resolve: (committed, _, context) => lagNow(committed, context),
    }),
    timeLag: t.field({
      description:
        'How old the first message is that the group has still to read, by its timestamp. Kafka has no request for this: the message itself is read, so ask for it where it is needed. Null when nothing is left to read, when the message has no timestamp, and in share groups; null with an error beside it when it cannot be read in time.',
      type: 'Duration',
      nullable: true,
      resolve: (committed, _, context) =>
        isShared(committed) ? null : translating(() => timeLagOf(committed, context)),
    }),
    isOutOfRange: t.boolean({
      description:
        'Whether the partition has no such offset. Below its earliest offset: retention has deleted messages that this group never read. Above its latest one: the log was cut back, or the topic created anew. Members then start over as their `auto.offset.reset` says. Null as `latestOffset` is.',
      nullable: true,
      resolve: (committed, _, context) => translating(() => isOutOfRange(committed, context)),
    }),
  }),
})
