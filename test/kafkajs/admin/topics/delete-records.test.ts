import { expect, it } from 'vitest'
import { isFailure } from '../../../../src/kafka/errors/kafka-error.ts'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { ByteWriter } from '../../../../src/kafkajs/wire/byte-writer.ts'
import { codesOf } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { openKafka } from '../../open-kafka.ts'
import {
  type Answer,
  metadataAnswer,
  type Script,
  type ScriptedBroker,
  startScriptedBroker,
} from '../../transport/scripted-broker.ts'

const METADATA = 3
const LIST_OFFSETS = 2
const DELETE_RECORDS = 21

const name = toTopicName('scripted-topic')
const limits = { topicAdmin: { deadlineMs: 2000, propagationMs: 200 } }
const cut = { partition: 0, before: toOffset(7) }

/** A broker that leads the topic's only partition. */
const start = async (script: Script): Promise<ScriptedBroker> => {
  const partition = {
    errorCode: 0,
    partition: 0,
    leader: 1,
    leaderEpoch: 1,
    replicas: [1],
    isr: [1],
    offlineReplicas: [],
  }
  const more = { eligibleLeaderReplicas: null, lastKnownEligibleLeaderReplicas: null }
  const described = { errorCode: 0, name, topicId: '00000000-0000-4000-8000-000000000001', isInternal: false }
  const topics = [{ ...described, authorizedOperations: 0, partitions: [{ ...partition, ...more }] }]
  const broker: ScriptedBroker = await startScriptedBroker({
    ...script,
    [METADATA]: () => metadataAnswer({ brokers: [{ ...broker, nodeId: 1 }], topics }),
  })
  return broker
}

const deleted = (errorCode: number, lowWatermark: bigint): Buffer => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray([name], one => {
    writer.compactString(one)
    writer.compactArray([0], partition => writer.int32(partition).int64(lowWatermark).int16(errorCode).noTags())
    writer.noTags()
  })
  return writer.noTags().toBuffer()
}

const listed = (offset: bigint): Buffer => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray([name], one => {
    writer.compactString(one)
    writer.compactArray([0], partition => writer.int32(partition).int16(0).int64(-1n).int64(offset).int32(0).noTags())
    writer.noTags()
  })
  return writer.noTags().toBuffer()
}

it.each<[string, Answer]>([
  ['a lost response', 'hang up'],
  ['a response that is cut off', { cut: deleted(0, 7n) }],
  ['NOT_LEADER_OR_FOLLOWER', deleted(6, -1n)],
  ['REQUEST_TIMED_OUT, a lagging follower', deleted(7, -1n)],
])('is sent again after %s, because deletion is idempotent', async (_, first) => {
  let asked = 0
  await using broker = await start({ [DELETE_RECORDS]: () => (asked++ === 0 ? first : deleted(0, 7n)) })
  await using kafka = openKafka(broker.address, { limits })
  expect(await kafka.topicAdmin.deleteRecords(testCall, name, [cut])).toEqual([{ partition: 0, offset: 7n }])
  expect(asked).toBe(2)
})

it('looks up the high watermark once to delete everything, so that a retry deletes nothing written meanwhile', async () => {
  let asked = 0
  await using broker = await start({
    [LIST_OFFSETS]: () => listed(42n),
    [DELETE_RECORDS]: () => (asked++ === 0 ? 'hang up' : deleted(0, 42n)),
  })
  await using kafka = openKafka(broker.address, { limits })
  const outcomes = await kafka.topicAdmin.deleteRecords(testCall, name, [{ partition: 0, before: null }])
  expect(outcomes).toEqual([{ partition: 0, offset: 42n }])
  expect(broker.asked.filter(key => key === LIST_OFFSETS)).toHaveLength(1)
})

it.each<[number, string]>([
  [44, 'POLICY_VIOLATION'],
  [29, 'TOPIC_AUTHORIZATION_FAILED'],
])('a permanent refusal (%i) is returned at once, with the partition: %s', async (errorCode, code) => {
  await using broker = await start({ [DELETE_RECORDS]: () => deleted(errorCode, -1n) })
  await using kafka = openKafka(broker.address, { limits })
  const outcomes = await kafka.topicAdmin.deleteRecords(testCall, name, [cut])
  expect(codesOf(outcomes)).toEqual([code])
  expect(outcomes.map(one => (isFailure(one) ? one.message : ''))[0]).toContain('partition 0 of topic scripted-topic')
  expect(broker.asked.filter(key => key === DELETE_RECORDS)).toHaveLength(1)
})

it('stops at its deadline if the leader never answers', async () => {
  await using broker = await start({ [DELETE_RECORDS]: () => 'silence' })
  await using kafka = openKafka(broker.address, { limits: { topicAdmin: { deadlineMs: 300, propagationMs: 200 } } })
  expect(codesOf(await kafka.topicAdmin.deleteRecords(testCall, name, [cut]))).toEqual(['KAFKA_UNAVAILABLE'])
})
