import { AclOperationEnum } from '../acl/acl-operation-enum.ts'
import { Broker, findBroker } from '../cluster/broker-type.ts'
import { type FindNode, globalId, NodeInterface } from '../node.ts'
import { interfaceRef, objectFields, objectRef, parts } from '../schema-part.ts'
import { GroupStateEnum, GroupTypeEnum } from './group-enums.ts'
import { describeGroup, findGroup, type GroupKind, type GroupNode, summaryOf } from './group-node.ts'

/** Readers that share the work. */
export const Group = interfaceRef<GroupNode>('Group').implement({
  description:
    'Readers that share the work of reading topics, known to the cluster by an id. The cluster remembers how far each group has read, so that a group goes on where it was, whichever of its members are alive.',
  interfaces: [NodeInterface],
  resolveType: ({ kind }) => kind,
  fields: t => ({
    groupId: t.exposeString('groupId', { description: 'The id that its members name (`group.id`).' }),
    type: t.field({
      description: 'Which protocol its members speak.',
      type: GroupTypeEnum,
      resolve: async (group, _, context) => (await summaryOf(group, context)).type,
    }),
    protocol: t.string({
      description:
        'What its members have in common: "consumer" for consumers, "connect" for workers of Kafka Connect, "share", "streams"; "" for a group that was made by commits alone.',
      resolve: async (group, _, context) => (await summaryOf(group, context)).protocol,
    }),
    groupState: t.field({
      description: 'What the group is doing.',
      type: GroupStateEnum,
      resolve: async (group, _, context) => (await summaryOf(group, context)).state,
    }),
    coordinator: t.field({
      description:
        'The broker that keeps this group: it watches over the members and stores the offsets. Null while there is none that answers.',
      type: Broker,
      nullable: true,
      resolve: async (group, _, context) => findBroker((await summaryOf(group, context)).coordinator, context),
    }),
    authorizedOperations: t.field({
      description:
        'What this API may do with the group, as the cluster’s access control lists have it. Null where the broker does not tell, or with an error beside it.',
      type: [AclOperationEnum],
      nullable: true,
      resolve: async (group, _, context) => (await describeGroup(group, context)).authorizedOperations,
    }),
    groupEpoch: t.int({
      description:
        'Grows with each change of the members or of what they subscribe to. Null in classic groups, or with an error beside it.',
      nullable: true,
      resolve: async (group, _, context) => (await describeGroup(group, context)).groupEpoch,
    }),
    targetAssignmentEpoch: t.int({
      description:
        'The `groupEpoch` for which the broker has worked out the assignment: behind it, a new one is on its way. Null in classic groups, or with an error beside it.',
      nullable: true,
      resolve: async (group, _, context) => (await describeGroup(group, context)).targetAssignmentEpoch,
    }),
  }),
})

// A group id may hold any character; an id of this API is cut at each ":".
const partOf = (groupId: string): string => Buffer.from(groupId).toString('base64url')

/** The group id in a part of a global id; null when this API did not write it. The empty part is the empty group id. */
const groupIdOf = (part: string): string | null => {
  const groupId = Buffer.from(part, 'base64url').toString()
  return partOf(groupId) === part ? groupId : null
}

/** The global id of a group. */
export const groupGlobalId = ({ kind, groupId }: Pick<GroupNode, 'kind' | 'groupId'>): string =>
  globalId(kind, partOf(groupId))

const groupType = (kind: GroupKind, description: string) => {
  const findNode: FindNode = async ([part], context) => {
    const groupId = part === undefined ? null : groupIdOf(part)
    const group = groupId === null ? null : await findGroup(groupId, context)
    return group?.kind === kind ? group : null
  }
  return objectRef<GroupNode>(kind).implement({
    description,
    interfaces: [Group, NodeInterface],
    extensions: { findNode },
    fields: t => ({ id: t.id({ description: 'The global id of this group.', resolve: groupGlobalId }) }),
  })
}

/** A group whose members are assigned partitions: consumers of either protocol, and other classic groups. */
export const ConsumerGroup = groupType(
  'ConsumerGroup',
  'A group in which each partition is read by one member: consumers of the classic or the newer protocol. Every other classic group is one as well, such as the workers of Kafka Connect or a group that was made by commits alone: Kafka keeps them in the same way, `protocol` tells them apart, and any of them may have committed offsets.',
)

/** A group whose members share partitions. */
export const ShareGroup = groupType(
  'ShareGroup',
  'A group whose members share partitions like a queue (KIP-932): a message goes to one of them, who acknowledges it, gives it back, or lets its time run out so that another one gets it. It commits no offsets.',
)

/** A Kafka Streams application. */
export const StreamsGroup = groupType(
  'StreamsGroup',
  'An application of Kafka Streams that the brokers balance (KIP-1071). Its members process tasks, and the application commits how far it has read like a consumer group.',
)

const consumerGroupFields = objectFields(ConsumerGroup, t => ({
  isSimpleConsumerGroup: t.boolean({
    description:
      'Whether it never had members that the brokers watched over: somebody commits offsets under this id and chooses the partitions without Kafka’s help.',
    resolve: async (group, _, context) => (await summaryOf(group, context)).protocol === '',
  }),
  partitionAssignor: t.string({
    description:
      'The strategy by which partitions are spread over the members ("range", "cooperative-sticky", "uniform"). Null while there are no members, or with an error beside it.',
    nullable: true,
    resolve: async (group, _, context) => (await describeGroup(group, context)).partitionAssignor,
  }),
}))

/** What this file adds to a schema. */
export const groupParts = parts(Group, ConsumerGroup, ShareGroup, StreamsGroup, consumerGroupFields)
