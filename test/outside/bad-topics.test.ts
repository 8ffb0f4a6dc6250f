import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getOffsets } from '../support/console-tools.ts'
import { freshTopicName, sharedKafka } from '../support/kafka.ts'
import type { ToolTarget } from '../support/kafka-tools.ts'
import { createTopicByTool, describeTopic, listTopics } from '../support/topic-tool.ts'
import { refusalsOf, refusedStream, saying } from './support/refusals.ts'
import { type Product, startProduct, untilReady } from './support/start-product.ts'

const topic = freshTopicName('outside')
const unknown = freshTopicName('unknown')
let kafka: ToolTarget
let product: Product
/** Topics that must not exist at the end. */
const refused: string[] = [unknown]

beforeAll(async () => {
  kafka = await sharedKafka()
  await createTopicByTool(kafka, topic, { partitions: 2 })
  product = await startProduct(kafka.bootstrapServers)
  await untilReady(product)
})

afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
})

afterAll(async () => {
  const known = await listTopics(kafka)
  expect(refused.filter(name => known.includes(name))).toEqual([])
  expect(await describeTopic(kafka, topic)).toMatchObject({ partitionCount: 2, configs: {} })
  expect(await getOffsets(kafka, topic)).toEqual(
    new Map([
      [0, 0n],
      [1, 0n],
    ]),
  )
})

const PRODUCE = `mutation ($input: ProduceInput!) {
  produce(input: $input) { results { offset } errors { code errorCode retriable message path } }
}`
const CREATE = `mutation ($topics: [NewTopicInput!]!) {
  createTopics(topics: $topics) { topics { name } errors { code message path } }
}`
const ADD = `mutation ($topic: String!, $totalCount: Int!, $assignments: [[Int!]!]) {
  createPartitions(topic: $topic, totalCount: $totalCount, assignments: $assignments) {
    topic { name } errors { code message path }
  }
}`

describe('a topic that does not exist', () => {
  test('is null in a query, next to an existing topic', async () => {
    const query = 'query ($a: String!, $b: String!) { a: topic(name: $a) { name } b: topic(name: $b) { name } }'
    expect(await product.run(query, { a: unknown, b: topic })).toEqual({ data: { a: null, b: { name: topic } } })
  })

  test.each(['messages(topic: $topic) { offset }', 'messageStream(input: { topics: [$topic] }) { __typename }'])(
    'is UNKNOWN_TOPIC_OR_PARTITION for a subscription, over WebSocket and SSE: %s',
    async field => {
      const query = `subscription ($topic: String!) { ${field} }`
      const error = await refusedStream(product, query, { topic: unknown })
      expect(error.extensions).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION', errorCode: 3 })
      expect(error.message).toBe(`there is no topic ${unknown}`)
      expect(await product.metric('kafka_graphql_feeds')).toBe(0)
    },
  )

  test('is the same for produce, within a deadline of 1 s', async () => {
    const messages = [{ value: { string: 'a' } }, { value: { string: 'b' } }]
    const began = performance.now()
    const told = await product.run(PRODUCE, { input: { topic: unknown, messages, timeout: 'PT1S' } })
    console.info(`produce to an unknown topic took ${Math.round(performance.now() - began)} ms`)
    expect(told.data?.produce).toMatchObject({ results: [null, null] })
    expect(refusalsOf(told, 'produce')).toEqual(
      [0, 1].map(index => `UNKNOWN_TOPIC_OR_PARTITION at input.messages.${index}: there is no topic ${unknown}`),
    )
  })

  test('cannot be deleted, nor have partitions added', async () => {
    const remove = 'mutation ($t: [String!]!) { deleteTopics(topics: $t) { errors { code message path } } }'
    expect(refusalsOf(await product.run(remove, { t: [unknown] }), 'deleteTopics')).toEqual([
      expect.stringMatching(/^UNKNOWN_TOPIC_OR_PARTITION at topics\.0: /),
    ])
    const added = await product.run(ADD, { topic: unknown, totalCount: 3 })
    expect(added.data?.createPartitions).toMatchObject({ topic: null })
    expect(refusalsOf(added, 'createPartitions')).toEqual([
      expect.stringMatching(/^UNKNOWN_TOPIC_OR_PARTITION at topic: /),
    ])
  })
})

describe('an illegal topic name', () => {
  test.each(['', '.', '..', 'a b', 'a/b', '../etc', 'ü', 'x\u0000', 'x'.repeat(250)])(
    '%j, in every argument',
    async name => {
      const why = /INVALID_TOPIC_EXCEPTION.*(letters|cannot be|at most 249)/
      const query = await product.run('query ($name: String!) { topic(name: $name) { name } }', { name })
      expect([query.data, saying(query.errors?.[0])]).toEqual([{ topic: null }, expect.stringMatching(why)])
      const stream = 'subscription ($topic: String!) { messages(topic: $topic) { offset } }'
      expect(saying(await refusedStream(product, stream, { topic: name }))).toMatch(why)
      const produce = await product.run(PRODUCE, { input: { topic, messages: [{ topic: name }] } })
      expect(refusalsOf(produce, 'produce')).toEqual([expect.stringMatching(why)])
      const create = await product.run(CREATE, { topics: [{ name }] })
      expect(refusalsOf(create, 'createTopics')).toEqual([expect.stringMatching(why)])
      const add = await product.run(ADD, { topic: name, totalCount: 3 })
      expect(refusalsOf(add, 'createPartitions')).toEqual([expect.stringMatching(why)])
      const remove = 'mutation ($t: [String!]!) { deleteTopics(topics: $t) { errors { code message path } } }'
      expect(refusalsOf(await product.run(remove, { t: [name] }), 'deleteTopics')).toEqual([expect.stringMatching(why)])
    },
  )
})

describe('createTopics', () => {
  const cases: readonly (readonly [string, object, RegExp])[] = [
    ['a replication factor above the number of brokers', { replicationFactor: 3 }, /INVALID_REPLICATION_FACTOR.*3/],
    ['a replication factor of 0', { replicationFactor: 0 }, /INVALID_REPLICATION_FACTOR.*at least 1.*not 0/],
    ['a replication factor of 17 bits', { replicationFactor: 65_537 }, /INVALID_REPLICATION_FACTOR.*65537/],
    ['0 partitions', { numPartitions: 0 }, /INVALID_PARTITIONS.*at least 1 partition, not 0/],
    ['-1 partitions', { numPartitions: -1 }, /INVALID_PARTITIONS.*not -1/],
    ['an unknown config', { configs: [{ name: 'retention.mss', value: '1' }] }, /INVALID_CONFIG.*retention\.mss/],
    [
      'a config with a value of the wrong type',
      { configs: [{ name: 'retention.ms', value: 'soon' }] },
      /INVALID_CONFIG.*soon.*retention\.ms/,
    ],
    [
      'a config out of range',
      { configs: [{ name: 'min.insync.replicas', value: '0' }] },
      /INVALID_CONFIG.*min\.insync\.replicas/,
    ],
    [
      'both counts and assignments',
      { numPartitions: 1, replicasAssignments: [[1]] },
      /INVALID_REQUEST.*replicasAssignments.*omit numPartitions/,
    ],
    ['an assignment to an unknown broker', { replicasAssignments: [[99]] }, /INVALID_REPLICA_ASSIGNMENT.*99/],
    ['an assignment to a broker twice', { replicasAssignments: [[1, 1]] }, /INVALID_REPLICA_ASSIGNMENT.*1/],
    ['an empty assignment', { replicasAssignments: [[]] }, /INVALID_REPLICA_ASSIGNMENT/],
  ]

  test('refuses each topic with Kafka’s code at its index, independent of the others', async () => {
    const topics = cases.map(([, input]) => ({ name: freshTopicName('refused'), ...input }))
    refused.push(...topics.map(({ name }) => name))
    const twice = freshTopicName('refused')
    refused.push(twice)
    const created = freshTopicName('created')
    const all = [...topics, { name: topic }, { name: twice }, { name: twice }, { name: created }]
    const told = await product.run(CREATE, { topics: all })
    const expected = [
      ...cases.map(([, , why]) => why),
      new RegExp(`TOPIC_ALREADY_EXISTS.*'?${topic}`),
      /INVALID_REQUEST.*more than once/,
      /INVALID_REQUEST.*more than once/,
    ]
    const refusals = refusalsOf(told, 'createTopics')
    expect(refusals).toHaveLength(expected.length)
    for (const [index, why] of expected.entries()) {
      expect(refusals[index]).toMatch(why)
      expect(refusals[index]).toContain(` at topics.${index}: `)
    }
    expect(told.data?.createTopics).toMatchObject({ topics: [...expected.map(() => null), { name: created }] })
    expect(await listTopics(kafka)).toContain(created)
  })
})

describe('createPartitions', () => {
  test.each([
    ['the current number', 2, null, /INVALID_PARTITIONS at totalCount: .*2/],
    ['fewer', 1, null, /INVALID_PARTITIONS at totalCount: .*(2|fewer|lower)/],
    ['none', 0, null, /INVALID_PARTITIONS at totalCount: /],
    ['a negative number', -1, null, /INVALID_PARTITIONS at totalCount: /],
    ['assigned to an unknown broker', 3, [[99]], /INVALID_REPLICA_ASSIGNMENT at assignments: .*99/],
    ['more assignments than added partitions', 3, [[1], [1]], /INVALID_REPLICA_ASSIGNMENT at assignments: /],
  ])('%s is refused', async (_, totalCount, assignments, why) => {
    const told = await product.run(ADD, { topic, totalCount, assignments })
    expect(told.data?.createPartitions).toMatchObject({ topic: null })
    expect(refusalsOf(told, 'createPartitions')).toEqual([expect.stringMatching(why)])
  })
})

describe('pages of topics', () => {
  test.each([
    ['first: -1', 'BAD_USER_INPUT: first cannot be negative, and is -1: give 0 to 1000.'],
    ['first: 1001', 'BAD_USER_INPUT: first is 1001, above the maximum of 1000: read further pages with a cursor.'],
    ['last: 1001', 'BAD_USER_INPUT: last is 1001, above the maximum of 1000: read further pages with a cursor.'],
    [
      'first: 1, last: 1',
      'BAD_USER_INPUT: last cannot be given together with first: first reads forwards, last backwards.',
    ],
    ['after: "nonsense"', 'INVALID_CURSOR: after: this cursor is damaged or was not issued by this API.'],
  ])('topics(%s) is refused, with the right form', async (page, told) => {
    const { data, errors } = await product.run(`{ topics(${page}) { totalCount } }`)
    expect(data ?? null).toBeNull()
    expect(saying(errors?.[0])).toContain(told)
  })

  test('a cursor that is truncated, altered, of another order or of a message is INVALID_CURSOR', async () => {
    const page = '{ topics(first: 1) { pageInfo { endCursor } } }'
    const { data } = await product.run<{ topics: { pageInfo: { endCursor: string } } }>(page)
    const cursor = data?.topics.pageInfo.endCursor ?? ''
    const ask = (after: string, order = '') =>
      product.run(`query ($after: Cursor) { topics(after: $after${order}) { totalCount } }`, { after })
    const flipped = `${cursor.slice(0, 9)}${cursor[9] === 'A' ? 'B' : 'A'}${cursor.slice(10)}`
    const wrong = [
      ask(cursor.slice(0, -4)),
      ask(flipped),
      ask(`${cursor}AAAA`),
      ask(cursor, ', orderBy: { field: PARTITIONS }'),
    ]
    for (const { errors } of await Promise.all(wrong)) expect(saying(errors?.[0])).toMatch(/^INVALID_CURSOR: after: /)
    expect((await ask(cursor)).errors).toBeUndefined()
  })
})
