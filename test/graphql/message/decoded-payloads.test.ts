import { encode as encodeMsgpack } from '@msgpack/msgpack'
import { describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../../src/config/config.ts'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { createPayloadReader } from '../../../src/payloads/read/payload-reader.ts'
import { unconfiguredRegistry } from '../../../src/payloads/registry/unconfigured-registry.ts'
import { avroSchema, framed, SchemasInMemory } from '../../payloads/read/reading.ts'
import { type Answer, codes, type HarnessOptions, harness } from '../harness.ts'
import { batchOf, storedMessage } from './scripted-streams.ts'

type Value = Readonly<Record<string, unknown>>

interface Seen {
  readonly messages: { readonly offset: string; readonly value: Value | null }
}

/** The answers to a subscription to `messages` with these values. */
const answersTo = async (
  values: readonly Buffer[],
  selection: string,
  options: HarnessOptions = {},
  variables: Readonly<Record<string, unknown>> = {},
): Promise<readonly Answer<Seen>[]> => {
  const { listen, streams } = harness(options)
  streams.play(
    batchOf(
      'orders',
      values.map(value => storedMessage({ value })),
    ),
  )
  const { events, refused } = await listen<Seen>(
    `subscription ${'path' in variables ? '($path: String)' : ''} { messages(topic: "orders") { offset ${selection} } }`,
    variables,
  )
  if (events === null) return [refused]
  const answers: Answer<Seen>[] = []
  for (const _ of values) {
    const { answer } = await events.next()
    if (answer !== null) answers.push(answer)
  }
  return answers
}

const shownOf = async (bytes: Buffer, fields: string, options: HarnessOptions = {}, maxBytes = ''): Promise<Value> => {
  const [answer] = await answersTo([bytes], `value${maxBytes} { ${fields} }`, options)
  expect(answer?.errors).toEqual([])
  return answer?.data.messages.value ?? {}
}

const hex = (digits: string) => Buffer.from(digits, 'hex')

describe('a payload', () => {
  it('is read in the format that its bytes have', async () => {
    const bytes = Buffer.from(encodeMsgpack({ id: 'A1', at: new Date(1_514_862_245_678) }))
    expect(await shownOf(bytes, 'auto json format decodeError isTruncated')).toEqual({
      auto: { id: 'A1', at: '2018-01-02T03:04:05.678Z' },
      json: { id: 'A1', at: '2018-01-02T03:04:05.678Z' },
      format: 'MSGPACK',
      decodeError: null,
      isTruncated: false,
    })
  })

  it('of text is text in auto and null in json; other bytes are base64 and null', async () => {
    expect(await shownOf(Buffer.from('plain'), 'auto json format decodeError')).toEqual({
      auto: 'plain',
      json: null,
      format: 'STRING',
      decodeError: null,
    })
    expect(await shownOf(hex('ff00'), 'auto json format decodeError')).toEqual({
      auto: '/wA=',
      json: null,
      format: 'BYTES',
      decodeError: 'JSON: not valid UTF-8; STRING: not valid UTF-8',
    })
  })

  it('is read in a format that the client forces, and says why that fails', async () => {
    const fields = 'auto(as: INT64) float: auto(as: FLOAT64) decodeError(as: INT64) why: decodeError(as: UUID)'
    expect(await shownOf(hex('0020000000000001'), fields)).toEqual({
      auto: '9007199254740993',
      float: expect.any(Number),
      decodeError: null,
      why: 'UUID: it is 16 bytes or text such as 123e4567-e89b-12d3-a456-426614174000; this has 8 bytes',
    })
  })

  it.each([
    ['42', '42'],
    [' -7\n', '-7'],
    ['9007199254740993', '9007199254740993'],
    ['9223372036854775807', '9223372036854775807'],
    ['9223372036854775808', null],
    ['"9007199254740993"', null],
    ['1.5', null],
    ['{}', null],
    ['text', null],
  ])('of the text %j is the number %j', async (text, number) => {
    expect(await shownOf(Buffer.from(text), 'number')).toEqual({ number })
  })

  it('that the settings call a number is one', async () => {
    const rules = readConfig([], { PAYLOAD_FORMATS: 'ord*.value=int64' }).payloadFormats
    const options = { payloads: createPayloadReader({ rules }) }
    expect(await shownOf(hex('ffffffffffffffff'), 'number json auto format', options)).toEqual({
      number: '-1',
      json: -1,
      auto: -1,
      format: 'INT64',
    })
    expect(await shownOf(hex('7fffffffffffffff'), 'number json', options)).toEqual({
      number: '9223372036854775807',
      json: '9223372036854775807',
    })
  })

  it('with traps as keys keeps them', async () => {
    const text = '{"__proto__":{"a":1},"constructor":{"b":2},"\\ud800":"\\u0000"}'
    const { json } = await shownOf(Buffer.from(text), 'json')
    expect(JSON.stringify(json)).toBe(text)
  })
})

describe('a path', () => {
  const order = Buffer.from('{"customer":{"id":7},"lines":[{"sku":"a"},{"sku":"b","unit price":2}]}')

  it('selects a part of the value', async () => {
    const fields = `id: json(path: "$.customer.id") price: json(path: "$.lines[1]['unit price']") none: json(path: "lines[2]") all: json(path: "$")`
    expect(await shownOf(order, fields)).toEqual({
      id: 7,
      price: 2,
      none: null,
      all: JSON.parse(order.toString()),
    })
  })

  it.each([
    ['$.a..b', "path is no path. The path cannot be read at character 4: write it like $.a.b[0]['c d']."],
    ['$[', 'character 2'],
    ['a'.repeat(2000), 'more than 1024 characters'],
  ])('%s is refused when the subscription opens, with its place', async (path, problem) => {
    const [answer, ...more] = await answersTo([order, order], `value { json(path: ${JSON.stringify(path)}) }`)
    expect(more).toEqual([])
    expect(answer && codes(answer)).toEqual(['BAD_USER_INPUT'])
    expect(answer?.errors[0]?.message).toContain(problem)
    expect(answer?.errors[0]?.locations).toHaveLength(1)
  })

  it('in a variable is refused as well', async () => {
    const [answer] = await answersTo([order], 'value { json(path: $path) }', {}, { path: '$.[' })
    expect(answer && codes(answer)).toEqual(['BAD_USER_INPUT'])
  })
})

describe('maxBytes', () => {
  const fields = 'size string json auto base64 hex format decodeError number isTruncated'

  it('cuts a longer payload at a whole character, and says so', async () => {
    const text = '{"city":"Zürich"}'
    const cut = await shownOf(Buffer.from(text), fields, {}, '(maxBytes: 11)')
    expect(cut).toEqual({
      size: 18,
      string: '{"city":"Z',
      json: null,
      auto: null,
      base64: Buffer.from(text).subarray(0, 11).toString('base64'),
      hex: Buffer.from(text).subarray(0, 11).toString('hex'),
      format: 'JSON',
      decodeError: 'The payload has 18 bytes and was cut at byte 11 (maxBytes): only a whole payload can be decoded.',
      number: null,
      isTruncated: true,
    })
  })

  it.each(['a', 'ä', '€', '🍺', 'a🍺ä€'])('never shows a part of a character of %s', async text => {
    const bytes = Buffer.from(text.repeat(3))
    for (let max = 0; max <= bytes.length; max++) {
      const { string } = await shownOf(bytes, 'string', {}, `(maxBytes: ${max})`)
      expect(text.repeat(3).startsWith(String(string))).toBe(true)
      expect(Buffer.byteLength(String(string))).toBeGreaterThan(max - 4)
    }
  })

  it('leaves a payload that fits as it is', async () => {
    const [whole, limited] = [
      await shownOf(Buffer.from('[1]'), fields),
      await shownOf(Buffer.from('[1]'), fields, {}, '(maxBytes: 3)'),
    ]
    expect(limited).toEqual(whole)
    expect(limited).toMatchObject({ isTruncated: false, json: [1] })
  })

  it('of bytes that are no text has no string', async () => {
    expect(await shownOf(hex('fffefdfcfb'), 'string base64', {}, '(maxBytes: 3)')).toEqual({
      string: null,
      base64: '//79',
    })
  })

  it('below zero is refused', async () => {
    const [answer] = await answersTo([Buffer.from('x')], 'value(maxBytes: -1) { string }')
    expect(answer && codes(answer)).toEqual(['BAD_USER_INPUT'])
  })
})

describe('payloads by schemas', () => {
  const user = avroSchema(7, { type: 'record', name: 'User', fields: [{ name: 'name', type: 'string' }] })
  const nulls = avroSchema(9, { type: 'array', items: 'null' })
  const ada = framed(7, hex('06616461'))
  const bomb = framed(9, hex('8084af5f00'))

  it('are decoded, also where the schema comes later', async () => {
    for (const isLate of [false, true]) {
      const schemas = new SchemasInMemory([user])
      schemas.isLate = isLate
      const payloads = createPayloadReader({ schemas })
      expect(await shownOf(ada, 'auto json(path: "$.name") format decodeError string', { payloads })).toEqual({
        auto: { name: 'ada' },
        json: 'ada',
        format: 'AVRO',
        decodeError: null,
        string: '\0\0\0\0\x07\x06ada',
      })
    }
  })

  it('show the version of the subject that is named after the topic', async () => {
    const payloads = createPayloadReader({ schemas: new SchemasInMemory([user]) })
    const schemaRegistry = {
      ...unconfiguredRegistry,
      listUses: async () => [
        { subject: 'other-value', version: 1 },
        { subject: 'orders-value', version: 3 },
      ],
    }
    const options: HarnessOptions = { payloads, ports: { schemaRegistry: schemaRegistry } }
    expect(await shownOf(ada, 'schema { version }', options)).toEqual({ schema: { version: 3 } })
    expect(await shownOf(Buffer.from('{}'), 'schema { version }', options)).toEqual({ schema: null })
  })

  it.each<[string, number, () => Promise<never>]>([
    ['is down', 21, () => Promise.reject(new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE'))],
    ['hangs', 22, () => new Promise(() => undefined)],
  ])('ask a registry that %s for their version once, not for each message', async (_, id, listUses) => {
    const own = avroSchema(id, 'string')
    const asked = vi.fn(listUses)
    const payloads = createPayloadReader({ schemas: new SchemasInMemory([own]) })
    const options = { payloads, ports: { schemaRegistry: { ...unconfiguredRegistry, listUses: asked } } }
    const answers = await answersTo(Array(3).fill(framed(id, hex('00'))), 'value { schema { version } }', options)
    expect(answers.map(codes)).toEqual(Array(3).fill(['SCHEMA_REGISTRY_UNAVAILABLE']))
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('that cannot be read leave the rest of their batch whole', async () => {
    const payloads = createPayloadReader({ schemas: new SchemasInMemory([user, nulls]) })
    const values = [ada, framed(7, hex('0661')), framed(8, hex('ff')), bomb, hex('ff'), Buffer.from('{'), ada]
    const answers = await answersTo(values, 'value { json decodeError }', { payloads })
    expect(answers.flatMap(({ errors }) => errors)).toEqual([])
    expect(answers.map(({ data }) => data.messages.value?.json)).toEqual([
      { name: 'ada' },
      ...Array(5).fill(null),
      { name: 'ada' },
    ])
    const problems = answers.map(({ data }) => String(data.messages.value?.decodeError).split(';')[0])
    expect(problems).toEqual([
      'null',
      'AVRO: schema 7: truncated at byte 7',
      'SCHEMA: schema 8: the schema registry has no schema 8',
      expect.stringMatching(/^AVRO: schema 9: more than 100000 values/),
      'JSON: not valid UTF-8',
      'JSON: not JSON text',
      'null',
    ])
  })

  it('that are bombs are decoded up to a limit for each event, and refused beyond', async () => {
    const payloads = createPayloadReader({ schemas: new SchemasInMemory([user, nulls]) })
    const { listen, streams } = harness({ payloads })
    const lateBomb = framed(9, hex('be9a0c')) // 99,999 nulls, and no end.
    const messages = Array.from({ length: 500 }, () => storedMessage({ value: Buffer.from(lateBomb) }))
    streams.play(batchOf('orders', [...messages, storedMessage({ value: Buffer.from('{"a":1}') })]))
    const { events } = await listen<{ messageStream: { messages: readonly { value: Value }[] } }>(
      'subscription { messageStream(input: { topics: ["orders"] }) { ... on MessageBatch { messages { value { json size string } } } } }',
    )
    const answer = (await events?.next())?.answer
    if (!answer) throw new Error('no batch came')
    expect(new Set(codes(answer))).toEqual(new Set(['PAYLOAD_TOO_LARGE']))
    expect(answer.errors.length).toBeGreaterThan(400)
    expect(answer.data.messageStream.messages).toHaveLength(501)
    expect(answer.data.messageStream.messages[0]?.value).toMatchObject({ json: null, size: 8 })
  })
})
