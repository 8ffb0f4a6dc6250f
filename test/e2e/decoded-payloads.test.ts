import { encode as encodeMsgpack } from '@msgpack/msgpack'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { sharedRegistry } from '../support/registry.ts'
import { transports } from '../support/subscribe.ts'

/** A registry starts for the first test that asks for it. */
const REGISTRY_START_MS = 180_000

const REGISTER = `mutation ($subject: String!, $schema: String!, $schemaType: SchemaType) {
  registerSchema(subject: $subject, schema: $schema, schemaType: $schemaType) { errors { message } schemaVersion { version } }
}`

const READ = `subscription ($topic: String!) {
  messages(topic: $topic, from: { earliest: true }, to: { latest: true }) {
    offset
    key { auto format number }
    value { json format decodeError string base64 schema { version } name: json(path: "$.name") }
    cut: value(maxBytes: 3) { size isTruncated base64 json decodeError }
  }
}`

const READ_BATCH = `subscription ($topic: String!) {
  messageStream(input: { topics: [$topic], from: { earliest: true }, to: { latest: true } }) {
    ... on MessageBatch { messages { offset value { json format decodeError } } }
  }
}`

const AVRO = JSON.stringify({
  type: 'record',
  name: 'User',
  fields: [
    { name: 'name', type: 'string' },
    { name: 'id', type: 'long' },
  ],
})
const PROTO = 'syntax = "proto3"; message User { string name = 1; int64 id = 2; }'
const JSON_SCHEMA = JSON.stringify({ type: 'object', properties: { name: { type: 'string' } } })
const ADA = { name: 'ada', id: '9007199254740993' }

/** What a client sees of a message; only the parts that the tests look at are typed. */
interface Seen {
  readonly messages: {
    readonly offset: string
    readonly key: Readonly<Record<string, unknown>> | null
    readonly value: Readonly<Record<string, unknown>>
    readonly cut: Readonly<Record<string, unknown>>
  }
}

let app: TestApp
let topic: string

/** An int64 as Kafka's LongSerializer writes it. */
const int64 = (value: bigint): string => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  return bytes.toString('base64')
}

const base64 = (bytes: Uint8Array | readonly number[]): { readonly base64: string } => ({
  base64: Buffer.from(bytes).toString('base64'),
})

const POISON = [
  base64([0, 0, 0xff, 0xff, 0xff, 1]),
  base64([0xff, 0xfe]),
  base64([0xdd, 0x05, 0xf5, 0xe1, 0x00]),
  base64(new Uint8Array(200_000).fill(0x91)),
  { string: '{"__proto__":{"a":1},"constructor":"\\ud800"}' },
  { string: '['.repeat(5000) },
  { string: 'a\0b' },
]

const produceAll = async (): Promise<void> => {
  const subject = `${topic}-value`
  const register = async (name: string, schema: string, schemaType: string): Promise<void> => {
    const answer = await app.dataOf<{ registerSchema: { errors: readonly unknown[] } }>(REGISTER, {
      subject: name,
      schema,
      schemaType,
    })
    expect(answer.registerSchema.errors).toEqual([])
  }
  await register(subject, AVRO, 'AVRO')
  await register(`${topic}-proto`, PROTO, 'PROTOBUF')
  await register(`${topic}-json`, JSON_SCHEMA, 'JSON')
  const values = [
    { avro: { data: ADA } },
    { protobuf: { data: ADA, subject: `${topic}-proto` } },
    { jsonSchema: { data: { name: 'ada' }, subject: `${topic}-json` } },
    base64(encodeMsgpack({ name: 'ada' })),
    ...POISON,
    { avro: { data: { ...ADA, name: 'last' } } },
  ]
  const messages = values.map((value, at) => ({ key: { base64: int64(2n ** 60n + BigInt(at)) }, value, partition: 0 }))
  await app.produce({ topic, messages })
}

beforeAll(async () => {
  app = await startTestApp({ SCHEMA_REGISTRY_URL: await sharedRegistry(), PAYLOAD_FORMATS: 'e2e*.key=int64' })
  topic = await app.freshTopic()
  await produceAll()
}, REGISTRY_START_MS)
afterAll(() => app?.[Symbol.asyncDispose]())

describe.each(transports)('over %s', (_, open) => {
  it('payloads in every format are read, and no poison harms its neighbours', async () => {
    await using client = open(app)
    using reader = client.subscribe<Seen>(READ, { topic })
    const seen = (await reader.rest()).map(({ messages }) => messages)
    expect(seen.map(({ value }) => value.format)).toEqual([
      ...['AVRO', 'PROTOBUF', 'JSON_SCHEMA', 'MSGPACK'],
      ...['BYTES', 'BYTES', 'BYTES', 'BYTES', 'JSON', 'STRING', 'STRING'],
      'AVRO',
    ])
    expect(seen.slice(0, 4).map(({ value }) => value.json)).toEqual([ADA, ADA, { name: 'ada' }, { name: 'ada' }])
    expect(seen.map(({ value }) => value.name)).toEqual([...Array(4).fill('ada'), ...Array(7).fill(null), 'last'])
    expect(seen[0]?.value).toMatchObject({ schema: { version: 1 }, decodeError: null })
    expect(seen[3]?.value.schema).toBeNull()
    expect(seen[4]?.value.decodeError).toMatch(/^SCHEMA: schema 16777215: No content with ID '16777215' was found/)
    expect(JSON.stringify(seen[8]?.value.json)).toBe('{"__proto__":{"a":1},"constructor":"\\ud800"}')
    expect(seen[9]?.value.decodeError).toBe('JSON: nested deeper than 500 levels')
    expect(seen[0]?.key).toEqual({ auto: '1152921504606846976', format: 'INT64', number: '1152921504606846976' })
    expect(seen[0]?.cut).toMatchObject({ isTruncated: true, base64: 'AAAA', json: null })
  })

  it('batches say the same as single messages', async () => {
    await using client = open(app)
    using single = client.subscribe<Seen>(READ, { topic })
    using stream = client.subscribe<{ messageStream: { messages?: readonly Seen['messages'][] } }>(READ_BATCH, {
      topic,
    })
    const one = (await single.rest()).map(({ messages: { offset, value } }) => ({
      offset,
      json: value.json,
      format: value.format,
      decodeError: value.decodeError,
    }))
    const batched = (await stream.rest()).flatMap(({ messageStream }) => messageStream.messages ?? [])
    expect(batched.map(({ offset, value }) => ({ offset, ...value }))).toEqual(one)
  })
})

it('what was read is produced again byte for byte', async () => {
  const [, open] = transports[0] ?? []
  if (open === undefined) throw new Error('there is no transport')
  await using client = open(app)
  using reader = client.subscribe<Seen>(READ, { topic })
  const before = (await reader.rest()).map(({ messages }) => String(messages.value.base64))
  const copy = await app.freshTopic()
  await app.produce({ topic: copy, messages: before.map(each => ({ value: { base64: each }, partition: 0 })) })
  using again = client.subscribe<Seen>(READ, { topic: copy })
  const after = (await again.rest()).map(({ messages }) => messages.value)
  expect(after.map(({ base64: bytes }) => bytes)).toEqual(before)
  expect(after[0]?.json).toEqual(ADA)
})
