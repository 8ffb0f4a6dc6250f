import { expect, it } from 'vitest'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { ByteWriter } from '../../../../src/kafkajs/wire/byte-writer.ts'
import { codesOf } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { openKafka } from '../../open-kafka.ts'
import {
  type Answer,
  metadataAnswer,
  type ScriptedBroker,
  startScriptedBroker,
} from '../../transport/scripted-broker.ts'

const METADATA = 3
const CREATE_TOPICS = 19
const DELETE_TOPICS = 20

const name = toTopicName('scripted-topic')
const topic = { name, numPartitions: 1, replicationFactor: 1, replicaAssignments: null, configs: [] }
const limits = { topicAdmin: { deadlineMs: 1000, propagationMs: 200 } }

const start = async (answer: () => Answer): Promise<ScriptedBroker> => {
  const broker: ScriptedBroker = await startScriptedBroker({
    [METADATA]: () => metadataAnswer({ brokers: [{ ...broker, nodeId: 1 }] }),
    [CREATE_TOPICS]: answer,
    [DELETE_TOPICS]: answer,
  })
  return broker
}

const created = (errorCode: number, message: string | null) => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray([name], one => {
    writer.compactString(one).uuid('00000000-0000-4000-8000-000000000001').int16(errorCode).compactString(message)
    writer
      .int32(1)
      .int16(1)
      .compactArray(null, () => {})
      .noTags()
  })
  return writer.noTags().toBuffer()
}

it.each<[string, Answer]>([
  ['the broker hangs up', 'hang up'],
  ['the broker is silent', 'silence'],
  ['the response is cut off', { cut: created(0, null) }],
])('a sent change is OUTCOME_UNKNOWN if %s, and is not sent again', async (_, answer) => {
  await using broker = await start(() => answer)
  await using kafka = openKafka(broker.address, { limits })
  expect(codesOf(await kafka.topicAdmin.createTopics(testCall, [topic]))).toEqual(['OUTCOME_UNKNOWN'])
  expect(codesOf(await kafka.topicAdmin.deleteTopics(testCall, [name]))).toEqual(['OUTCOME_UNKNOWN'])
  expect(broker.asked.filter(key => key === CREATE_TOPICS)).toHaveLength(1)
  expect(broker.asked.filter(key => key === DELETE_TOPICS)).toHaveLength(1)
})

it('a change that found no controller is sent again, because nothing was done', async () => {
  let asked = 0
  await using broker = await start(() => (asked++ < 2 ? created(41, null) : created(0, null)))
  await using kafka = openKafka(broker.address, { limits })
  expect(codesOf(await kafka.topicAdmin.createTopics(testCall, [topic]))).toEqual([null])
  expect(asked).toBe(3)
})

it("a refusal keeps Kafka's own message", async () => {
  await using broker = await start(() => created(44, 'No topics on Fridays.'))
  await using kafka = openKafka(broker.address, { limits })
  const [outcome] = await kafka.topicAdmin.createTopics(testCall, [topic])
  expect(outcome).toMatchObject({ code: 'POLICY_VIOLATION', message: 'No topics on Fridays.', retriable: false })
})

it('a creation succeeds although the brokers do not learn of it in time', async () => {
  await using broker = await start(() => created(0, null))
  await using kafka = openKafka(broker.address, { limits })
  expect(codesOf(await kafka.topicAdmin.createTopics(testCall, [topic]))).toEqual([null])
})
