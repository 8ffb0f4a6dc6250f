import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFailure, type Outcome } from '../../src/kafka/kafka-error.ts'
import type { ProducedMessage } from '../../src/kafka/message.ts'
import type { TopicName } from '../../src/kafka/topic-name.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { outgoing } from '../kafkajs/produce/outgoing.ts'
import { options } from '../kafkajs/produce/scripted-sink.ts'
import { type OpenTransactions, openTransactions } from '../kafkajs/transactions/open-transactions.ts'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { startSteadyLoad } from '../support/steady-load.ts'

const PARTITIONS = 3
const DEADLINE_MS = 30_000

let kafka: LocalKafka
let open: OpenTransactions

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3 })
  open = openTransactions(kafka.bootstrapServers)
}, 180_000)

afterAll(async () => {
  await open?.[Symbol.asyncDispose]()
  await kafka?.close()
})

/** What a caller was told of a whole transaction: where each message lies, that it is refused, or that nobody knows. */
type Told = readonly string[] | 'REFUSED' | 'UNKNOWN'

const toldOf = (number: number, outcomes: readonly Outcome<ProducedMessage>[]): Told => {
  const failures = outcomes.filter(isFailure)
  if (failures.length === 0) {
    return outcomes.map(one => (isFailure(one) ? '' : `${number} ${one.partition}@${one.offset}`))
  }
  // A part of a transaction is neither told as written nor as refused.
  expect(failures.length).toBe(outcomes.length)
  return failures.some(({ code }) => code === 'OUTCOME_UNKNOWN') ? 'UNKNOWN' : 'REFUSED'
}

/** About 20 transactions a second, each over all partitions, until stopped. */
const startLoad = (topic: TopicName, timeoutMs: number) => {
  const told: Told[] = []
  const reasons = new Set<string>()
  const { took, stop } = startSteadyLoad(50, async number => {
    const messages = Array.from({ length: PARTITIONS }, (_, partition) =>
      outgoing({ topic, partition, value: Buffer.from(String(number)) }),
    )
    const outcomes = await open.sink.produce(testCall, messages, options({ transactional: true, timeoutMs }))
    told[number] = toldOf(number, outcomes)
    for (const one of outcomes) if (isFailure(one)) reasons.add(`${one.code} (${one.message})`)
  })
  return { told, took, reasons, stop, committed: () => told.filter(one => typeof one === 'object').length }
}

/** `number partition@offset` of everything that a READ_COMMITTED subscription reads. */
const readAll = async (topic: TopicName): Promise<readonly string[]> => {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => open.read(topic, partition, 'READ_COMMITTED'))
  return (await Promise.all(partitions)).flat().map(({ value, partition, offset }) => `${value} ${partition}@${offset}`)
}

/** Produces transactions through a fault; afterwards each is there whole, or not at all, as its caller was told. */
const outlives = async (name: string, fault: (leader: number) => Promise<void>, timeoutMs = DEADLINE_MS) => {
  const topic = await open.freshTopic({ partitions: PARTITIONS, replicas: 3 })
  const load = startLoad(topic, timeoutMs)
  await eventually(() => expect(load.committed()).toBeGreaterThan(20), { within: 60_000 })
  await fault(open.cluster.leaders.leaderOf(topic, 0)?.nodeId ?? 0)
  const before = load.committed()
  await eventually(() => expect(load.committed()).toBeGreaterThan(before + 40), { within: 60_000 })
  await load.stop()
  await open.untilStable(topic)
  const read = await readAll(topic)
  const count = (told: string) => load.told.filter(one => one === told).length
  console.info(
    `${name}: longest answer ${Math.max(...load.took)} ms; committed ${load.committed()}, refused ${count('REFUSED')}, unknown ${count('UNKNOWN')}`,
    [...load.reasons],
  )
  const wrong = load.told.flatMap((told, number) => {
    const mine = read.filter(one => one.startsWith(`${number} `))
    const isRight =
      typeof told === 'object'
        ? told.length === mine.length && told.every(place => mine.includes(place))
        : mine.length === 0 || (told === 'UNKNOWN' && mine.length === PARTITIONS)
    return isRight ? [] : [{ number, told, mine }]
  })
  expect(wrong).toEqual([])
  // The promise itself: every message is answered by its deadline; the rest is for a machine that is busy.
  expect(Math.max(...load.took)).toBeLessThan(timeoutMs + 5000)
  return load.told
}

const allCommitted = (told: readonly Told[]) => expect(told.filter(one => typeof one !== 'object')).toEqual([])

describe('transactions are whole or not there at all', () => {
  it('when each broker in turn is stopped in good order, leaders and coordinators moving', async () => {
    const told = await outlives('rolling stop', async () => {
      for (const { nodeId } of [...kafka.nodes]) {
        await kafka.stopNode(nodeId)
        await kafka.startNode(nodeId)
      }
    })
    allCommitted(told)
  }, 240_000)

  it('when a leader is killed', async () => {
    const told = await outlives('kill', async leader => {
      await kafka.killNode(leader)
      await sleep(12_000)
      await kafka.startNode(leader)
    })
    allCommitted(told)
  }, 180_000)

  it('when the outage is longer than the deadline', async () => {
    const told = await outlives(
      'standstill beyond the deadline',
      async leader => {
        kafka.pauseNode(leader)
        await sleep(15_000)
        kafka.resumeNode(leader)
      },
      2000,
    )
    expect(told.filter(one => typeof one !== 'object')).not.toEqual([])
  }, 180_000)

  it('when all three are killed and come back', async () => {
    await outlives('dark', async () => {
      await Promise.all(kafka.nodes.map(({ nodeId }) => kafka.killNode(nodeId)))
      await sleep(5000)
      await Promise.all(kafka.nodes.map(({ nodeId }) => kafka.startNode(nodeId)))
    })
  }, 240_000)
})
