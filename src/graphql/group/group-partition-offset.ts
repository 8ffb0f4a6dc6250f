import type { CommittedOffset } from '../../kafka/groups.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { GraphQLContext } from '../core/context.ts'
import { translating } from '../core/errors/failures.ts'
import { objectRef } from '../core/schema-part.ts'
import { Partition } from '../partition/partition-type.ts'
import { topicNamed } from '../topic/topic-type.ts'
import { isOutOfRange, lagOf, lagUpTo, latestOffsetOf, timeLagOf } from './group-lag.ts'
import type { GroupNode } from './group-node.ts'
import { Group } from './group-type.ts'

/** A committed offset and its group. */
export interface GroupPartitionOffsetShape extends CommittedOffset {
  readonly group: GroupNode
  /** The high watermark that a watch has read. If absent, it is loaded. */
  readonly latestOffset?: Offset | null
}

/** The committed offsets of a group, each with its group. */
export const offsetsIn = (
  group: GroupNode,
  committed: readonly CommittedOffset[],
): readonly GroupPartitionOffsetShape[] => committed.map(one => ({ ...one, group }))

const isShared = ({ group }: GroupPartitionOffsetShape): boolean => group.kind === 'ShareGroup'

// A value that the watch already read needs no promise. All subscribers to the same watch share the result.
const latestNow = (committed: GroupPartitionOffsetShape, context: GraphQLContext) =>
  committed.latestOffset === undefined ? translating(() => latestOffsetOf(committed, context)) : committed.latestOffset

const lagNow = (committed: GroupPartitionOffsetShape, context: GraphQLContext) =>
  committed.latestOffset === undefined
    ? translating(() => lagOf(committed, context))
    : lagUpTo(committed.latestOffset, committed)

export const GroupPartitionOffset = objectRef<GroupPartitionOffsetShape>('GroupPartitionOffset').implement({
  description: 'How far a group has read in one partition, according to its committed offset.',
  fields: t => ({
    group: t.field({ description: 'The group.', type: Group, resolve: ({ group }) => group }),
    partition: t.field({
      description:
        'The partition. Its number and its topic’s name stay known after the topic was deleted. Any other field is then an error, which makes this whole field null.',
      type: Partition,
      nullable: true,
      resolve: ({ topic, partition }) => ({ kind: 'Partition' as const, topic: topicNamed(topic), partition }),
    }),
    offset: t.field({
      description:
        'The committed offset: the group continues here, one after the last message that it processed. In a share group it is the start offset, below which nothing is left to process.',
      type: 'Long',
      resolve: ({ offset }) => offset,
    }),
    metadata: t.exposeString('metadata', {
      description: 'The text that was committed with the offset; "" for most consumers.',
    }),
    leaderEpoch: t.exposeInt('leaderEpoch', {
      description: 'The leader epoch of the last message that the group read. Null if its members do not report it.',
      nullable: true,
    }),
    latestOffset: t.field({
      description:
        'The high watermark: the offset of the next message. Null if the topic was deleted; null with an error while the partition has no leader.',
      type: 'Long',
      nullable: true,
      resolve: (committed, _, context) => latestNow(committed, context),
    }),
    lag: t.field({
      description:
        'An upper bound of the messages that the group still has to read: `latestOffset` minus `offset`, never below 0. `kafka-consumer-groups --describe` prints the same number. In a share group the broker counts it, because members acknowledge out of order; null before Kafka 4.2, which does not report it. Null whenever `latestOffset` is null.',
      type: 'Long',
      nullable: true,
      resolve: (committed, _, context) => lagNow(committed, context),
    }),
    timeLag: t.field({
      description:
        'The age of the first message that the group still has to read, by its timestamp. Kafka has no request for this, so the server reads the message: select the field only where you need it. Null if nothing is left to read, if the message has no timestamp, and in share groups; null with an error if it cannot be read in time.',
      type: 'Duration',
      nullable: true,
      resolve: (committed, _, context) =>
        isShared(committed) ? null : translating(() => timeLagOf(committed, context)),
    }),
    isOutOfRange: t.boolean({
      description:
        'Whether the committed offset lies outside the partition’s log. Below the earliest offset, retention has deleted messages that this group never read. Above the latest offset, the log was truncated or the topic was created again. Members then start over as their `auto.offset.reset` says. Null whenever `latestOffset` is null.',
      nullable: true,
      resolve: (committed, _, context) => translating(() => isOutOfRange(committed, context)),
    }),
  }),
})
