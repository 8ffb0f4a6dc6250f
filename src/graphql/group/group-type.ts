import { AclOperationEnum } from '../acl/acl-operation-enum.ts'
import { Broker, findBroker } from '../cluster/broker-type.ts'
import { type FindNode, globalId, type IdContext, NodeInterface } from '../core/node.ts'
import { interfaceRef, objectFields, objectRef, parts } from '../core/schema-part.ts'
import { GroupStateEnum, GroupTypeEnum } from './group-enums.ts'
import { describeGroup, findGroup, type GroupKind, type GroupNode, summaryOf } from './group-node.ts'

export const Group = interfaceRef<GroupNode>('Group').implement({
  description:
    'A group of readers that share the work of reading topics. The cluster knows it by its id and remembers how far it has read. So the group continues where it stopped, even when its members change.',
  interfaces: [NodeInterface],
  resolveType: ({ kind }) => kind,
  fields: t => ({
    groupId: t.exposeString('groupId', { description: 'The id that its members use (`group.id`).' }),
    type: t.field({
      description: 'The protocol that its members use.',
      type: GroupTypeEnum,
      resolve: async (group, _, context) => (await summaryOf(group, context)).type,
    }),
    protocol: t.string({
      description:
        'The kind of its members: "consumer" for consumers, "connect" for Kafka Connect workers, "share", "streams", or "" for a group that only commits offsets.',
      resolve: async (group, _, context) => (await summaryOf(group, context)).protocol,
    }),
    groupState: t.field({
      description: 'What the group is doing now.',
      type: GroupStateEnum,
      resolve: async (group, _, context) => (await summaryOf(group, context)).state,
    }),
    coordinator: t.field({
      description:
        'The broker that manages this group: it monitors the members and stores the offsets. Null while no coordinator answers.',
      type: Broker,
      nullable: true,
      resolve: async (group, _, context) => findBroker((await summaryOf(group, context)).coordinator, context),
    }),
    authorizedOperations: t.field({
      description:
        'The operations that this API may perform on the group, according to the cluster’s access control lists. Null if the broker does not report them; null with an error if it does not answer.',
      type: [AclOperationEnum],
      nullable: true,
      resolve: async (group, _, context) => (await describeGroup(group, context)).authorizedOperations,
    }),
    groupEpoch: t.int({
      description:
        'Grows whenever the members or their subscriptions change. Null in classic groups; null with an error if the group cannot be described.',
      nullable: true,
      resolve: async (group, _, context) => (await describeGroup(group, context)).groupEpoch,
    }),
    targetAssignmentEpoch: t.int({
      description:
        'The `groupEpoch` for which the broker has computed the assignment. If it is lower than `groupEpoch`, a new assignment is on its way. Null in classic groups; null with an error if the group cannot be described.',
      nullable: true,
      resolve: async (group, _, context) => (await describeGroup(group, context)).targetAssignmentEpoch,
    }),
  }),
})

// Encoded, because a group id can contain any character and ids of this API are split at ":".
const partOf = (groupId: string): string => Buffer.from(groupId).toString('base64url')

/** The group id in a part of a global id; null if this API did not write it. The empty part is the empty group id. */
const groupIdOf = (part: string): string | null => {
  const groupId = Buffer.from(part, 'base64url').toString()
  return partOf(groupId) === part ? groupId : null
}

/** The global id of a group. */
export const groupGlobalId = ({ kind, groupId }: Pick<GroupNode, 'kind' | 'groupId'>, context: IdContext): string =>
  globalId(context, kind, partOf(groupId))

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
    fields: t => ({
      id: t.id({
        description: 'The global id of this group.',
        resolve: (group, _, context) => groupGlobalId(group, context),
      }),
    }),
  })
}

/** A group whose members are assigned partitions: a consumer group of either protocol, or another classic group. */
export const ConsumerGroup = groupType(
  'ConsumerGroup',
  'A group in which one member reads each partition: consumers of the classic or the newer protocol. Kafka stores other classic groups in the same way, such as Kafka Connect workers and groups that only commit offsets, so they have this type too. `protocol` shows which kind it is. Any of them can have committed offsets.',
)

/** A group whose members share partitions. */
export const ShareGroup = groupType(
  'ShareGroup',
  'A group whose members share partitions like a queue (KIP-932). Each message goes to one member, which acknowledges it or gives it back; after a time limit another member gets it. A share group commits no offsets.',
)

export const StreamsGroup = groupType(
  'StreamsGroup',
  'A Kafka Streams application that the brokers balance (KIP-1071). Its members process tasks. It commits how far it has read, like a consumer group.',
)

const consumerGroupFields = objectFields(ConsumerGroup, t => ({
  isSimpleConsumerGroup: t.boolean({
    description:
      'Whether the group never had members that the brokers managed: a client only commits offsets under this id and chooses its partitions itself.',
    resolve: async (group, _, context) => (await summaryOf(group, context)).protocol === '',
  }),
  partitionAssignor: t.string({
    description:
      'The strategy that assigns partitions to members ("range", "cooperative-sticky", "uniform"). Null while there are no members; null with an error if the group cannot be described.',
    nullable: true,
    resolve: async (group, _, context) => (await describeGroup(group, context)).partitionAssignor,
  }),
}))

/** What this file adds to a schema. */
export const groupParts = parts(Group, ConsumerGroup, ShareGroup, StreamsGroup, consumerGroupFields)
