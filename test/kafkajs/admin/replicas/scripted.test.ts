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
const ELECT_LEADERS = 43
const ALTER_REASSIGNMENTS = 45
const LIST_REASSIGNMENTS = 46

const topic = toTopicName('scripted-topic')
const at = (partition: number) => ({ topic, partition })
const limits = { replicas: { deadlineMs: 1000, brokerMs: 500, propagationMs: 100, cacheMs: 0 } }

const start = async (script: Readonly<Record<number, () => Answer>>): Promise<ScriptedBroker> => {
  const broker: ScriptedBroker = await startScriptedBroker({
    ...script,
    [METADATA]: () => metadataAnswer({ brokers: [{ ...broker, nodeId: 1 }] }),
  })
  return broker
}

const results = (writer: ByteWriter, errors: readonly number[]): Buffer => {
  writer.compactArray([topic], name => {
    writer.compactString(name)
    writer.compactArray([...errors.entries()], ([partition, error]) =>
      writer.int32(partition).int16(error).compactString(null).noTags(),
    )
    writer.noTags()
  })
  return writer.noTags().toBuffer()
}

const altered = (error: number, errors: readonly number[]) =>
  results(new ByteWriter().int32(0).int16(error).compactString(null), errors)
const elected = (error: number, errors: readonly number[]) => results(new ByteWriter().int32(0).int16(error), errors)

const listed = (error: number): Buffer =>
  new ByteWriter().int32(0).int16(error).compactString('not now').uvarint(1).noTags().toBuffer()

const moves = [
  { ...at(0), replicas: [1] },
  { ...at(1), replicas: null },
]

it.each<[string, Answer]>([
  ['the broker hangs up', 'hang up'],
  ['the broker is silent', 'silence'],
  ['the response is cut off', { cut: altered(0, [0, 0]) }],
])('a sent change is OUTCOME_UNKNOWN if %s, and is not sent again', async (_, answer) => {
  await using broker = await start({ [ALTER_REASSIGNMENTS]: () => answer, [ELECT_LEADERS]: () => answer })
  await using kafka = openKafka(broker.address, { limits })
  const unknown = { code: 'OUTCOME_UNKNOWN' }
  await expect(kafka.replicas.alterPartitionReassignments(testCall, moves)).rejects.toMatchObject(unknown)
  await expect(kafka.replicas.electLeaders(testCall, 'PREFERRED', [at(0)])).rejects.toMatchObject(unknown)
  expect(broker.asked.filter(key => key === ALTER_REASSIGNMENTS)).toHaveLength(1)
  expect(broker.asked.filter(key => key === ELECT_LEADERS)).toHaveLength(1)
})

it('a change that found no controller is sent again, because nothing was done', async () => {
  let asked = 0
  const answer = () => (asked++ < 2 ? altered(41, []) : altered(0, [0, 85]))
  await using broker = await start({ [ALTER_REASSIGNMENTS]: answer })
  await using kafka = openKafka(broker.address, { limits })
  const outcomes = await kafka.replicas.alterPartitionReassignments(testCall, moves)
  expect(codesOf(outcomes)).toEqual([null, 'NO_REASSIGNMENT_IN_PROGRESS'])
  expect(asked).toBe(3)
})

it('a refusal of the whole request applies to each partition; an election for all partitions throws it', async () => {
  await using broker = await start({
    [ALTER_REASSIGNMENTS]: () => altered(31, []),
    [ELECT_LEADERS]: () => elected(31, []),
  })
  await using kafka = openKafka(broker.address, { limits })
  const refused = 'CLUSTER_AUTHORIZATION_FAILED'
  expect(codesOf(await kafka.replicas.alterPartitionReassignments(testCall, moves))).toEqual([refused, refused])
  expect(await kafka.replicas.electLeaders(testCall, 'UNCLEAN', [at(0)])).toMatchObject([
    { ...at(0), error: { code: refused } },
  ])
  await expect(kafka.replicas.electLeaders(testCall, 'UNCLEAN', null)).rejects.toMatchObject({ code: refused })
})

it("a partition missing in Kafka's response is an error, not a success", async () => {
  await using broker = await start({
    [ALTER_REASSIGNMENTS]: () => altered(0, [0]),
    [ELECT_LEADERS]: () => elected(0, [0]),
  })
  await using kafka = openKafka(broker.address, { limits })
  const leftOut = 'UNKNOWN_SERVER_ERROR'
  expect(codesOf(await kafka.replicas.alterPartitionReassignments(testCall, moves))).toEqual([null, leftOut])
  const elections = await kafka.replicas.electLeaders(testCall, 'PREFERRED', [at(0), at(1)])
  expect(elections.map(({ error }) => error?.code ?? null)).toEqual([null, leftOut])
})

it("listing reassignments retries while there is no controller, and keeps the broker's error message", async () => {
  let asked = 0
  await using broker = await start({ [LIST_REASSIGNMENTS]: () => (asked++ < 1 ? listed(41) : listed(0)) })
  await using kafka = openKafka(broker.address, { limits })
  expect(await kafka.replicas.listPartitionReassignments(testCall, null)).toEqual([])
  expect(asked).toBe(2)
  await using refusing = await start({ [LIST_REASSIGNMENTS]: () => listed(31) })
  await using refused = openKafka(refusing.address, { limits })
  const refusal = { code: 'CLUSTER_AUTHORIZATION_FAILED', message: 'not now' }
  await expect(refused.replicas.listPartitionReassignments(testCall, [topic])).rejects.toMatchObject(refusal)
})

it('a broker that is silent or missing fails only its own disks', async () => {
  await using broker = await start({ 35: () => 'silence' })
  await using kafka = openKafka(broker.address, { limits })
  const outcomes = await kafka.replicas.describeLogDirs(testCall, [1, 9], null)
  expect(codesOf(outcomes)).toEqual(['KAFKA_UNAVAILABLE', 'BROKER_NOT_AVAILABLE'])
})
