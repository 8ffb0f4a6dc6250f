import { describe, expect, it } from 'vitest'
import { isFailure } from '../../../src/kafka/errors/kafka-error.ts'
import type { OutgoingMessage } from '../../../src/kafka/message.ts'
import type { Call } from '../../../src/kafka/ports/call.ts'
import type { ProduceOptions } from '../../../src/kafka/ports/message-sink.ts'
import { ProduceDocument, type ProduceMutationVariables } from '../../generated/operations.ts'
import { testCall } from '../../support/call.ts'
import { codes, harness, limits } from '../harness.ts'

type Messages = ProduceMutationVariables['input']['messages']

/** A harness whose sink also notes what it was given. */
const watched = () => {
  const { kafka, run } = harness({ topics: { orders: 3 } })
  const sent: OutgoingMessage[] = []
  const options: ProduceOptions[] = []
  const { produce } = kafka
  Object.assign(kafka, {
    produce: (call: Call, messages: readonly OutgoingMessage[], given: ProduceOptions) => {
      sent.push(...messages)
      options.push(given)
      return produce(call, messages, given)
    },
  })
  const send = (messages: Messages) => run(ProduceDocument, { input: { topic: 'orders', messages } })
  return { kafka, run, sent, options, send }
}

describe('produce', () => {
  it('refuses bad messages by themselves and names the index of each', async () => {
    const { send, kafka } = watched()
    const { data, errors } = await send([
      { value: { string: 'good' }, partition: 0 },
      { value: { string: 'no such partition' }, partition: 99 },
      { value: { string: 'no such topic' }, topic: 'nothing' },
      { value: { string: 'no such partition' }, partition: -1 },
      { value: { string: 'illegal topic' }, topic: 'a/b' },
      { value: { string: 'too early' }, timestamp: '1969-12-31T23:59:59.999Z' },
      { value: { string: 'x'.repeat(1_100_000) } },
      { value: { string: 'half a character: \ud83d' } },
      { value: { json: { id: 2 ** 53 } } },
      { value: { string: 'good' }, partition: 0 },
    ])
    expect(errors).toEqual([])
    expect(data.produce.errors.map(({ code, path }) => [code, path])).toEqual([
      ['UNKNOWN_TOPIC_OR_PARTITION', ['input', 'messages', '1']],
      ['UNKNOWN_TOPIC_OR_PARTITION', ['input', 'messages', '2']],
      ['UNKNOWN_TOPIC_OR_PARTITION', ['input', 'messages', '3']],
      ['INVALID_TOPIC_EXCEPTION', ['input', 'messages', '4']],
      ['INVALID_TIMESTAMP', ['input', 'messages', '5']],
      ['MESSAGE_TOO_LARGE', ['input', 'messages', '6']],
      ['INVALID_RECORD', ['input', 'messages', '7']],
      ['INVALID_RECORD', ['input', 'messages', '8']],
    ])
    expect(data.produce.results.map(result => result?.offset ?? null)).toEqual([
      '0',
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      '1',
    ])
    expect((await kafka.listTopics(testCall)).map(({ name }) => name)).toEqual(['orders'])
  })

  it('refuses JSON that would be written as something else, or not at all', async () => {
    const { send } = watched()
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    // What a client's "1e400" is parsed to; JSON text of it would be null.
    const { data, errors } = await send([{ value: { json: [Number.POSITIVE_INFINITY] } }, { value: { json: deep } }])
    expect(errors).toEqual([])
    expect(data.produce.errors.map(({ code, message }) => [code, message])).toEqual([
      ['INVALID_RECORD', expect.stringContaining('Infinity')],
      ['INVALID_RECORD', expect.stringContaining('nested too deeply')],
    ])
  })

  it('writes bytes exactly: text, JSON, base64, tombstones, headers in order with duplicates', async () => {
    const { send, sent } = watched()
    const raw = Buffer.from([0xff, 0x00, 0xfe])
    const header = (key: string, value?: string) => ({
      key,
      ...(value === undefined ? {} : { value: { string: value } }),
    })
    await send([
      {
        key: { string: 'grüße' },
        value: { json: { a: [1, null, 'ß'] } },
        headers: [header('h', '1'), header('i'), header('h', '2')],
      },
      { key: { base64: raw.toString('base64') }, value: null },
      { key: { string: '' }, value: { string: '' } },
      { value: { json: 'text' }, partition: 2, timestamp: '2025-01-31T10:30:00+01:00' },
    ])
    const [first, second, third, fourth] = sent
    expect(first?.key?.toString()).toBe('grüße')
    expect(first?.value?.toString()).toBe('{"a":[1,null,"ß"]}')
    expect(first?.headers.map(({ key, value }) => [key, value?.toString() ?? null])).toEqual([
      ['h', '1'],
      ['i', null],
      ['h', '2'],
    ])
    expect(first).toMatchObject({ partition: null, timestamp: null, topic: 'orders' })
    expect(second?.key).toEqual(raw)
    expect(second?.value).toBeNull()
    expect([third?.key?.length, third?.value?.length]).toEqual([0, 0])
    expect(fourth).toMatchObject({ partition: 2, timestamp: Date.UTC(2025, 0, 31, 9, 30) })
    expect(fourth?.value?.toString()).toBe('"text"')
  })

  it('passes acks, compression and the time limit on', async () => {
    const { run, options } = watched()
    const messages = [{ value: { string: 'a' } }]
    await run(ProduceDocument, { input: { topic: 'orders', messages } })
    const { data } = await run(ProduceDocument, {
      input: { topic: 'orders', messages, acks: 'NONE', compressionType: 'GZIP', timeout: 'PT0.25S' },
    })
    expect(options).toEqual([
      { acks: 'ALL', compressionType: 'NONE', transactional: false, timeoutMs: limits.produce.timeoutMs },
      { acks: 'NONE', compressionType: 'GZIP', transactional: false, timeoutMs: 250 },
    ])
    expect(data.produce.results[0]).toMatchObject({ offset: null, cursor: null })
  })

  it('answers typed for every message when the in-sync replicas are too few, and when Kafka is gone', async () => {
    const { send, kafka } = watched()
    kafka.setIsr('orders', 1, [])
    const tooFew = await send([{ value: { string: 'a' }, partition: 1 }])
    expect(tooFew.data.produce.errors).toMatchObject([{ code: 'NOT_ENOUGH_REPLICAS', retriable: true }])
    kafka.goDown()
    const gone = await send([{ value: { string: 'a' } }, { value: { string: 'b' } }])
    expect(gone.data.produce.errors.map(({ code, path }) => [code, path?.at(-1)])).toEqual([
      ['KAFKA_UNAVAILABLE', '0'],
      ['KAFKA_UNAVAILABLE', '1'],
    ])
  })

  it('refuses too many messages and a time limit that the server does not allow', async () => {
    const { run, kafka } = watched()
    const many = await run(ProduceDocument, {
      input: { topic: 'orders', messages: Array(2001).fill({ value: { string: '' } }) },
    })
    expect(many.errors[0]?.message).toBe(
      'input.messages takes at most 2000 messages, this request has 2001: send several requests.',
    )
    for (const timeout of ['PT0S', 'PT31S']) {
      const answer = await run(ProduceDocument, { input: { topic: 'orders', messages: [], timeout } })
      expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
    }
    expect(kafka.counts.produce).toBe(0)
  })

  it.each([
    [{ string: 'a', base64: 'YQ==' }, 'OneOf'],
    [{}, 'OneOf'],
    [{ base64: 'YQ' }, 'Bytes takes standard base64 with padding'],
    [{ base64: '-_8=' }, 'Bytes takes standard base64 with padding'],
    [{ base64: 'Y Q==' }, 'Bytes takes standard base64 with padding'],
  ])('refuses the whole request for a value that is no value: %j', async (value, message) => {
    const { run } = watched()
    const answer = await run('mutation ($input: ProduceInput!) { produce(input: $input) { results { offset } } }', {
      input: { topic: 'orders', messages: [{ value }] },
    })
    expect(answer.errors[0]?.message).toContain(message)
  })
})

describe('createTopics and deleteTopics', () => {
  const CREATE =
    'mutation ($topics: [NewTopicInput!]!) { createTopics(topics: $topics) { topics { name partitionCount } errors { code message path retriable errorCode } } }'

  interface Created {
    readonly createTopics: {
      readonly topics: readonly ({ readonly name: string } | null)[]
      readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[]
    }
  }

  it('do what can be done and name the rest by Kafka’s errors', async () => {
    const { run } = harness({ topics: { there: 1 } })
    const assigned = { name: 'assigned', replicasAssignments: [[1], [1]] }
    const { data } = await run<Created>(CREATE, {
      topics: [
        { name: 'fine' },
        { name: 'there' },
        { name: 'too-many-replicas', replicationFactor: 2 },
        { name: 'unknown-config', configs: [{ name: 'no.such.config', value: '1' }] },
        { name: 'a/b' },
        { name: 'no-partitions', numPartitions: 0 },
        { name: 'default-is-not-minus-one', numPartitions: -1 },
        { name: 'beyond-sixteen-bits', replicationFactor: 65537 },
        { ...assigned, numPartitions: 2 },
        { name: 'twice' },
        { name: 'twice' },
        { ...assigned, name: 'assigned-fine' },
      ],
    })
    expect(data.createTopics.topics.map(topic => topic?.name ?? null).filter(Boolean)).toEqual([
      'fine',
      'assigned-fine',
    ])
    expect(data.createTopics.topics.at(-1)).toMatchObject({ partitionCount: 2 })
    expect(data.createTopics.errors.map(({ code, path }) => `${path.join('.')} ${code}`)).toEqual([
      'topics.1 TOPIC_ALREADY_EXISTS',
      'topics.2 INVALID_REPLICATION_FACTOR',
      'topics.3 INVALID_CONFIG',
      'topics.4 INVALID_TOPIC_EXCEPTION',
      'topics.5 INVALID_PARTITIONS',
      'topics.6 INVALID_PARTITIONS',
      'topics.7 INVALID_REPLICATION_FACTOR',
      'topics.8 INVALID_REQUEST',
      'topics.9 INVALID_REQUEST',
      'topics.10 INVALID_REQUEST',
    ])
  })

  it('answer for each topic when Kafka is gone', async () => {
    const { run, kafka } = harness()
    kafka.goDown()
    const { data, errors } = await run<Created>(CREATE, { topics: [{ name: 'a' }, { name: 'a/b' }] })
    expect(errors).toEqual([])
    expect(data.createTopics.topics).toEqual([null, null])
    expect(data.createTopics.errors.map(({ code }) => code)).toEqual(['KAFKA_UNAVAILABLE', 'INVALID_TOPIC_EXCEPTION'])
  })

  it('show the topic as it is after the change when both are in one request', async () => {
    const { run, kafka } = harness()
    const { data } = await run<{ a: unknown; b: unknown; c: unknown }>(`mutation {
      a: createTopics(topics: [{ name: "t", numPartitions: 1 }]) { topics { partitionCount } }
      b: createPartitions(topic: "t", totalCount: 3) { topic { partitionCount partitions { partition } } }
      c: createPartitions(topic: "no such", totalCount: 3) { topic { name } errors { code path } }
    }`)
    expect(data).toEqual({
      a: { topics: [{ partitionCount: 1 }] },
      b: { topic: { partitionCount: 3, partitions: [{ partition: 0 }, { partition: 1 }, { partition: 2 }] } },
      c: { topic: null, errors: [{ code: 'INVALID_TOPIC_EXCEPTION', path: ['topic'] }] },
    })
    const [topic] = await kafka.listTopics(testCall)
    expect(topic && !isFailure(topic) && topic.partitions.length).toBe(3)
  })
})
