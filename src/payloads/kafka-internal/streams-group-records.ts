import { field, listOf, type RecordKind, recordKind } from './record-schema.ts'

const GROUP = [field('groupId', 'string')]
const MEMBER = [...GROUP, field('memberId', 'string')]

const TASK = [field('subtopologyId', 'string'), field('partitions', listOf('int32'))]
const TASKS = listOf(TASK)
const OWNED_TASKS = listOf([...TASK, field('assignmentEpochs', listOf('int32'), { tag: 0, isNullable: true })])

const TOPICS = listOf([
  field('name', 'string'),
  field('partitions', 'int32'),
  field('replicationFactor', 'int16'),
  field('topicConfigs', listOf([field('key', 'string'), field('value', 'string')])),
])

const SUBTOPOLOGIES = listOf([
  field('subtopologyId', 'string'),
  field('sourceTopics', listOf('string')),
  field('sourceTopicRegex', listOf('string')),
  field('stateChangelogTopics', TOPICS),
  field('repartitionSinkTopics', listOf('string')),
  field('repartitionSourceTopics', TOPICS),
  field(
    'copartitionGroups',
    listOf([
      field('sourceTopics', listOf('int16')),
      field('sourceTopicRegex', listOf('int16')),
      field('repartitionSourceTopics', listOf('int16')),
    ]),
  ),
])

const KEY_VALUES = listOf([field('key', 'string'), field('value', 'string')])

const STREAMS_MEMBER = [
  field('instanceId', 'string', { isNullable: true }),
  field('rackId', 'string', { isNullable: true }),
  field('clientId', 'string'),
  field('clientHost', 'string'),
  field('rebalanceTimeoutMs', 'int32'),
  field('topologyEpoch', 'int32'),
  field('processId', 'string'),
  field('userEndpoint', [field('host', 'string'), field('port', 'uint16')], { isNullable: true }),
  field('clientTags', KEY_VALUES),
]

/** The records of streams groups in `__consumer_offsets`, by the number of their kind. */
export const streamsGroupRecords: ReadonlyMap<number, RecordKind> = new Map([
  [
    17,
    recordKind('StreamsGroupMetadata', GROUP, [
      field('epoch', 'int32'),
      field('metadataHash', 'int64'),
      field('validatedTopologyEpoch', 'int32', { tag: 0 }),
      field('lastAssignmentConfigs', KEY_VALUES, { tag: 1, isNullable: true }),
    ]),
  ],
  [19, recordKind('StreamsGroupMemberMetadata', MEMBER, STREAMS_MEMBER)],
  [
    20,
    recordKind('StreamsGroupTargetAssignmentMetadata', GROUP, [
      field('assignmentEpoch', 'int32'),
      field('assignmentTimestamp', 'int64', { tag: 0 }),
    ]),
  ],
  [
    21,
    recordKind('StreamsGroupTargetAssignmentMember', MEMBER, [
      field('activeTasks', TASKS),
      field('standbyTasks', TASKS),
      field('warmupTasks', TASKS),
    ]),
  ],
  [
    22,
    recordKind('StreamsGroupCurrentMemberAssignment', MEMBER, [
      field('memberEpoch', 'int32'),
      field('previousMemberEpoch', 'int32'),
      field('state', 'int8'),
      field('activeTasks', OWNED_TASKS),
      field('standbyTasks', OWNED_TASKS),
      field('warmupTasks', OWNED_TASKS),
      field('activeTasksPendingRevocation', OWNED_TASKS),
      field('standbyTasksPendingRevocation', OWNED_TASKS),
      field('warmupTasksPendingRevocation', OWNED_TASKS),
    ]),
  ],
  [23, recordKind('StreamsGroupTopology', GROUP, [field('epoch', 'int32'), field('subtopologies', SUBTOPOLOGIES)])],
])
