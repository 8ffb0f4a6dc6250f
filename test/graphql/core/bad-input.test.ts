import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { MessageStreamDocument, MessagesDocument } from '../../generated/operations.ts'
import { codes, harness } from '../harness.ts'

const small = () => harness({ topics: { orders: 2, payments: 1 } })
const topics = (page: string) => `{ topics(${page}) { totalCount nodes { name } pageInfo { endCursor } } }`

describe('a query', () => {
  it.each([
    ['first: -1', 'first cannot be negative, and is -1: give 0 to 1000.'],
    ['first: 1001', 'first is 1001, above the maximum of 1000: read further pages with a cursor.'],
    ['last: -5', 'last cannot be negative, and is -5: give 0 to 1000.'],
    ['last: 2000000000', 'last is 2000000000, above the maximum of 1000: read further pages with a cursor.'],
    ['first: 1, last: 1', 'last cannot be given together with first: first reads forwards, last backwards.'],
    ['filter: { namePattern: "a(" }', 'filter.namePattern is not a regular expression in RE2 syntax'],
  ])('topics(%s) is refused with what would be right', async (page, message) => {
    const { run, kafka } = small()
    const answer = await run(topics(page))
    expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
    expect(answer.errors[0]?.message).toContain(message)
    expect(kafka.counts.listTopics).toBe(0)
  })

  it('refuses cursors that are truncated, altered, invented or of another list', async () => {
    const { run } = small()
    const page = await run<{ topics: { pageInfo: { endCursor: string } } }>(topics('first: 1'))
    const cursor = page.data.topics.pageInfo.endCursor
    const byPartitions = 'orderBy: { field: PARTITIONS }'
    const altered = `${cursor.slice(0, -2)}${cursor.at(-2) === 'A' ? 'B' : 'A'}${cursor.at(-1)}`
    const foreign = [
      `after: "${cursor.slice(0, -3)}"`,
      `after: "${altered}"`,
      `before: "${cursor}="`,
      'after: "bogus"',
      'after: "ω"',
      `after: "${'A'.repeat(5000)}"`,
      `after: "${Buffer.from('["topics NAME ASC","a"]').toString('base64url')}"`,
      `after: "${cursor}", ${byPartitions}`,
    ]
    for (const argument of foreign)
      expect([argument, codes(await run(topics(argument)))]).toEqual([argument, ['INVALID_CURSOR']])
    expect(codes(await run(topics(`after: "${cursor}"`)))).toEqual([])
  })

  it('answers null for a topic that does not exist', async () => {
    expect(await small().run('{ topic(name: "nothing") { name } }')).toEqual({ data: { topic: null }, errors: [] })
  })

  it.each(['', '.', '..', 'a b', 'a/b', 'ü', 'x'.repeat(250)])('refuses %j as the name of a topic', async name => {
    const { run, kafka } = small()
    const answer = await run('query ($name: String!) { topic(name: $name) { name } }', { name })
    expect(codes(answer)).toEqual(['INVALID_TOPIC_EXCEPTION'])
    expect(answer.errors[0]?.extensions).toMatchObject({ errorCode: 17, retriable: false })
    expect(kafka.counts.describeTopics).toBe(0)
  })

  it('tells that Kafka is unavailable, field by field', async () => {
    const { run, kafka } = small()
    kafka.goDown()
    const answer = await run('{ cluster { clusterId } topic(name: "orders") { name } }')
    expect(answer.data).toEqual({ cluster: null, topic: null })
    expect(answer.errors.map(({ extensions, path }) => [path, extensions])).toEqual([
      [['cluster'], { code: 'KAFKA_UNAVAILABLE', errorCode: -1, retriable: true }],
      [['topic'], { code: 'KAFKA_UNAVAILABLE', errorCode: -1, retriable: true }],
    ])
  })

  it('does not translate what nobody foresaw', async () => {
    const { run, kafka } = small()
    Object.assign(kafka, { describeCluster: async () => Promise.reject(new TypeError('a bug')) })
    const answer = await run('{ cluster { clusterId } }')
    expect(answer.errors[0]).toMatchObject({ message: 'a bug' })
    expect(codes(answer)).toEqual([undefined])
  })
})

describe('a subscription', () => {
  it.each([
    ['partitions: []', 'partitions is empty'],
    ['partitions: [0, -1]', 'partitions names partition -1'],
    ['partitions: [1, 1]', 'partitions names partition 1 twice'],
    ['from: { earliest: false }', 'from.earliest accepts only true'],
    ['from: { latest: false }', 'from.latest accepts only true'],
    ['from: { lastPerPartition: -1 }', 'from.lastPerPartition cannot be negative'],
    ['from: { offsets: [] }', 'from.offsets is empty'],
    ['from: { offsets: [{ partition: 0, offset: 1 }, { partition: 0, offset: 2 }] }', 'names partition 0 twice'],
    ['to: { earliest: false }', 'to.earliest accepts only true'],
  ])('messages(%s) is refused with the reason', async (argument, message) => {
    const { listen, streams } = small()
    const { refused } = await listen(`subscription { messages(topic: "orders", ${argument}) { offset } }`)
    expect(refused?.errors[0]?.message).toContain(message)
    expect(refused && codes(refused)).toEqual(['BAD_USER_INPUT'])
    expect(streams.requests).toEqual([])
  })

  it.each([
    [{ topics: [] }, 'input.topics takes exactly one topic, this request has 0'],
    [{ topics: ['a', 'b'] }, 'input.topics takes exactly one topic, this request has 2'],
    [{ topics: ['a'], partitions: [-1] }, 'input.partitions names partition -1'],
    [{ topics: ['a'], batch: { maxMessages: 0 } }, 'input.batch.maxMessages is 0: give 1 to 10000.'],
    [{ topics: ['a'], batch: { maxBytes: 2 ** 31 - 1 } }, 'input.batch.maxBytes is 2147483647: give 1 to 4194304.'],
    [{ topics: ['a'], batch: { linger: 'PT1H' } }, 'input.batch.linger is PT3600S: give at most PT1S.'],
  ])('messageStream(%j) is refused with the reason', async (input, message) => {
    const { refused } = await small().listen(MessageStreamDocument, { input })
    expect(refused?.errors[0]?.message).toContain(message)
    expect(refused && codes(refused)).toEqual(['BAD_USER_INPUT'])
  })

  it.each([
    [
      new KafkaError('UNKNOWN_TOPIC_OR_PARTITION'),
      { code: 'UNKNOWN_TOPIC_OR_PARTITION', errorCode: 3, retriable: true },
    ],
    [new KafkaError('INVALID_CURSOR'), { code: 'INVALID_CURSOR', errorCode: -1, retriable: false }],
    [
      new KafkaError('OFFSET_OUT_OF_RANGE', null, { details: { earliestOffset: 2n ** 60n, latestOffset: '7' } }),
      {
        code: 'OFFSET_OUT_OF_RANGE',
        errorCode: 1,
        retriable: false,
        earliestOffset: '1152921504606846976',
        latestOffset: '7',
      },
    ],
  ])('that cannot begin is the operation’s error: %s', async (error, extensions) => {
    const { listen, streams } = small()
    streams.refusal = error
    const { refused, events } = await listen(MessagesDocument, { topic: 'orders' })
    expect(events).toBeNull()
    expect(refused?.errors[0]?.extensions).toEqual(extensions)
  })

  it.each([
    ['value { string }', 21, 'messages renders payloads 21 times per event'],
    ['value { format }', 21, 'messages renders payloads 21 times per event'],
    ['offset', 201, 'messages selects 201 fields of each event'],
  ])('renders no message too often: %s, %i times', async (field, times, message) => {
    const { listen, streams } = small()
    const aliases = Array.from({ length: times }, (_, index) => `a${index}: ${field}`).join(' ')
    const { refused } = await listen(
      `subscription { messages(topic: "orders") { ...M } } fragment M on Message { ${aliases} }`,
    )
    expect(refused?.errors[0]?.message).toContain(message)
    expect(streams.requests).toEqual([])
  })

  it('refuses an illegal topic name by Kafka’s name of the error', async () => {
    const { refused } = await small().listen(MessagesDocument, { topic: 'a/b' })
    expect(refused && codes(refused)).toEqual(['INVALID_TOPIC_EXCEPTION'])
  })
})

describe('node', () => {
  it.each(['', 'bogus', 'VG9waWM6b3JkZXJz=', Buffer.from('Message:1').toString('base64url')])(
    'refuses the id %j',
    async id => {
      expect(codes(await small().run('query ($id: ID!) { node(id: $id) { id } }', { id }))).toEqual(['BAD_USER_INPUT'])
    },
  )

  it('bounds the number of ids', async () => {
    const answer = await small().run('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(1001).fill('x') })
    expect(answer.errors[0]?.message).toBe('ids takes at most 1000 ids, this request has 1001.')
  })
})

describe('a literal that its scalar refuses', () => {
  it.each([
    ['Cursor', '{ topics(after: true) { totalCount } }'],
    ['Long', 'subscription { messages(topic: "t", from: { offset: 1.5 }) { offset } }'],
    ['Long', 'subscription { messages(topic: "t", from: { offset: 9223372036854775808 }) { offset } }'],
    ['DateTime', 'subscription { messages(topic: "t", from: { timestamp: 1 }) { offset } }'],
    ['DateTime', 'subscription { messages(topic: "t", from: { timestamp: "2025-02-30T00:00:00Z" }) { offset } }'],
    ['Duration', 'subscription { messages(topic: "t", from: { ago: "P1Y" }) { offset } }'],
    [
      'Bytes',
      'mutation { produce(input: { topic: "t", messages: [{ value: { base64: BooleanValue } }] }) { errors { code } } }',
    ],
  ])('%s says so, and where it stands: %s', async (scalar, source) => {
    const refusal = await small()
      .run(source)
      .catch((thrown: unknown) => thrown)
    expect(refusal).toBeInstanceOf(GraphQLError)
    expect(refusal).toMatchObject({ message: expect.stringContaining(scalar), locations: [{ line: 1 }] })
  })
})
