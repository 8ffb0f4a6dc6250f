import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PassQueue } from '../../../../src/async/pass-queue.ts'
import { createContext } from '../../../../src/graphql/core/context.ts'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import type { OutgoingMessage } from '../../../../src/kafka/message.ts'
import type { Call } from '../../../../src/kafka/ports/call.ts'
import type { ProduceOptions } from '../../../../src/kafka/ports/message-sink.ts'
import { createPayloadReader } from '../../../../src/payloads/read/payload-reader.ts'
import { harness, limits } from '../../../graphql/harness.ts'
import { askGraphQL } from '../../support/ask.ts'
import { openSocket } from '../../support/socket-client.ts'
import { startTestServer, type TestServer } from '../../support/start-test-server.ts'

interface Answer {
  readonly data: { readonly produce: { readonly errors: readonly { readonly message: string }[] } }
}

interface Written {
  readonly values: readonly (string | null)[]
  readonly errors: readonly string[]
}

const sent: OutgoingMessage[] = []
const { ports, kafka } = harness({ topics: { orders: 1 } })
const { produce } = kafka
Object.assign(kafka, {
  produce: (call: Call, messages: readonly OutgoingMessage[], options: ProduceOptions) => {
    sent.push(...messages)
    return produce(call, messages, options)
  },
})
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    schema: buildSchema(),
    createContext: createContext({ ports, payloads: createPayloadReader(), limits, passes: new PassQueue() }),
  })
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(() => void sent.splice(0))

type Variables = Readonly<Record<string, unknown>>

const overHttp = (accept: string) => async (query: string, variables: Variables) =>
  JSON.parse((await askGraphQL(server.url, query, { accept }, variables)).text)

const overEventStream = async (query: string, variables: Variables) => {
  const { text } = await askGraphQL(server.url, query, { accept: 'text/event-stream' }, variables)
  const data = text.split('\n').find(line => line.startsWith('data: {'))
  return JSON.parse(data?.slice('data: '.length) ?? '{}')
}

const overWebSocket = async (query: string, variables: Variables) => {
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', query, variables)
  return (await client.next()).payload
}

/** Yoga answers requests that the fast path leaves to it: an Accept header that it does not know. */
const TRANSPORTS = [
  ['the fast path', overHttp('*/*')],
  ['Yoga', overHttp('application/json;q=0.9')],
  ['an event stream', overEventStream],
  ['a WebSocket', overWebSocket],
] as const

/** Produces one message with `json` between two valid ones, and returns what was written. */
const writtenBy = async (
  send: (query: string, variables: Variables) => Promise<unknown>,
  json: string,
  { definitions = '', variables = {} }: { readonly definitions?: string; readonly variables?: Variables },
): Promise<Written> => {
  const good = '{ value: { string: "good" } }'
  const messages = `[${good}, { value: { json: ${json} } }, ${good}]`
  const query = `mutation ${definitions} { produce(input: { topic: "orders", messages: ${messages} }) { errors { code message path } } }`
  const answer = await send(query, variables)
  expect(answer).toEqual({ data: { produce: { errors: expect.any(Array) } } })
  const { data }: Answer = JSON.parse(JSON.stringify(answer))
  for (const error of data.produce.errors)
    expect(error).toMatchObject({ code: 'INVALID_RECORD', path: ['input', 'messages', '1'] })
  return {
    values: sent.splice(0).map(({ value }) => value?.toString() ?? null),
    errors: data.produce.errors.map(({ message }) => message),
  }
}

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`

const TIME = '2025-01-31T10:30:00+01:00'

const WRITTEN: readonly (readonly [string, string, Variables, string])[] = [
  ['', '{ a: [1, 1.5, -2, 1e3, true, null, "ß"], b: {} }', {}, '{"a":[1,1.5,-2,1000,true,null,"ß"],"b":{}}'],
  ['', '"""\n  two\n    lines\n  """', {}, '"two\\n  lines"'],
  ['', '{ __proto__: { constructor: 1 }, toString: 2 }', {}, '{"__proto__":{"constructor":1},"toString":2}'],
  ['', nested(500), {}, nested(500)],
  ['($x: DateTime)', '{ at: $x }', { x: TIME }, `{"at":"${TIME}"}`],
  ['($x: Duration)', '{ a: [{ b: [$x] }] }', { x: 'PT15M' }, '{"a":[{"b":["PT15M"]}]}'],
  ['($x: Bytes)', '{ x: $x }', { x: 'AAE=' }, '{"x":"AAE="}'],
  ['($x: Long)', '{ x: $x }', { x: '9223372036854775807' }, '{"x":"9223372036854775807"}'],
  ['($x: Long!)', '{ x: $x }', { x: 42 }, '{"x":42}'],
  ['($x: QuotaEntityType)', '{ x: $x }', { x: 'CLIENT_ID' }, '{"x":"CLIENT_ID"}'],
  ['($x: TopicOrder)', '{ x: $x }', { x: { field: 'NAME' } }, '{"x":{"field":"NAME"}}'],
  ['($x: [DateTime!])', '{ x: $x }', { x: TIME }, `{"x":"${TIME}"}`],
  ['($x: JSON)', '{ x: [$x] }', { x: JSON.parse('{"__proto__":[null]}') }, '{"x":[{"__proto__":[null]}]}'],
  ['($x: JSON!)', '$x', { x: { RED: 'RED' } }, '{"RED":"RED"}'],
  ['($x: JSON)', '{ x: $x }', { x: null }, '{"x":null}'],
  ['($x: DateTime)', '{ x: $x, y: [$x], z: 1 }', {}, '{"y":[null],"z":1}'],
  ['($x: DateTime = "2025-01-31T09:30:00Z")', '{ x: $x }', {}, '{"x":"2025-01-31T09:30:00Z"}'],
  ['($x: QuotaEntityType = CLIENT_ID)', '{ x: $x }', {}, '{"x":"CLIENT_ID"}'],
  ['($x: QuotaEntityType = CLIENT_ID)', '{ x: $x }', { x: null }, '{"x":null}'],
]

const REFUSED: readonly (readonly [string, string, Variables, RegExp])[] = [
  ['', '{ status: RED, n: 1 }', {}, /RED is not a JSON value/],
  ['', '[RED]', {}, /RED is not a JSON value/],
  ['', 'RED', {}, /RED is not a JSON value/],
  ['($x: JSON! = { a: [GREEN] })', '$x', {}, /GREEN is not a JSON value/],
  ['', '{ n: 9007199254740993 }', {}, /9007199254740993 is beyond/],
  ['', '[1e400]', {}, /1e400 is beyond/],
  ['', '[1e-400]', {}, /1e-400 is beyond/],
  ['($x: JSON)', '{ x: $x }', { x: 2 ** 53 }, /9007199254740992/],
  ['', nested(501), {}, /nested/],
  ['($x: JSON)', '{ x: $x }', { x: JSON.parse(nested(500)) }, /nested too deeply, more than 500/],
  ['($x: JSON!)', '$x', { x: JSON.parse(nested(2000)) }, /nested too deeply, more than 500/],
]

describe.each(TRANSPORTS)('JSON in a document, over %s', (_, send) => {
  it.each(WRITTEN)('%s %s with %j is written as it was sent', async (definitions, json, variables, expected) => {
    const { values, errors } = await writtenBy(send, json, { definitions, variables })
    expect({ values, errors }).toEqual({ values: ['good', expected, 'good'], errors: [] })
  })

  it.each(REFUSED)('%s %s is refused with its name, and alone', async (definitions, json, variables, expected) => {
    const { values, errors } = await writtenBy(send, json, { definitions, variables })
    expect({ values, errors }).toEqual({ values: ['good', 'good'], errors: [expect.stringMatching(expected)] })
  })
})
