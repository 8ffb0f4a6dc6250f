import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consoleProduce, getOffsets } from '../support/console-tools.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName, sharedKafka } from '../support/kafka.ts'
import { kafkaToolOutput, type ToolTarget } from '../support/kafka-tools.ts'
import { graphqlWs } from '../support/subscribe.ts'
import { tempDir } from '../support/temp-dir.ts'
import { createTopicByTool } from '../support/topic-tool.ts'
import { refusedStream, saying } from './support/refusals.ts'
import { type Product, startProduct, untilReady } from './support/start-product.ts'

/** One partition with offsets 4 to 9. Kafka's own tool deleted the first four. */
const topic = freshTopicName('outside')
/** Two partitions with three messages. */
const other = freshTopicName('outside')
let kafka: ToolTarget
let product: Product

const deleteRecords = async (before: number): Promise<void> => {
  await using dir = await tempDir()
  const file = join(dir.path, 'offsets.json')
  await writeFile(file, JSON.stringify({ version: 1, partitions: [{ topic, partition: 0, offset: before }] }))
  await kafkaToolOutput(kafka, 'org.apache.kafka.tools.DeleteRecordsCommand', ['--offset-json-file', file])
}

beforeAll(async () => {
  kafka = await sharedKafka()
  await Promise.all([createTopicByTool(kafka, topic), createTopicByTool(kafka, other, { partitions: 2 })])
  const lines = Array.from({ length: 10 }, (_, i) => `m${i}`)
  await Promise.all([consoleProduce(kafka, topic, lines), consoleProduce(kafka, other, ['a', 'b', 'c'])])
  await deleteRecords(4)
  product = await startProduct(kafka.bootstrapServers)
  await untilReady(product)
})

afterAll(async () => {
  // Refused subscriptions must leave nothing behind.
  await eventually(async () => expect(await product.metric('kafka_graphql_feeds')).toBe(0))
  await product?.[Symbol.asyncDispose]()
})

interface Read {
  readonly messages: { readonly offset: string; readonly cursor: string }
}

const messages = (args: string, of = topic) => `subscription { messages(topic: "${of}", ${args}) { offset cursor } }`
const refusal = (args: string, of = topic) => refusedStream(product, messages(args, of))

const read = async (args: string, count: number, of = topic): Promise<readonly Read['messages'][]> => {
  await using client = graphqlWs(product)
  using reader = client.subscribe<Read, Record<string, never>>(messages(args, of))
  return (await reader.take(count)).map(event => event.messages)
}

/** Waits until this many streams have begun. Messages written later are live for them. */
const followed = (feeds: number) =>
  eventually(async () => expect(await product.metric('kafka_graphql_live_feeds')).toBe(feeds))

const write = (to: string) =>
  product.run(`mutation { produce(input: { topic: "${to}", messages: [{ partition: 0 }] }) { errors { code } } }`)

describe('partitions', () => {
  test.each([
    ['partitions: [2]', /^UNKNOWN_TOPIC_OR_PARTITION: .*partition 2/],
    ['partitions: [0, 7]', /^UNKNOWN_TOPIC_OR_PARTITION: .*partition 7/],
    ['from: { offsets: [{ partition: 5, offset: 0 }] }', /^UNKNOWN_TOPIC_OR_PARTITION: .*partition 5/],
    ['partitions: [-1]', /^BAD_USER_INPUT: partitions names partition -1/],
    ['partitions: []', /^BAD_USER_INPUT: partitions is empty/],
    ['partitions: [0, 0]', /^BAD_USER_INPUT: partitions names partition 0 twice/],
  ])('messages(%s) is refused, with the partition', async (args, why) => {
    expect(saying(await refusal(args, other))).toMatch(why)
  })

  test('that do not exist are null or omitted in a query', async () => {
    const { data } = await product.run(
      `{ topic(name: "${other}") { partition(id: 9) { partition } partitions(ids: [1, 9]) { partition } } }`,
    )
    expect(data).toEqual({ topic: { partition: null, partitions: [{ partition: 1 }] } })
  })
})

describe('offsets', () => {
  const inLog = { partition: 0, earliestOffset: '4', latestOffset: '10' }

  test('below the log end `messages` with OFFSET_OUT_OF_RANGE, the range and a cursor to resume from', async () => {
    const error = await refusal('from: { offset: 1 }')
    expect(saying(error)).toMatch(
      /^OFFSET_OUT_OF_RANGE: Partition 0 of .* from 4 up to, not including, 10: offset 1 does not exist/,
    )
    expect(error.extensions).toMatchObject({ ...inLog, fromOffset: '1', errorCode: 1, retriable: false })
    const [first] = await read(`after: "${error.extensions?.cursor}"`, 1)
    expect(first?.offset).toBe('4')
  })

  test('below the log are a StreamGap in `messageStream`, which continues', async () => {
    await using client = graphqlWs(product)
    const query = `subscription { messageStream(input: { topics: ["${topic}"], from: { offset: 1 } }) {
      __typename
      ... on StreamGap { fromOffset toOffset reason partition { partition } }
      ... on MessageBatch { messages { offset } }
    } }`
    using reader = client.subscribe<{ messageStream: unknown }, Record<string, never>>(query)
    const [gap, batch] = (await reader.take(2)).map(event => event.messageStream)
    expect(gap).toEqual({
      __typename: 'StreamGap',
      fromOffset: '1',
      toOffset: '4',
      reason: 'RETENTION',
      partition: { partition: 0 },
    })
    expect(batch).toEqual({ __typename: 'MessageBatch', messages: [4, 5, 6, 7, 8, 9].map(n => ({ offset: `${n}` })) })
  })

  test.each([
    ['from: { offset: 11 }', '11'],
    ['from: { offset: "9007199254740993" }', '9007199254740993'],
    ['from: { offset: "9223372036854775807" }', '9223372036854775807'],
    ['from: { offset: -1 }', '-1'],
    ['from: { offsets: [{ partition: 0, offset: 12 }] }', '12'],
  ])('outside the log are OFFSET_OUT_OF_RANGE, without a cursor: messages(%s)', async (args, fromOffset) => {
    const error = await refusal(args)
    expect(error.extensions).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', ...inLog, fromOffset })
    expect(error.extensions?.cursor).toBeUndefined()
    expect(error.message).toContain(`offset ${fromOffset} does not exist`)
  })

  test('at the end deliver the next message', async () => {
    const end = (await getOffsets(kafka, other)).get(0)
    await using client = graphqlWs(product)
    using reader = client.subscribe<Read, Record<string, never>>(
      messages(`from: { offset: ${end} }, partitions: [0]`, other),
    )
    await followed(1)
    await write(other)
    expect((await reader.next()).messages.offset).toBe(String(end))
  })

  test.each(['1.5', '"1.5"', '"x"', '9223372036854775808', 'true', '""'])('%s is not an offset', async offset => {
    const error = await refusal(`from: { offset: ${offset} }`)
    expect(saying(error)).toMatch(/^GRAPHQL_VALIDATION_FAILED: .*Long/)
  })
})

describe('times', () => {
  test('in the future mean the end: only later messages are delivered', async () => {
    const began = freshTopicName('outside')
    await createTopicByTool(kafka, began)
    await consoleProduce(kafka, began, ['old'])
    await using client = graphqlWs(product)
    using reader = client.subscribe<Read, Record<string, never>>(
      messages('from: { timestamp: "9999-12-31T23:59:59Z" }', began),
    )
    using ended = client.subscribe<Read, Record<string, never>>(
      messages('from: { timestamp: "2999-01-01T00:00:00Z" }, to: { latest: true }', began),
    )
    expect(await ended.rest()).toEqual([])
    await followed(1)
    await write(began)
    expect((await reader.next()).messages.offset).toBe('1')
  })

  test.each([
    ['timestamp: "soon"', 'DateTime'],
    ['timestamp: "2025-01-01"', 'DateTime'],
    ['timestamp: "2025-13-01T00:00:00Z"', 'DateTime'],
    ['timestamp: 5', 'DateTime'],
    ['ago: "15m"', 'Duration'],
    ['ago: "-PT15M"', 'Duration'],
    ['ago: "P1Y"', 'Duration'],
    ['lastPerPartition: "1"', 'Int'],
  ])('from: { %s } is refused, with the name of the scalar', async (from, scalar) => {
    const error = await refusal(`from: { ${from} }`)
    expect(saying(error)).toMatch(new RegExp(`^GRAPHQL_VALIDATION_FAILED: .*${scalar}`))
    expect(error).toMatchObject({ locations: [{ line: 1 }] })
  })

  test.each(['earliest: true, latest: true', '', 'offset: null', 'earliest: false', 'lastPerPartition: -1'])(
    'from: { %s } is refused',
    async from => {
      expect((await refusal(`from: { ${from} }`)).extensions?.code).toMatch(
        /^(GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)$/,
      )
    },
  )

  test('before all messages mean the beginning', async () => {
    for (const from of ['timestamp: "0001-01-01T00:00:00Z"', 'ago: "P10000000D"'])
      expect((await read(`from: { ${from} }`, 1))[0]?.offset).toBe('4')
  })
})

describe('cursors', () => {
  test('forged, truncated, altered, of a list or of another topic are INVALID_CURSOR in every argument', async () => {
    const [, second] = await read('from: { earliest: true }', 2)
    const cursor = second?.cursor ?? ''
    const { data } = await product.run<{ topics: { pageInfo: { endCursor: string } } }>(
      '{ topics(first: 1) { pageInfo { endCursor } } }',
    )
    const middle = Math.floor(cursor.length / 2)
    const altered = `${cursor.slice(0, middle)}${cursor[middle] === 'A' ? 'B' : 'A'}${cursor.slice(middle + 1)}`
    const wrong = [
      '',
      'x',
      cursor.slice(0, -1),
      cursor.slice(1),
      altered,
      `${cursor}A`,
      `${cursor}=`,
      'A'.repeat(10_000),
    ]
    for (const text of [...wrong, data?.topics.pageInfo.endCursor ?? '']) {
      for (const args of [`after: "${text}"`, `from: { cursor: "${text}" }`])
        expect(saying(await refusal(args)), args).toMatch(/^INVALID_CURSOR: The cursor is invalid: \S+/)
    }
    const foreign = await refusal(`after: "${cursor}"`, other)
    expect(saying(foreign)).toBe(`INVALID_CURSOR: The cursor is invalid: it belongs to another topic than ${other}.`)
    expect((await read(`after: "${cursor}"`, 1))[0]?.offset).toBe('6')
  })

  test('of a server with another secret are INVALID_CURSOR', async () => {
    await using signed = await startProduct(kafka.bootstrapServers, { CURSOR_SECRET: 'a secret of sixteen or more' })
    const [first] = await read('from: { earliest: true }', 1)
    const error = await refusedStream(signed, messages(`after: "${first?.cursor}"`))
    expect(error.extensions?.code).toBe('INVALID_CURSOR')
  })
})
