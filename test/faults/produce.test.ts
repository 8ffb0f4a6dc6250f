import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFailure, type Outcome } from '../../src/kafka/errors/kafka-error.ts'
import type { ProducedMessage } from '../../src/kafka/message.ts'
import type { TopicName } from '../../src/kafka/topic-name.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { type OpenSink, openSink } from '../kafkajs/write/open-sink.ts'
import { outgoing } from '../kafkajs/write/outgoing.ts'
import { brief, options } from '../kafkajs/write/scripted-sink.ts'
import { testCall } from '../support/call.ts'
import { consoleConsume, getOffsets } from '../support/console-tools.ts'
import { eventually } from '../support/eventually.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { ALL_KEPT, judge, type ToldMessage } from '../support/oracle.ts'
import { startSteadyLoad } from '../support/steady-load.ts'

const PARTITIONS = 3
const DEADLINE_MS = 25_000

let kafka: LocalKafka
let open: OpenSink

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3 })
  open = openSink(kafka.bootstrapServers)
})

afterAll(async () => {
  await open?.[Symbol.asyncDispose]()
  await kafka?.close()
})

const leaderOf = async (topic: TopicName, partition = 0): Promise<number> => {
  const [described] = await open.catalog.describeTopics(testCall, [topic])
  if (described === undefined || isFailure(described)) throw described
  return described.partitions[partition]?.leader ?? -1
}

const healthy = async (topic: TopicName): Promise<void> => {
  const [described] = await open.catalog.describeTopics(testCall, [topic])
  if (described === undefined || isFailure(described)) throw described
  expect(described.partitions.map(({ isr }) => isr.length)).toEqual(Array(PARTITIONS).fill(3))
}

const toldOf = (value: string, partition: number, outcome: Outcome<ProducedMessage>): ToldMessage => {
  if (!isFailure(outcome)) return { value, partition, told: 'ACKED', offset: outcome.offset }
  const isUnknown = outcome.code === 'OUTCOME_UNKNOWN' || outcome.code === 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'
  return { value, partition, told: isUnknown ? 'UNKNOWN' : 'REJECTED', offset: null }
}

/** About 200 messages a second, one a call, until stopped. */
const startLoad = (topic: TopicName, timeoutMs: number) => {
  const told: ToldMessage[] = []
  const { took, stop } = startSteadyLoad(5, async number => {
    const [value, partition] = [String(number), number % PARTITIONS]
    told.push({ value, partition, told: 'UNKNOWN', offset: null })
    const message = outgoing({ topic, partition, value: Buffer.from(value) })
    const [outcome] = await open.sink.produce(testCall, [message], options({ timeoutMs }))
    if (outcome !== undefined) told[number] = toldOf(value, partition, outcome)
  })
  return { told, took, stop, acked: () => told.filter(one => one.told === 'ACKED').length }
}

/** Produces through a fault, reads everything with Kafka's own consumer, and checks it with the oracle. */
const outlives = async (
  name: string,
  fault: (leader: number) => Promise<void>,
  timeoutMs = DEADLINE_MS,
): Promise<readonly ToldMessage[]> => {
  const topic = await open.freshTopic({ partitions: PARTITIONS, replicas: 3 })
  const load = startLoad(topic, timeoutMs)
  await eventually(() => expect(load.acked()).toBeGreaterThan(200), { within: 30_000 })
  await fault(await leaderOf(topic))
  const before = load.acked()
  await eventually(() => expect(load.acked()).toBeGreaterThan(before + 400), { within: 60_000 })
  await load.stop()
  const ends = await eventually(() => getOffsets(kafka, topic), { within: 60_000 })
  const count = [...ends.values()].reduce((sum, end) => sum + Number(end), 0)
  const read = (await consoleConsume(kafka, topic, { maxMessages: count })).map(({ partition, offset, value }) => ({
    partition,
    offset,
    value: value ?? '',
  }))
  const counts = ['ACKED', 'REJECTED', 'UNKNOWN'].map(
    told => `${told} ${load.told.filter(one => one.told === told).length}`,
  )
  console.info(`${name}: longest answer ${Math.max(...load.took)} ms; ${counts.join(', ')}`)
  expect(judge(load.told, read)).toEqual(ALL_KEPT)
  // The actual promise: every message is answered by its deadline. The margin is for a busy machine.
  expect(Math.max(...load.took)).toBeLessThan(timeoutMs + 5000)
  await eventually(() => healthy(topic), { within: 60_000 })
  return load.told
}

const allAcked = (told: readonly ToldMessage[]) => expect(told.filter(one => one.told !== 'ACKED')).toEqual([])

describe('producing with acks ALL loses, duplicates and reorders nothing', () => {
  it('when a leader is stopped cleanly', async () => {
    const told = await outlives('controlled stop', async leader => {
      await kafka.stopNode(leader)
      await kafka.startNode(leader)
    })
    allAcked(told)
  }, 180_000)

  it('when a leader is killed', async () => {
    const told = await outlives('kill', async leader => {
      await kafka.killNode(leader)
      await sleep(12_000)
      await kafka.startNode(leader)
    })
    allAcked(told)
  }, 180_000)

  it('when a leader is paused for 15 seconds', async () => {
    const told = await outlives('standstill', async leader => {
      kafka.pauseNode(leader)
      await sleep(15_000)
      kafka.resumeNode(leader)
    })
    allAcked(told)
  }, 180_000)

  it('when the outage is longer than the deadline: refused messages are not written, unknown ones at most once', async () => {
    const told = await outlives(
      'pause beyond the deadline',
      async leader => {
        kafka.pauseNode(leader)
        await sleep(15_000)
        kafka.resumeNode(leader)
      },
      2000,
    )
    expect(told.filter(one => one.told !== 'ACKED')).not.toEqual([])
  }, 180_000)

  it('when all three are killed and restarted', async () => {
    await outlives('dark', async () => {
      await Promise.all(kafka.nodes.map(({ nodeId }) => kafka.killNode(nodeId)))
      await sleep(5000)
      await Promise.all(kafka.nodes.map(({ nodeId }) => kafka.startNode(nodeId)))
    })
  }, 240_000)
})

describe('too few replicas', () => {
  it('fail writes with NOT_ENOUGH_REPLICAS, and writing continues once they are back', async () => {
    const topic = await open.freshTopic({
      partitions: PARTITIONS,
      replicas: 3,
      configs: { 'min.insync.replicas': '3' },
    })
    const message = outgoing({ topic, partition: 0 })
    expect(brief(await open.sink.produce(testCall, [message], options()))).toEqual(['0@0'])
    const leader = await leaderOf(topic)
    const follower = kafka.nodes.find(({ nodeId }) => nodeId !== leader)?.nodeId ?? 0
    await kafka.stopNode(follower)
    await eventually(async () => {
      const told = await open.sink.produce(testCall, [message], options({ timeoutMs: 20_000 }))
      expect(brief(told)).toEqual(['NOT_ENOUGH_REPLICAS'])
    })
    expect(brief(await open.sink.produce(testCall, [message], options({ acks: 'LEADER' })))[0]).toMatch(/^0@/)
    await kafka.startNode(follower)
    await eventually(() => healthy(topic), { within: 60_000 })
    expect(brief(await open.sink.produce(testCall, [message], options()))[0]).toMatch(/^0@/)
  }, 120_000)
})
