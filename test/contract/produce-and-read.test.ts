import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OutgoingMessage, StoredMessage } from '../../src/kafka/message.ts'
import { toOffset } from '../../src/kafka/offset.ts'
import { type LogFault, LogFaultError, type LogId } from '../../src/kafka/ports/log-source.ts'
import type { ProduceOptions } from '../../src/kafka/ports/message-sink.ts'
import { type TopicName, toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName } from '../support/kafka.ts'
import { codesOf, valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

const acknowledged: ProduceOptions = { acks: 'ALL', compressionType: 'NONE', transactional: false, timeoutMs: 10_000 }

const message = (topic: TopicName, value: string | null, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  topic,
  partition: null,
  key: null,
  value: value === null ? null : Buffer.from(value),
  headers: [],
  timestamp: null,
  ...more,
})

describe.each(implementations)('message sink and log source of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  const create = async (numPartitions = 1): Promise<LogId> => {
    const topic = toTopicName(freshTopicName())
    const wanted = { name: topic, numPartitions, replicationFactor: 1, replicaAssignments: null, configs: [] }
    const { topicId } = valueIn((await ports.topicAdmin.createTopics(testCall, [wanted]))[0])
    return { topic, topicId: topicId ?? '', partition: 0 }
  }

  const read = (log: LogId, offset: number, signal = AbortSignal.timeout(20_000)) => {
    const bounds = { maxBytes: 1 << 20, maxWaitMs: 0 }
    return ports.source.read({ log, offset: toOffset(offset), isolationLevel: 'READ_COMMITTED', ...bounds }, signal)
  }

  const faultOf = async (reading: Promise<unknown>): Promise<LogFault> => {
    const thrown = await reading.then(
      () => null,
      (error: unknown) => error,
    )
    if (thrown instanceof LogFaultError) return thrown.fault
    throw new Error('the read met no fault', { cause: thrown })
  }

  it('stores a message unchanged: key, value, headers with duplicates, timestamp', async () => {
    const log = await create()
    const headers = [
      { key: 'trace', value: Buffer.from('a') },
      { key: 'trace', value: Buffer.from('b') },
      { key: 'none', value: null },
    ]
    const timestamp = Date.now() - 1000
    const [outcome] = await ports.sink.produce(
      testCall,
      [message(log.topic, 'value', { key: Buffer.from('key'), headers, timestamp })],
      acknowledged,
    )
    expect(valueIn(outcome)).toEqual({ ...log, offset: 0n, timestamp })
    const { messages } = await read(log, 0)
    expect(messages).toMatchObject([
      { partition: 0, offset: 0n, timestamp, key: Buffer.from('key'), value: Buffer.from('value'), headers },
    ])
  })

  it('gives the messages of one call ascending offsets, and keeps tombstones', async () => {
    const log = await create()
    const wanted = ['a', null, 'c'].map(value => message(log.topic, value, { partition: 0 }))
    const outcomes = await ports.sink.produce(testCall, wanted, acknowledged)
    expect(outcomes.map(one => valueIn(one).offset)).toEqual([0n, 1n, 2n])
    const slice = await read(log, 0)
    expect(slice).toMatchObject({ from: 0n, next: 3n, logStartOffset: 0n, endOffset: 3n })
    expect(slice.messages.map(({ value }) => value?.toString() ?? null)).toEqual(['a', null, 'c'])
  })

  it('refuses each bad message alone', async () => {
    const log = await create(2)
    const outcomes = await ports.sink.produce(
      testCall,
      [
        message(toTopicName(freshTopicName()), 'no such topic'),
        message(log.topic, 'no such partition', { partition: 2 }),
        message(log.topic, 'x'.repeat(1_100_000), { partition: 1 }),
        message(log.topic, 'sound', { partition: 1 }),
      ],
      acknowledged,
    )
    const unknown = 'UNKNOWN_TOPIC_OR_PARTITION'
    expect(codesOf(outcomes)).toEqual([unknown, unknown, 'MESSAGE_TOO_LARGE', null])
    expect((await read({ ...log, partition: 1 }, 0)).messages.map(({ value }) => String(value))).toEqual(['sound'])
  })

  it('writes a transaction completely, over partitions, and hides it until the commit', async () => {
    const log = await create(2)
    const wanted = ['a', 'b', 'c'].map((value, index) => message(log.topic, value, { partition: index % 2 }))
    const outcomes = await ports.sink.produce(testCall, wanted, { ...acknowledged, transactional: true })
    expect(outcomes.map(one => valueIn(one).offset)).toEqual([0n, 0n, 1n])
    await eventually(async () => {
      const slice = await read(log, 0)
      expect(slice.messages.map(({ value, batch }) => [String(value), batch.isTransactional])).toEqual([
        ['a', true],
        ['c', true],
      ])
      // The control record that ends a transaction uses an offset.
      expect(slice.endOffset).toBe(3n)
    })
  })

  it('writes nothing of a transaction with a bad message', async () => {
    const log = await create(2)
    const wanted = [message(log.topic, 'a', { partition: 0 }), message(log.topic, 'b', { partition: 7 })]
    const outcomes = await ports.sink.produce(testCall, wanted, { ...acknowledged, transactional: true })
    expect(codesOf(outcomes)).toEqual(['TRANSACTION_ABORTED', 'UNKNOWN_TOPIC_OR_PARTITION'])
    expect(await read(log, 0)).toMatchObject({ messages: [], endOffset: 0n })
  })

  it('returns no offset with acks NONE', async () => {
    const log = await create()
    const [outcome] = await ports.sink.produce(testCall, [message(log.topic, 'a')], { ...acknowledged, acks: 'NONE' })
    expect(valueIn(outcome).offset).toBeNull()
    await eventually(async () => expect((await read(log, 0)).messages).toHaveLength(1))
  })

  it('keeps the messages of one key in one partition', async () => {
    const log = await create(4)
    const wanted = Array.from({ length: 8 }, () => message(log.topic, 'v', { key: Buffer.from('same') }))
    const outcomes = await ports.sink.produce(testCall, wanted, acknowledged)
    expect(new Set(outcomes.map(one => valueIn(one).partition)).size).toBe(1)
  })

  it('follows a log: existing messages, then new ones, without a gap', async () => {
    const log = await create()
    await ports.write(log.topic, 0, [{ value: 'a', timestamp: Date.now() }])
    const seen: StoredMessage[] = []
    const faults: LogFault[] = []
    let expected = toOffset(0)
    using _following = ports.source.follow(log, 'READ_COMMITTED', expected, {
      onSlice: ({ from, next, messages }) => {
        expect(from).toBe(expected)
        expected = next
        seen.push(...messages)
      },
      onFault: fault => faults.push(fault),
    })
    await eventually(() => expect(seen.map(({ value }) => String(value))).toEqual(['a']))
    await ports.sink.produce(testCall, [message(log.topic, 'b')], acknowledged)
    await eventually(() => expect(seen.map(({ value }) => String(value))).toEqual(['a', 'b']))
    expect(faults).toEqual([])
  })

  it('reports to a reader that its topic was deleted or recreated', async () => {
    const log = await create()
    await ports.topicAdmin.deleteTopics(testCall, [log.topic])
    expect(await faultOf(read(log, 0))).toEqual({ kind: 'deleted' })
    const wanted = { name: log.topic, numPartitions: 1, replicationFactor: 1, replicaAssignments: null, configs: [] }
    const { topicId } = valueIn((await ports.topicAdmin.createTopics(testCall, [wanted]))[0])
    expect(await faultOf(read(log, 0))).toEqual({ kind: 'recreated', topicId })
  })

  it('reports the end of the log to a reader beyond it', async () => {
    const log = await create()
    await ports.write(log.topic, 0, [{ value: 'a', timestamp: Date.now() }])
    expect(await faultOf(read(log, 5))).toEqual({ kind: 'beyond', logStartOffset: 0n, endOffset: 1n })
  })
})
