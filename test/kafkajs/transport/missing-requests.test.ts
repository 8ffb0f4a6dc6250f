import { afterAll, beforeAll, expect, it } from 'vitest'
import { isFailure, KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import type { OutgoingMessage } from '../../../src/kafka/message.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import { LogFaultError } from '../../../src/kafka/ports/log-source.ts'
import type { ProduceOptions } from '../../../src/kafka/ports/message-sink.ts'
import { type TopicName, toTopicName } from '../../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../../src/kafkajs/create-kafka.ts'
import { valueIn } from '../../contract/outcome.ts'
import { testCall } from '../../support/call.ts'
import { freshTopicName } from '../../support/kafka.ts'
import { type NarrowedKafka, narrowedKafka } from '../../support/narrowed-kafka.ts'
import { openKafka } from '../open-kafka.ts'

/** Work that needs a request, and the lowest version of it that this server supports. */
interface Case {
  readonly name: string
  readonly key: number
  readonly lowest: number
  readonly work: (kafka: KafkaAdapter, topic: TopicName) => Promise<unknown>
}

const GROUP = 'narrowed'
const ALL = { resourceType: 'ANY', resourceName: null, patternType: 'ANY', principal: null, host: null } as const
const EVERY_ACL = { ...ALL, operation: 'ANY', permissionType: 'ANY' } as const
const ACL = {
  resourceType: 'TOPIC',
  resourceName: 'nothing',
  patternType: 'LITERAL',
  principal: 'User:nobody',
  host: '*',
  operation: 'READ',
  permissionType: 'ALLOW',
} as const
const USER = [{ type: 'user', name: 'nobody' }] as const

const at = (topic: TopicName) => ({ topic, partition: 0 })

const produce = ({ sink }: KafkaAdapter, topic: TopicName, options: Partial<ProduceOptions> = {}) => {
  const nothing = { key: null, headers: [], timestamp: null, partition: 0 }
  const message: OutgoingMessage = { topic, value: Buffer.from('v'), ...nothing }
  const usual = { acks: 'ALL', compressionType: 'NONE', transactional: false, timeoutMs: 8000 } as const
  return sink.produce(testCall, [message], { ...usual, ...options })
}

const read = async ({ catalog, source }: KafkaAdapter, topic: TopicName) => {
  const [described] = await catalog.describeTopics(testCall, [topic])
  const log = { topic, topicId: valueIn(described).topicId, partition: 0 }
  const request = { log, isolationLevel: 'READ_COMMITTED', offset: toOffset(0), maxBytes: 1024, maxWaitMs: 0 } as const
  return source.read(request, AbortSignal.timeout(8000))
}

const follow = async ({ catalog, source }: KafkaAdapter, topic: TopicName) => {
  const [described] = await catalog.describeTopics(testCall, [topic])
  const log = { topic, topicId: valueIn(described).topicId, partition: 0 }
  return new Promise((resolve, reject) => {
    const follower = { onSlice: resolve, onFault: (fault: LogFaultError['fault']) => reject(new LogFaultError(fault)) }
    source.follow(log, 'READ_COMMITTED', toOffset(0), follower)
  })
}

const commit = ({ groupAdmin }: KafkaAdapter, topic: TopicName, groupId = GROUP) =>
  groupAdmin.alterOffsets(testCall, groupId, [{ ...at(topic), offset: toOffset(0), leaderEpoch: null, metadata: '' }])

const abort = async ({ transactions }: KafkaAdapter, topic: TopicName) =>
  transactions.abortTransaction(testCall, { ...at(topic), producerId: 4711n, producerEpoch: 0, coordinatorEpoch: 0 })

const newTopic = { numPartitions: 1, replicationFactor: 1, replicaAssignments: null, configs: [] }

const CASES: readonly Case[] = [
  { name: 'Produce', key: 0, lowest: 9, work: produce },
  { name: 'Fetch, once', key: 1, lowest: 5, work: read },
  { name: 'Fetch, followed', key: 1, lowest: 5, work: follow },
  {
    name: 'Fetch, for a message time',
    key: 1,
    lowest: 5,
    work: ({ messageTimes }, topic) => messageTimes.firstTimestamps(testCall, [{ ...at(topic), offset: toOffset(0) }]),
  },
  {
    name: 'ListOffsets',
    key: 2,
    lowest: 7,
    work: ({ catalog }, topic) =>
      catalog.listOffsets(testCall, [{ ...at(topic), at: 'latest', isolationLevel: 'READ_UNCOMMITTED' }]),
  },
  { name: 'Metadata', key: 3, lowest: 12, work: ({ catalog }) => catalog.listTopics(testCall) },
  { name: 'Metadata, to produce', key: 3, lowest: 12, work: produce },
  { name: 'OffsetCommit', key: 8, lowest: 8, work: (kafka, topic) => commit(kafka, topic) },
  { name: 'OffsetFetch', key: 9, lowest: 8, work: ({ groups }) => groups.committedOffsets(testCall, [GROUP]) },
  { name: 'FindCoordinator', key: 10, lowest: 4, work: (kafka, topic) => commit(kafka, topic, 'new') },
  {
    name: 'FindCoordinator, for a transaction',
    key: 10,
    lowest: 4,
    work: (kafka, topic) => produce(kafka, topic, { transactional: true }),
  },
  {
    name: 'LeaveGroup',
    key: 13,
    lowest: 5,
    work: ({ groupAdmin }) => groupAdmin.removeMembers(testCall, GROUP, ['one']),
  },
  { name: 'DescribeGroups', key: 15, lowest: 5, work: ({ groups }) => groups.describeGroups(testCall, [GROUP]) },
  { name: 'ListGroups', key: 16, lowest: 4, work: ({ groups }) => groups.listGroups(testCall) },
  {
    name: 'CreateTopics',
    key: 19,
    lowest: 7,
    work: ({ topicAdmin }) => topicAdmin.createTopics(testCall, [{ name: toTopicName('never'), ...newTopic }]),
  },
  {
    name: 'DeleteTopics',
    key: 20,
    lowest: 6,
    work: ({ topicAdmin }, topic) => topicAdmin.deleteTopics(testCall, [topic]),
  },
  {
    name: 'DeleteRecords',
    key: 21,
    lowest: 2,
    work: ({ topicAdmin }, topic) => topicAdmin.deleteRecords(testCall, topic, [{ partition: 0, before: toOffset(0) }]),
  },
  { name: 'InitProducerId', key: 22, lowest: 2, work: produce },
  {
    name: 'AddPartitionsToTxn',
    key: 24,
    lowest: 3,
    work: (kafka, topic) => produce(kafka, topic, { transactional: true }),
  },
  { name: 'WriteTxnMarkers', key: 27, lowest: 1, work: abort },
  { name: 'DescribeAcls', key: 29, lowest: 3, work: ({ security }) => security.describeAcls(testCall, EVERY_ACL) },
  { name: 'CreateAcls', key: 30, lowest: 3, work: ({ security }) => security.createAcls(testCall, [ACL]) },
  { name: 'DeleteAcls', key: 31, lowest: 3, work: ({ security }) => security.deleteAcls(testCall, [ACL]) },
  {
    name: 'DescribeConfigs',
    key: 32,
    lowest: 4,
    work: ({ catalog }, topic) => catalog.describeConfigs(testCall, [{ type: 'TOPIC', name: topic }]),
  },
  {
    name: 'DescribeLogDirs',
    key: 35,
    lowest: 4,
    work: ({ replicas }) => replicas.describeLogDirs(testCall, [1], null),
  },
  {
    name: 'CreatePartitions',
    key: 37,
    lowest: 3,
    work: ({ topicAdmin }, topic) => topicAdmin.createPartitions(testCall, { topic, totalCount: 2, assignments: null }),
  },
  { name: 'DeleteGroups', key: 42, lowest: 2, work: ({ groupAdmin }) => groupAdmin.deleteGroups(testCall, [GROUP]) },
  {
    name: 'ElectLeaders',
    key: 43,
    lowest: 2,
    work: ({ replicas }, topic) => replicas.electLeaders(testCall, 'PREFERRED', [at(topic)]),
  },
  {
    name: 'IncrementalAlterConfigs',
    key: 44,
    lowest: 1,
    work: ({ configAdmin }, topic) =>
      configAdmin.incrementalAlterConfigs(testCall, { type: 'TOPIC', name: topic }, [
        { name: 'retention.ms', op: 'SET', value: '1000000' },
      ]),
  },
  {
    name: 'AlterPartitionReassignments',
    key: 45,
    lowest: 0,
    work: ({ replicas }, topic) => replicas.alterPartitionReassignments(testCall, [{ ...at(topic), replicas: [1] }]),
  },
  {
    name: 'ListPartitionReassignments',
    key: 46,
    lowest: 0,
    work: ({ replicas }) => replicas.listPartitionReassignments(testCall, null),
  },
  {
    name: 'OffsetDelete',
    key: 47,
    lowest: 0,
    work: ({ groupAdmin }, topic) => groupAdmin.deleteOffsets(testCall, GROUP, [at(topic)]),
  },
  {
    name: 'DescribeClientQuotas',
    key: 48,
    lowest: 1,
    work: ({ security }) => security.describeClientQuotas(testCall, { components: [], isStrict: false }),
  },
  {
    name: 'AlterClientQuotas',
    key: 49,
    lowest: 1,
    work: ({ security }) =>
      security.alterClientQuotas(testCall, [
        { entity: USER, set: [{ key: 'producer_byte_rate', value: 1e9 }], remove: [] },
      ]),
  },
  {
    name: 'DescribeUserScramCredentials',
    key: 50,
    lowest: 0,
    work: ({ security }) => security.describeScramUsers(testCall, null),
  },
  {
    name: 'AlterUserScramCredentials',
    key: 51,
    lowest: 0,
    work: ({ security }) =>
      security.alterScramCredentials(testCall, [], [{ user: 'nobody', mechanism: 'SCRAM_SHA_256' }]),
  },
  { name: 'DescribeQuorum', key: 55, lowest: 0, work: ({ inspector }) => inspector.describeQuorum(testCall) },
  { name: 'DescribeCluster', key: 60, lowest: 1, work: ({ inspector }) => inspector.clusterOperations(testCall) },
  {
    name: 'DescribeProducers',
    key: 61,
    lowest: 0,
    work: ({ transactions }, topic) => transactions.describeProducers(testCall, [at(topic)]),
  },
  {
    name: 'DescribeTransactions',
    key: 65,
    lowest: 0,
    work: ({ transactions }) => transactions.describeTransactions(testCall, ['nobody']),
  },
  {
    name: 'ListTransactions',
    key: 66,
    lowest: 1,
    work: ({ transactions }) =>
      transactions.listTransactions(testCall, {
        states: [],
        producerIds: [],
        minDurationMs: null,
        transactionalIdPattern: null,
      }),
  },
  {
    name: 'ListConfigResources',
    key: 74,
    lowest: 0,
    work: ({ configAdmin }) => configAdmin.listConfigResources(testCall, 'CLIENT_METRICS'),
  },
]

/** Every error in a result, however deeply nested. */
const errorsIn = (answer: unknown): readonly KafkaError[] => {
  if (answer instanceof KafkaError) return [answer]
  if (answer === null || typeof answer !== 'object' || Buffer.isBuffer(answer)) return []
  return Object.values(answer).flatMap(errorsIn)
}

/** The error codes of a result. */
const codesOf = async (work: Promise<unknown>): Promise<readonly string[]> => {
  try {
    return errorsIn(await work).map(({ code }) => code)
  } catch (thrown) {
    const { fault } = thrown instanceof LogFaultError ? thrown : { fault: null }
    const error = fault?.kind === 'refused' ? fault.error : thrown
    if (error instanceof KafkaError) return [error.code]
    throw error
  }
}

let narrow: NarrowedKafka

beforeAll(async () => {
  narrow = await narrowedKafka()
}, 120_000)
afterAll(() => narrow?.[Symbol.asyncDispose]())

const freshTopic = async (): Promise<TopicName> => {
  await using kafka = openKafka(narrow.near.bootstrapServers)
  const name = toTopicName(freshTopicName())
  const [created] = await kafka.topicAdmin.createTopics(testCall, [{ name, ...newTopic }])
  valueIn(created)
  const [written] = await produce(kafka, name)
  valueIn(written)
  for (const one of await commit(kafka, name)) valueIn(one)
  return name
}

const lines = CASES.flatMap(one => [
  { ...one, limit: null },
  ...(one.lowest > 0 ? [{ ...one, limit: one.lowest - 1 }] : []),
])

it.each(lines)('$name up to version $limit: UNSUPPORTED_VERSION, without waiting', async ({ key, limit, work }) => {
  narrow.limit({})
  const topic = await freshTopic()
  narrow.limit({ [key]: limit })
  await using kafka = openKafka(narrow.bootstrapServers)
  expect(new Set(await codesOf(work(kafka, topic)))).toEqual(new Set(['UNSUPPORTED_VERSION']))
  expect(narrow.refused).toEqual([])
})

it('topics are described without DescribeTopicPartitions', async () => {
  const topic = await freshTopic()
  narrow.limit({ 75: null })
  await using kafka = openKafka(narrow.bootstrapServers)
  const [described] = await kafka.catalog.describeTopics(testCall, [topic])
  expect(described !== undefined && !isFailure(described) && described.partitions).toHaveLength(1)
})

it('without Metadata the state contains the reason', async () => {
  narrow.limit({ 3: null })
  await using kafka = openKafka(narrow.bootstrapServers)
  await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject({ code: 'UNSUPPORTED_VERSION' })
  expect(kafka.state).toMatchObject({ isUp: false, reason: expect.stringContaining('does not support Metadata') })
})
