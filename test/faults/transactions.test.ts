import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFailure, type Outcome } from '../../src/kafka/errors/kafka-error.ts'
import type { ProducedMessage } from '../../src/kafka/message.ts'
import type { TopicName } from '../../src/kafka/topic-name.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { outgoing } from '../kafkajs/write/outgoing.ts'
import { options } from '../kafkajs/write/scripted-sink.ts'
import { type OpenTransactions, openTransactions } from '../kafkajs/write/transactions/open-transactions.ts'
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

/** The outcome of a whole transaction for its caller: the place of each message, REFUSED, or UNKNOWN. */
type TransactionOutcome = readonly string[] | 'REFUSED' | 'UNKNOWN'

const outcomeOf = (number: number, outcomes: readonly Outcome<ProducedMessage>[]): TransactionOutcome => {
  const failures = outcomes.filter(isFailure)
  if (failures.length === 0) {
    return outcomes.map(one => (isFailure(one) ? '' : `${number} ${one.partition}@${one.offset}`))
  }
  // No message of a transaction is reported as written while another is refused.
  expect(failures.length).toBe(outcomes.length)
  return failures.some(({ code }) => code === 'OUTCOME_UNKNOWN') ? 'UNKNOWN' : 'REFUSED'
}

/** About 20 transactions a second, each over all partitions, until stopped. */
const startLoad = (topic: TopicName, timeoutMs: number) => {
  const reported: TransactionOutcome[] = []
  const reasons = new Set<string>()
  const { took, stop } = startSteadyLoad(50, async number => {
    const messages = Array.from({ length: PARTITIONS }, (_, partition) =>
      outgoing({ topic, partition, value: Buffer.from(String(number)) }),
    )
    const outcomes = await open.sink.produce(testCall, messages, options({ transactional: true, timeoutMs }))
    reported[number] = outcomeOf(number, outcomes)
    for (const one of outcomes) if (isFailure(one)) reasons.add(`${one.code} (${one.message})`)
  })
  return { reported, took, reasons, stop, committed: () => reported.filter(one => typeof one === 'object').length }
}

/** `number partition@offset` of everything that a READ_COMMITTED subscription reads. */
const readAll = async (topic: TopicName): Promise<readonly string[]> => {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => open.read(topic, partition, 'READ_COMMITTED'))
  return (await Promise.all(partitions)).flat().map(({ value, partition, offset }) => `${value} ${partition}@${offset}`)
}

/**
 * Produces transactions through a fault. Afterwards each exists completely or not at all, as reported to its caller.
 */
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
  const count = (reported: string) => load.reported.filter(one => one === reported).length
  console.info(
    `${name}: longest answer ${Math.max(...load.took)} ms; committed ${load.committed()}, refused ${count('REFUSED')}, unknown ${count('UNKNOWN')}`,
    [...load.reasons],
  )
  const wrong = load.reported.flatMap((reported, number) => {
    const mine = read.filter(one => one.startsWith(`${number} `))
    const isRight =
      typeof reported === 'object'
        ? reported.length === mine.length && reported.every(place => mine.includes(place))
        : mine.length === 0 || (reported === 'UNKNOWN' && mine.length === PARTITIONS)
    return isRight ? [] : [{ number, reported, mine }]
  })
  expect(wrong).toEqual([])
  // The actual promise: every message is answered by its deadline. The margin is for a busy machine.
  expect(Math.max(...load.took)).toBeLessThan(timeoutMs + 5000)
  return load.reported
}

const allCommitted = (reported: readonly TransactionOutcome[]) =>
  expect(reported.filter(one => typeof one !== 'object')).toEqual([])

describe('transactions exist completely or not at all', () => {
  it('when each broker in turn is stopped cleanly, and leaders and coordinators move', async () => {
    const reported = await outlives('rolling stop', async () => {
      for (const { nodeId } of [...kafka.nodes]) {
        await kafka.stopNode(nodeId)
        await kafka.startNode(nodeId)
      }
    })
    allCommitted(reported)
  }, 240_000)

  it('when a leader is killed', async () => {
    const reported = await outlives('kill', async leader => {
      await kafka.killNode(leader)
      await sleep(12_000)
      await kafka.startNode(leader)
    })
    allCommitted(reported)
  }, 180_000)

  it('when the outage is longer than the deadline', async () => {
    const reported = await outlives(
      'pause beyond the deadline',
      async leader => {
        kafka.pauseNode(leader)
        await sleep(15_000)
        kafka.resumeNode(leader)
      },
      2000,
    )
    expect(reported.filter(one => typeof one !== 'object')).not.toEqual([])
  }, 180_000)

  it('when all three are killed and restarted', async () => {
    await outlives('dark', async () => {
      await Promise.all(kafka.nodes.map(({ nodeId }) => kafka.killNode(nodeId)))
      await sleep(5000)
      await Promise.all(kafka.nodes.map(({ nodeId }) => kafka.startNode(nodeId)))
    })
  }, 240_000)
})
