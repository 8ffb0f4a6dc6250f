import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OutgoingMessage } from '../../../../src/kafka/message.ts'
import { type TopicName, toTopicName } from '../../../../src/kafka/topic-name.ts'
import { testCall } from '../../../support/call.ts'
import { consoleConsume, getOffsets } from '../../../support/console-tools.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshTopicName, sharedKafka } from '../../../support/kafka.ts'
import { kafkaToolOutput, type ToolTarget } from '../../../support/kafka-tools.ts'
import { outgoing } from '../outgoing.ts'
import { brief, options } from '../scripted-sink.ts'
import { committed, lost, type OpenTransactions, openTransactions, type Tampering } from './open-transactions.ts'

let kafka: ToolTarget
let open: OpenTransactions
const tampering: Tampering = {}

beforeAll(async () => {
  kafka = await sharedKafka()
  open = openTransactions(kafka.bootstrapServers, tampering)
})

beforeEach(() => {
  delete tampering.before
  delete tampering.after
})

afterAll(async () => {
  await open?.[Symbol.asyncDispose]()
})

const transactional = (timeoutMs = 30_000) => options({ transactional: true, timeoutMs })
const saying = (topic: TopicName, text: string, what: Partial<OutgoingMessage> = {}) =>
  outgoing({ topic, value: Buffer.from(text), ...what })

const READ_COMMITTED = { 'isolation.level': 'read_committed' }
const consoleReads = async (topic: TopicName, maxMessages: number, partition = 0) =>
  (await consoleConsume(kafka, topic, { maxMessages, partition, properties: READ_COMMITTED })).map(
    ({ offset, value }) => `${value}@${offset}`,
  )
const subscriptionReads = async (topic: TopicName, partition = 0) =>
  (await open.read(topic, partition, 'READ_COMMITTED')).map(({ offset, value }) => `${value}@${offset}`)

describe('a committed transaction', () => {
  test("is complete for Kafka's console consumer and for subscriptions, over topics and partitions", async () => {
    const [orders, payments] = [await open.freshTopic({ partitions: 2 }), await open.freshTopic()]
    const messages = [
      saying(orders, 'a', { partition: 0 }),
      saying(payments, 'b'),
      saying(orders, 'c', { partition: 1 }),
      saying(orders, 'd', { partition: 0 }),
    ]
    const told = committed(await open.sink.produce(testCall, messages, transactional()))
    expect(told.map(({ topic, partition, offset }) => [topic, partition, offset])).toEqual([
      [orders, 0, 0n],
      [payments, 0, 0n],
      [orders, 1, 0n],
      [orders, 0, 1n],
    ])
    expect(await consoleReads(orders, 2)).toEqual(['a@0', 'd@1'])
    expect(await consoleReads(payments, 1)).toEqual(['b@0'])
    await open.untilStable(orders)
    expect(await subscriptionReads(orders, 0)).toEqual(['a@0', 'd@1'])
    expect(await subscriptionReads(orders, 1)).toEqual(['c@0'])
  })

  test('is invisible to READ_COMMITTED readers until its commit', async () => {
    const topic = await open.freshTopic()
    let commit = () => {}
    const mayCommit = new Promise<void>(resolve => {
      commit = resolve
    })
    let isWritten = false
    tampering.before = async apiName => {
      if (apiName !== 'EndTxn') return
      isWritten = true
      await mayCommit
    }
    const told = open.sink.produce(testCall, [saying(topic, 'a')], transactional())
    await eventually(() => expect(isWritten).toBe(true))
    expect(await subscriptionReads(topic)).toEqual([])
    expect(await open.read(topic, 0, 'READ_UNCOMMITTED')).toHaveLength(1)
    commit()
    expect(brief(await told)).toEqual(['0@0'])
    await eventually(async () => expect(await subscriptionReads(topic)).toEqual(['a@0']))
  })

  test.each(['GZIP', 'NONE'] as const)('may be larger than a batch (%s)', async compressionType => {
    const topic = await open.freshTopic({ configs: { 'max.message.bytes': '20000' } })
    const messages = Array.from({ length: 40 }, (_, i) => saying(topic, `${i}:${'x'.repeat(3000)}`))
    const told = committed(await open.sink.produce(testCall, messages, { ...transactional(), compressionType }))
    expect(told.map(({ offset }) => offset)).toEqual(messages.map((_, i) => BigInt(i)))
    await open.untilStable(topic)
    expect(await subscriptionReads(topic)).toEqual(messages.map(({ value }, i) => `${value}@${i}`))
  })

  test('is written once although the responses to its batches, begin and commit are lost', async () => {
    const topic = await open.freshTopic()
    const losses = new Map<string, number>()
    tampering.after = apiName => {
      const before = losses.get(apiName) ?? 0
      losses.set(apiName, before + 1)
      if (before < 2) lost()
    }
    const told = await open.sink.produce(testCall, [saying(topic, 'a'), saying(topic, 'b')], transactional())
    expect(brief(told)).toEqual(['0@0', '0@1'])
    expect(Object.fromEntries(losses)).toMatchObject({
      InitProducerId: 3,
      AddPartitionsToTxn: 3,
      Produce: 3,
      EndTxn: 3,
    })
    expect(await consoleReads(topic, 2)).toEqual(['a@0', 'b@1'])
    await open.untilStable(topic)
    expect((await getOffsets(kafka, topic)).get(0)).toBe(3n)
  })
})

describe('one refused message', () => {
  const FAR = Date.now() + 86_400_000
  test.each<[string, (topic: TopicName) => OutgoingMessage, string]>([
    ['too large', topic => saying(topic, 'x'.repeat(1_100_000)), 'MESSAGE_TOO_LARGE'],
    ['of an unknown topic', () => saying(toTopicName(freshTopicName('missing')), 'x'), 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['of a partition out of range', topic => saying(topic, 'x', { partition: 9 }), 'UNKNOWN_TOPIC_OR_PARTITION'],
  ])('that is %s prevents all from being written', async (_, bad, code) => {
    const topic = await open.freshTopic({ partitions: 2 })
    const messages = [saying(topic, 'a', { partition: 0 }), bad(topic), saying(topic, 'c', { partition: 1 })]
    const told = await open.sink.produce(testCall, messages, transactional())
    expect(brief(told)).toEqual(['TRANSACTION_ABORTED', code, 'TRANSACTION_ABORTED'])
    // The next message gets the first offset of its partition: nothing was written, not even for READ_UNCOMMITTED
    // readers.
    expect(brief(await open.sink.produce(testCall, [saying(topic, 'next', { partition: 0 })], options()))).toEqual([
      '0@0',
    ])
    expect(await consoleReads(topic, 1)).toEqual(['next@0'])
    expect([...(await getOffsets(kafka, topic)).values()]).toEqual([1n, 0n])
  })

  test('that only the broker refuses stays invisible to READ_COMMITTED readers, with the others', async () => {
    const topic = await open.freshTopic({ partitions: 2, configs: { 'message.timestamp.after.max.ms': '3600000' } })
    const messages = [0, 0, 1, 1].map((partition, i) =>
      saying(topic, String(i), { partition, timestamp: i === 2 ? FAR : null }),
    )
    const told = await open.sink.produce(testCall, messages, transactional())
    expect(brief(told)).toEqual([
      'TRANSACTION_ABORTED',
      'TRANSACTION_ABORTED',
      'INVALID_TIMESTAMP',
      'TRANSACTION_ABORTED',
    ])
    expect(told[0]).toMatchObject({ message: expect.stringContaining('message 2 of the transaction') })
    await open.untilStable(topic)
    for (const partition of [0, 1]) {
      const [next] = committed(await open.sink.produce(testCall, [saying(topic, 'next', { partition })], options()))
      expect(await consoleReads(topic, 1, partition)).toEqual([`next@${next?.offset}`])
      expect(await subscriptionReads(topic, partition)).toEqual([`next@${next?.offset}`])
    }
  })

  test('that is too large even when compressed aborts all', async () => {
    const topic = await open.freshTopic({ configs: { 'max.message.bytes': '1000' } })
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31 + (i >> 3)) % 251))
    const messages = [saying(topic, 'a'), saying(topic, 'x', { value: noise }), saying(topic, 'c')]
    const told = await open.sink.produce(testCall, messages, { ...transactional(), compressionType: 'SNAPPY' })
    expect(brief(told)).toEqual(['TRANSACTION_ABORTED', 'MESSAGE_TOO_LARGE', 'TRANSACTION_ABORTED'])
    await open.untilStable(topic)
    expect(await subscriptionReads(topic)).toEqual([])
  })
})

describe('many at once', () => {
  test('20 transactions over three partitions are each written completely, at the reported offsets', async () => {
    const topic = await open.freshTopic({ partitions: 3 })
    const calls = Array.from({ length: 20 }, (_, call) =>
      open.sink.produce(
        testCall,
        [0, 1, 2].map(partition => saying(topic, `${call}.${partition}`, { partition })),
        transactional(),
      ),
    )
    const told = (await Promise.all(calls)).map(committed)
    await open.untilStable(topic)
    for (const partition of [0, 1, 2]) {
      const wanted = told.map((one, call) => `${call}.${partition}@${one[partition]?.offset}`)
      const read = await subscriptionReads(topic, partition)
      expect([...read].sort()).toEqual(wanted.sort())
      expect(await consoleReads(topic, 20, partition)).toEqual(read)
    }
  })

  test("transactions and plain calls share a partition: nothing is lost, each caller's order is kept", async () => {
    const topic = await open.freshTopic()
    const run = async (name: string, isTransactional: boolean): Promise<readonly string[]> => {
      const placed: string[] = []
      for (let i = 0; i < 10; i++) {
        const texts = [`${name}.${2 * i}`, `${name}.${2 * i + 1}`]
        const messages = texts.map(text => saying(topic, text))
        const told = committed(await open.sink.produce(testCall, messages, options({ transactional: isTransactional })))
        placed.push(...texts.map((text, at) => `${text}@${told[at]?.offset}`))
      }
      return placed
    }
    const writers = [run('t0', true), run('p0', false), run('t1', true), run('p1', false)]
    const placed = await Promise.all(writers)
    await open.untilStable(topic)
    const read = await subscriptionReads(topic)
    expect([...read].sort()).toEqual(placed.flat().sort())
    for (const mine of placed) expect(read.filter(one => mine.includes(one))).toEqual(mine)
    expect(await consoleReads(topic, 80)).toEqual(read)
  })
})

describe('a deadline', () => {
  test('before the commit: refused, and never visible', async () => {
    const topic = await open.freshTopic()
    tampering.after = apiName => (apiName === 'Produce' ? lost() : undefined)
    expect(brief(await open.sink.produce(testCall, [saying(topic, 'a')], transactional(1500)))).toEqual([
      'REQUEST_TIMED_OUT',
    ])
    delete tampering.after
    await open.untilStable(topic)
    expect(await subscriptionReads(topic)).toEqual([])
    expect((await getOffsets(kafka, topic)).get(0)).toBe(2n)
  })

  test.each<[string, Tampering, readonly string[]]>([
    ['whose responses are lost', { after: api => (api === 'EndTxn' ? lost() : undefined) }, ['a@0']],
    ['that never arrives', { before: api => (api === 'EndTxn' ? lost() : undefined) }, []],
  ])('during a commit %s: OUTCOME_UNKNOWN, and nothing stays open', async (_, fate, wanted) => {
    const topic = await open.freshTopic()
    Object.assign(tampering, fate)
    expect(brief(await open.sink.produce(testCall, [saying(topic, 'a')], transactional(1500)))).toEqual([
      'OUTCOME_UNKNOWN',
    ])
    await open.untilStable(topic)
    expect(await subscriptionReads(topic)).toEqual(wanted)
  })
})

test("Kafka's own list shows no open transaction of ours", async () => {
  const states = await eventually(async () => {
    const printed = await kafkaToolOutput(kafka, 'org.apache.kafka.tools.TransactionsCommand', ['list'])
    const ours = printed.split('\n').filter(line => line.startsWith('kafka-graphql-'))
    const found = ours.map(line => line.trim().split(/\s+/).at(-1))
    expect(found.filter(state => !/^(Complete(Commit|Abort)|Empty)$/.test(state ?? ''))).toEqual([])
    return found
  })
  expect(states.length).toBeGreaterThan(0)
})
