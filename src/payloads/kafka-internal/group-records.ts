import { field, keySchema, listOf, type RecordKind, recordKind } from './record-schema.ts'

const GROUP = [field('groupId', 'string')]
const MEMBER = [...GROUP, field('memberId', 'string')]
const COMMIT = [field('group', 'string'), field('topic', 'string'), field('partition', 'int32')]

const PARTITIONS = listOf([field('topicId', 'uuid'), field('partitions', listOf('int32'))])

const OWNED_PARTITIONS = listOf([
  field('topicId', 'uuid'),
  field('partitions', listOf('int32')),
  field('assignmentEpochs', listOf('int32'), { tag: 0, isNullable: true }),
])

/** Written until Kafka 4.0. */
const PARTITION_METADATA = [
  field(
    'topics',
    listOf([
      field('topicId', 'uuid'),
      field('topicName', 'string'),
      field('numPartitions', 'int32'),
      field('partitionMetadata', listOf([field('partition', 'int32'), field('racks', listOf('string'))])),
    ]),
  ),
]

const ASSIGNMENT_METADATA = [field('assignmentEpoch', 'int32'), field('assignmentTimestamp', 'int64', { tag: 0 })]

const offsetCommitValue = {
  name: 'OffsetCommitValue',
  lastVersion: 4,
  flexibleSince: 4,
  fields: [
    field('offset', 'int64'),
    field('leaderEpoch', 'int32', { since: 3 }),
    field('metadata', 'string'),
    field('commitTimestamp', 'int64'),
    field('expireTimestamp', 'int64', { since: 1, until: 1 }),
    field('topicId', 'uuid', { since: 4, tag: 0 }),
  ],
}

const groupMetadataValue = {
  name: 'GroupMetadataValue',
  lastVersion: 4,
  flexibleSince: 4,
  fields: [
    field('protocolType', 'string'),
    field('generation', 'int32'),
    field('protocol', 'string', { isNullable: true }),
    field('leader', 'string', { isNullable: true }),
    field('currentStateTimestamp', 'int64', { since: 2 }),
    field(
      'members',
      listOf([
        field('memberId', 'string'),
        field('groupInstanceId', 'string', { since: 3, isNullable: true }),
        field('clientId', 'string'),
        field('clientHost', 'string'),
        field('rebalanceTimeout', 'int32', { since: 1 }),
        field('sessionTimeout', 'int32'),
        field('subscription', 'bytes'),
        field('assignment', 'bytes'),
      ]),
    ),
  ],
}

const CONSUMER_MEMBER = [
  field('instanceId', 'string', { isNullable: true }),
  field('rackId', 'string', { isNullable: true }),
  field('clientId', 'string'),
  field('clientHost', 'string'),
  field('subscribedTopicNames', listOf('string')),
  field('subscribedTopicRegex', 'string', { isNullable: true }),
  field('rebalanceTimeoutMs', 'int32'),
  field('serverAssignor', 'string', { isNullable: true }),
  field(
    'classicMemberMetadata',
    [
      field('sessionTimeoutMs', 'int32'),
      field('supportedProtocols', listOf([field('name', 'string'), field('metadata', 'bytes')])),
    ],
    { tag: 0, isNullable: true },
  ),
]

const SHARE_MEMBER = [
  field('rackId', 'string', { isNullable: true }),
  field('clientId', 'string'),
  field('clientHost', 'string'),
  field('subscribedTopicNames', listOf('string')),
]

const MEMBER_EPOCHS = [field('memberEpoch', 'int32'), field('previousMemberEpoch', 'int32'), field('state', 'int8')]

const SHARE_TOPIC = [field('topicId', 'uuid'), field('topicName', 'string')]
const SHARE_TOPICS = listOf([...SHARE_TOPIC, field('partitions', listOf('int32'))])

/** The records of classic, consumer and share groups in `__consumer_offsets`, by the number of their kind. */
export const groupRecords: ReadonlyMap<number, RecordKind> = new Map([
  [0, { key: keySchema('LegacyOffsetCommitKey', COMMIT), value: offsetCommitValue }],
  [1, { key: keySchema('OffsetCommitKey', COMMIT), value: offsetCommitValue }],
  [2, { key: keySchema('GroupMetadataKey', [field('group', 'string')]), value: groupMetadataValue }],
  [
    3,
    recordKind('ConsumerGroupMetadata', GROUP, [field('epoch', 'int32'), field('metadataHash', 'int64', { tag: 0 })]),
  ],
  [4, recordKind('ConsumerGroupPartitionMetadata', GROUP, PARTITION_METADATA)],
  [5, recordKind('ConsumerGroupMemberMetadata', MEMBER, CONSUMER_MEMBER)],
  [6, recordKind('ConsumerGroupTargetAssignmentMetadata', GROUP, ASSIGNMENT_METADATA)],
  [7, recordKind('ConsumerGroupTargetAssignmentMember', MEMBER, [field('topicPartitions', PARTITIONS)])],
  [
    8,
    recordKind('ConsumerGroupCurrentMemberAssignment', MEMBER, [
      ...MEMBER_EPOCHS,
      field('assignedPartitions', OWNED_PARTITIONS),
      field('partitionsPendingRevocation', OWNED_PARTITIONS),
    ]),
  ],
  [9, recordKind('ShareGroupPartitionMetadata', GROUP, PARTITION_METADATA)],
  [10, recordKind('ShareGroupMemberMetadata', MEMBER, SHARE_MEMBER)],
  [11, recordKind('ShareGroupMetadata', GROUP, [field('epoch', 'int32'), field('metadataHash', 'int64')])],
  [12, recordKind('ShareGroupTargetAssignmentMetadata', GROUP, ASSIGNMENT_METADATA)],
  [13, recordKind('ShareGroupTargetAssignmentMember', MEMBER, [field('topicPartitions', PARTITIONS)])],
  [
    14,
    recordKind('ShareGroupCurrentMemberAssignment', MEMBER, [
      ...MEMBER_EPOCHS,
      field('assignedPartitions', PARTITIONS),
    ]),
  ],
  [
    15,
    recordKind('ShareGroupStatePartitionMetadata', GROUP, [
      field('initializingTopics', SHARE_TOPICS),
      field('initializedTopics', SHARE_TOPICS),
      field('deletingTopics', listOf(SHARE_TOPIC)),
    ]),
  ],
  [
    16,
    recordKind(
      'ConsumerGroupRegularExpression',
      [...GROUP, field('regularExpression', 'string')],
      [field('topics', listOf('string')), field('version', 'int64'), field('timestamp', 'int64')],
    ),
  ],
])
