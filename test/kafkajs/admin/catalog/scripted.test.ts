import { expect, it } from 'vitest'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import type { MetadataTopic } from '../../../../src/kafkajs/requests/cluster/metadata.ts'
import { ByteWriter } from '../../../../src/kafkajs/wire/byte-writer.ts'
import { codesOf, valueIn } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { openKafka, testLimits } from '../../open-kafka.ts'
import {
  metadataAnswer,
  type Script,
  type ScriptedBroker,
  type ScriptedMetadata,
  startScriptedBroker,
} from '../../transport/scripted-broker.ts'

const METADATA = 3
const LIST_OFFSETS = 2
const DESCRIBE_QUORUM = 55
const DESCRIBE_TOPIC_PARTITIONS = 75

const name = toTopicName('scripted-topic')
const noElr = { eligibleLeaderReplicas: null, lastKnownEligibleLeaderReplicas: null }
const topic = (more: Partial<MetadataTopic> = {}): MetadataTopic => ({
  errorCode: 0,
  name,
  topicId: '00000000-0000-4000-8000-000000000001',
  isInternal: false,
  partitions: [
    { errorCode: 0, partition: 0, leader: 1, leaderEpoch: 7, replicas: [1], isr: [1], offlineReplicas: [], ...noElr },
    { errorCode: 5, partition: 1, leader: -1, leaderEpoch: 3, replicas: [2], isr: [2], offlineReplicas: [2], ...noElr },
  ],
  authorizedOperations: 0,
  ...more,
})

const limits = { catalog: { ...testLimits.catalog, deadlineMs: 3000, leaderWaitMs: 300, metadataCacheMs: 0 } }

/** A broker that is the only one of its cluster, node 1. */
const start = async (
  script: Script,
  metadata: (asked: number) => Partial<ScriptedMetadata>,
): Promise<ScriptedBroker> => {
  let asked = 0
  const broker: ScriptedBroker = await startScriptedBroker({
    ...script,
    [METADATA]: () => metadataAnswer({ brokers: [{ ...broker, nodeId: 1 }], ...metadata(asked++) }),
  })
  return broker
}

const quorum = (errorCode: number, leaderId: number) => () => {
  const writer = new ByteWriter().int16(errorCode)
  return writer
    .compactArray(errorCode === 0 ? ['__cluster_metadata'] : [], one => {
      writer.compactString(one).compactArray([0], partition => writer.int32(partition).int16(0).int32(leaderId))
    })
    .toBuffer()
}

const found = (partition: number, errorCode: number, offset: bigint) => () => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray([name], one => {
    writer.compactString(one)
    writer.compactArray([partition], index => {
      writer.int32(index).int16(errorCode).int64(-1n).int64(offset).int32(0).noTags()
    })
    writer.noTags()
  })
  return writer.noTags().toBuffer()
}

const latest = (partition: number) =>
  ({ topic: name, partition, at: 'latest', isolationLevel: 'READ_COMMITTED' }) as const

it.each([
  ["the quorum's leader", quorum(0, 1), 1],
  ['null during a controller election', quorum(0, -1), null],
  ["Metadata's where the quorum may not be asked (CLUSTER_AUTHORIZATION_FAILED)", quorum(31, -1), 9],
])('the controller: %s', async (_, answer, controllerId) => {
  await using broker = await start({ [DESCRIBE_QUORUM]: answer }, () => ({ controllerId: 9 }))
  await using kafka = openKafka(broker.address, { limits })
  expect(await kafka.catalog.describeCluster(testCall)).toMatchObject({ clusterId: 'scripted', controllerId })
})

it('uses Metadata if the broker lacks DescribeTopicPartitions, and describes a partition without a leader', async () => {
  await using broker = await start({}, () => ({ topics: [topic()] }))
  await using kafka = openKafka(broker.address, { limits })
  expect(valueIn((await kafka.catalog.describeTopics(testCall, [name]))[0]).partitions).toEqual([
    { partition: 0, leader: 1, leaderEpoch: 7, replicas: [1], isr: [1], offlineReplicas: [], ...noElr },
    { partition: 1, leader: null, leaderEpoch: 3, replicas: [2], isr: [2], offlineReplicas: [2], ...noElr },
  ])
})

/** A DescribeTopicPartitions response about the topic, without partitions. */
const describedTopic = (errorCode: number) => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray([topic()], one => {
    writer.int16(errorCode).compactString(one.name).uuid(one.topicId).boolean(false)
    writer.compactArray([], () => {})
    writer.int32(-1).noTags()
  })
  return writer.int8(-1).noTags().toBuffer()
}

it('looks a topic up again before it reports it as missing', async () => {
  let asked = 0
  const unknownAtFirst = () => describedTopic(asked++ === 0 ? 3 : 0)
  await using broker = await start({ [DESCRIBE_TOPIC_PARTITIONS]: unknownAtFirst }, () => ({}))
  await using kafka = openKafka(broker.address, { limits })
  expect(codesOf(await kafka.catalog.describeTopics(testCall, [name]))).toEqual([null])
  expect(asked).toBe(2)
})

it('reports a topic as missing the second time', async () => {
  await using broker = await start({ [DESCRIBE_TOPIC_PARTITIONS]: () => describedTopic(3) }, () => ({}))
  await using kafka = openKafka(broker.address, { limits })
  expect(codesOf(await kafka.catalog.describeTopics(testCall, [name]))).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
  expect(broker.asked.filter(key => key === DESCRIBE_TOPIC_PARTITIONS)).toHaveLength(2)
})

it('returns LEADER_NOT_AVAILABLE for a partition without a leader, and the offset of its neighbour', async () => {
  await using broker = await start({ [LIST_OFFSETS]: found(0, 0, 42n) }, () => ({ topics: [topic()] }))
  await using kafka = openKafka(broker.address, { limits })
  const outcomes = await kafka.catalog.listOffsets(testCall, [latest(0), latest(1)])
  expect(codesOf(outcomes)).toEqual([null, 'LEADER_NOT_AVAILABLE'])
  expect(valueIn(outcomes[0]).offset).toBe(42n)
})

it('gives up on a leader that does not answer', async () => {
  await using broker = await start({ [LIST_OFFSETS]: () => 'silence' }, () => ({ topics: [topic()] }))
  await using kafka = openKafka(broker.address, { limits })
  expect(codesOf(await kafka.catalog.listOffsets(testCall, [latest(0)]))).toEqual(['KAFKA_UNAVAILABLE'])
})

it('looks up the new leader after a leader change', async () => {
  let asked = 0
  const notLeaderAtFirst = () => (asked++ === 0 ? found(0, 6, -1n)() : found(0, 0, 5n)())
  await using broker = await start({ [LIST_OFFSETS]: notLeaderAtFirst }, () => ({ topics: [topic()] }))
  await using kafka = openKafka(broker.address, { limits })
  expect(valueIn((await kafka.catalog.listOffsets(testCall, [latest(0)]))[0]).offset).toBe(5n)
})

it("returns a permanent refusal at once, with Kafka's code", async () => {
  await using broker = await start({ [LIST_OFFSETS]: found(0, 29, -1n) }, () => ({ topics: [topic()] }))
  await using kafka = openKafka(broker.address, { limits })
  expect(codesOf(await kafka.catalog.listOffsets(testCall, [latest(0)]))).toEqual(['TOPIC_AUTHORIZATION_FAILED'])
})
