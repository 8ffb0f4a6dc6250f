import { encode as encodeMsgpack } from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/config/config.ts'
import { parseJsonPath } from '../../../src/kafka/payload/json-path.ts'
import { createPayloadReader } from '../../../src/payloads/read/payload-reader.ts'
import { KINDS } from './golden-kinds.ts'
import { avroSchema, framed, payloadOf, readNow, readWith, SchemasInMemory } from './reading.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const hex = (digits: string) => Buffer.from(digits, 'hex')
const rules = (text: string) => readConfig([], { PAYLOAD_FORMATS: text }).payloadFormats

const USER = {
  type: 'record',
  name: 'User',
  fields: [
    { name: 'name', type: 'string' },
    { name: 'age', type: 'long' },
  ],
}
/** `{"name": "ada", "age": 36}` by that schema. */
const ADA = hex('0661646148')
const user = avroSchema(7, USER)

describe('without settings and without a registry', () => {
  const reader = createPayloadReader()

  it.each(KINDS)('%s is recognised', (_, bytes, format) => {
    expect(readNow(reader, payloadOf(bytes)).format).toBe(format)
  })

  it('bytes of no known format are base64, and every attempt is named', () => {
    expect(readNow(reader, payloadOf(hex('93010203')))).toMatchObject({
      format: 'BYTES',
      value: 'kwECAw==',
      problem:
        'JSON: not valid UTF-8; MSGPACK: no map with text as keys; CBOR: truncated at byte 4: 19 items are announced; STRING: not valid UTF-8',
    })
  })

  it('text that begins like JSON and is not says why; other text has no problem', () => {
    expect(readNow(reader, payloadOf(Buffer.from('{"a":'))).problem).toBe('JSON: not JSON text')
    const deep = Buffer.from('['.repeat(501) + ']'.repeat(501))
    expect(readNow(reader, payloadOf(deep)).problem).toBe('JSON: nested deeper than 500 levels')
    expect(readNow(reader, payloadOf(Buffer.from('plain')))).toMatchObject({ value: 'plain', problem: null })
  })

  it('bytes with a registry’s framing say what is missing', () => {
    expect(readNow(reader, payloadOf(framed(7, ADA))).problem).toContain(
      'SCHEMA: schema 7: no schema registry is configured (SCHEMA_REGISTRY_URL)',
    )
  })

  it('a path leads to a part of the value, and to nothing in plain text', () => {
    const path = parseJsonPath('$.a[1].b')
    expect(readNow(reader, payloadOf(Buffer.from('{"a":[0,{"b":"x"}]}')), { path }).value).toBe('x')
    const packed = Buffer.from(encodeMsgpack({ a: [0, { b: 'x' }] }))
    expect(readNow(reader, payloadOf(packed), { path })).toMatchObject({ format: 'MSGPACK', value: 'x' })
    expect(readNow(reader, payloadOf(Buffer.from('plain')), { path }).value).toBeUndefined()
  })

  it('all paths of a payload share one reading of the whole', () => {
    const text = Buffer.from(JSON.stringify({ a: { b: 'x' }, c: 'y'.repeat(1_000_000) }))
    const whole = readNow(reader, payloadOf(text))
    for (let index = 0; index < 40; index++) {
      const part = readNow(reader, payloadOf(text), { path: parseJsonPath(`$.a[${index}]`) })
      expect(part).toMatchObject({ format: 'JSON', value: undefined, work: part.jsonBytes })
    }
    expect(readNow(reader, payloadOf(text), { path: ['a'] }).value).toBe(Reflect.get(Object(whole.value), 'a'))
    expect(readNow(reader, payloadOf(text))).toBe(whole)
  })

  it('a forced format is the only one that is tried', () => {
    const payload = payloadOf(hex('000000000000002a'))
    expect(readNow(reader, payload, { as: 'INT64' })).toMatchObject({ format: 'INT64', value: 42, problem: null })
    expect(readNow(reader, payload, { as: 'JSON' })).toMatchObject({
      format: 'JSON',
      value: undefined,
      problem: 'JSON: not JSON text',
    })
    expect(readNow(reader, payload, { as: 'AVRO' }).problem).toBe(
      'AVRO: the bytes name no schema, and PAYLOAD_FORMATS names no subject for them',
    )
  })

  it(`any bytes have an answer in any format, and a value that JSON holds (seed ${SEED})`, () => {
    const formats = fc.constantFrom(undefined, 'JSON', 'MSGPACK', 'CBOR', 'AVRO', 'UUID', 'CONSUMER_OFFSETS', 'NULL')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), formats, (array, as) => {
        const { value, problem } = readNow(reader, payloadOf(Buffer.from(array)), { as })
        expect(value === undefined ? problem : JSON.stringify(value)).toEqual(expect.any(String))
      }),
      { seed: SEED, numRuns: 2000 },
    )
  })

  it(`random bytes are hardly ever taken for MessagePack or CBOR (seed ${SEED})`, () => {
    const random = fc.sample(fc.uint8Array({ minLength: 5, maxLength: 24 }), { seed: SEED, numRuns: 5000 })
    const taken = random.filter(array => {
      const { format } = readNow(reader, payloadOf(Buffer.from(array)))
      return format === 'MSGPACK' || format === 'CBOR'
    })
    // Five random bytes are a map of one short name and one small number in one case of a million.
    expect(taken.length).toBeLessThanOrEqual(2)
  })

  it.each([
    ['a list of an extension', '91d7000000000000000000'],
    ['a map whose key is no text', 'a1e04d'],
    ['a map whose key is bytes', 'a1416101'],
    ['a MessagePack map whose key is bytes', '81c4016101'],
  ])('%s is not taken for MessagePack or CBOR', (_, bytes) => {
    expect(readNow(reader, payloadOf(hex(bytes))).format).toBe('BYTES')
  })
})

describe('PAYLOAD_FORMATS', () => {
  const reader = createPayloadReader({
    rules: rules('or*.key=int64, *.key=string, orders.header:n=int32, orders.value=avro:user-value, raw.value=float64'),
    schemas: new SchemasInMemory([user], { 'user-value': user }),
  })

  it('says how keys, values and headers of a topic are read; the first match wins', () => {
    const number = hex('000000000000002a')
    expect(readNow(reader, payloadOf(number, { part: 'KEY' }))).toMatchObject({ format: 'INT64', value: 42 })
    expect(readNow(reader, payloadOf(number, { part: 'KEY', topic: 'users' })).format).toBe('STRING')
    expect(readNow(reader, payloadOf(hex('3fe0000000000000'), { topic: 'raw' })).value).toBe(0.5)
    const headers = [
      { key: 'n', value: hex('0000002a') },
      { key: 'm', value: hex('0000002a') },
    ]
    const formats = headers.map(({ value }) => readNow(reader, payloadOf(value, { part: 'HEADER', headers })).format)
    expect(formats).toEqual(['INT32', 'STRING'])
  })

  it('reads bare Avro by the latest schema of a subject', () => {
    expect(readNow(reader, payloadOf(ADA))).toMatchObject({ format: 'AVRO', value: { name: 'ada', age: 36 } })
    expect(readNow(reader, payloadOf(ADA), { as: 'AVRO', path: ['age'] }).value).toBe(36)
  })

  it('does not hide payloads of another format: they are recognised', () => {
    const text = payloadOf(Buffer.from('"x"'), { part: 'KEY' })
    expect(readNow(reader, text)).toMatchObject({ format: 'JSON', value: 'x', problem: null })
    expect(readNow(reader, payloadOf(Buffer.from('x'), { part: 'KEY' }))).toMatchObject({
      format: 'STRING',
      problem: 'INT64: it takes 8 bytes, not 1',
    })
  })
})

describe('with a registry', () => {
  const schemas = new SchemasInMemory([user])
  const reader = createPayloadReader({ schemas })

  it('a framed payload is decoded by its schema, at once if the schema is known', () => {
    expect(readNow(reader, payloadOf(framed(7, ADA)))).toMatchObject({
      format: 'AVRO',
      value: { name: 'ada', age: 36 },
      schema: { schemaId: 7 },
      problem: null,
    })
  })

  it('headers name the schema as well', () => {
    const headers = [{ key: '__value_schema_id', value: framed(7, Buffer.alloc(0)) }]
    expect(readNow(reader, payloadOf(ADA, { headers }))).toMatchObject({ format: 'AVRO', value: { name: 'ada' } })
  })

  it('a truncated payload and an unknown schema say so, and stay bytes', () => {
    expect(readNow(reader, payloadOf(framed(7, ADA.subarray(0, 3))))).toMatchObject({
      problem: expect.stringMatching(/^AVRO: schema 7: truncated at byte 8/),
    })
    expect(readNow(reader, payloadOf(framed(8, Buffer.from([0xff]))))).toMatchObject({
      format: 'BYTES',
      problem: 'SCHEMA: schema 8: the schema registry has no schema 8; JSON: not valid UTF-8; STRING: not valid UTF-8',
    })
    expect(readNow(reader, payloadOf(framed(7, ADA)), { as: 'PROTOBUF' }).problem).toBe(
      'PROTOBUF: schema 7 is of the format AVRO',
    )
  })

  it('a long header in place of a subject is cut in the problem, one of a megabyte is not read', () => {
    const problemOf = (size: number) => {
      const headers = [{ key: 'apicurio.value.artifactId', value: Buffer.alloc(size, 'x') }]
      return readNow(reader, payloadOf(Buffer.from([0]), { headers })).problem
    }
    expect(problemOf(4000)).toMatch(/^SCHEMA: the latest schema of x{255}…: /)
    expect(problemOf(1_000_000)).toMatch(/^SCHEMA: the header apicurio.value.artifactId cannot be read/)
    const long = new SchemasInMemory([])
    long.find = () => ({ problem: 'x'.repeat(1_000_000) })
    expect(readNow(createPayloadReader({ schemas: long }), payloadOf(framed(7, ADA))).problem).toHaveLength(2001)
  })

  it('AWS Glue’s framing is named', () => {
    const bytes = Buffer.concat([hex('0300'), Buffer.alloc(16, 0xab)])
    expect(readNow(reader, payloadOf(bytes)).problem).toContain('AWS Glue')
  })

  it('the registry is not asked about JSON and text', () => {
    const before = schemas.lookups
    for (const text of ['{"a":1}', 'plain', '42', '']) readNow(reader, payloadOf(Buffer.from(text)))
    expect(schemas.lookups).toBe(before)
  })

  it('a payload whose schema is not known yet is read later, once for all who ask', async () => {
    const late = new SchemasInMemory([user])
    late.isLate = true
    const lateReader = createPayloadReader({ schemas: late })
    const payload = payloadOf(framed(7, ADA))
    const reads = Array.from({ length: 20 }, () => readWith(lateReader, payload))
    expect(reads.every(read => read instanceof Promise)).toBe(true)
    for (const read of await Promise.all(reads)) expect(read.value).toEqual({ name: 'ada', age: 36 })
    expect(late.lookups).toBe(1)
  })

  describe('counts as work', () => {
    const nulls = avroSchema(9, { type: 'array', items: 'null' })
    const fields = Array.from({ length: 9 }, (_, index) => ({ name: `n${index}`, type: 'null' }))
    const records = avroSchema(10, { type: 'array', items: { type: 'record', name: 'R', fields } })
    const bombs = createPayloadReader({ schemas: new SchemasInMemory([nulls, records]) })

    it.each([
      ['values that were built before the bytes end too early', framed(9, hex('be9a0c')), undefined, 'truncated'],
      ['values beside a path', framed(10, hex('d08c0100')), ['x'], null],
      [
        'items of MessagePack before the bytes are found to be something else',
        Buffer.from([0xdc, 0xff, 0xff, ...Buffer.alloc(65_535)]),
        undefined,
        'MSGPACK: no map',
      ],
    ])('%s', (_, bytes, path, problem) => {
      const read = readNow(bombs, payloadOf(bytes), { path })
      expect(read.problem).toEqual(problem === null ? null : expect.stringContaining(problem))
      expect(read.work).toBeGreaterThan(300_000)
    })

    it('nothing if a limit refuses a payload before any value is built', () => {
      const read = readNow(bombs, payloadOf(framed(9, hex('8084af5f00'))))
      expect(read.problem).toContain('AVRO: schema 9: more than 100000 values')
      expect(read.work).toBeLessThan(100)
    })
  })
})

describe('Kafka’s own topics', () => {
  it('are read by Kafka’s schemas, and the registry is not asked', () => {
    const schemas = new SchemasInMemory([])
    const reader = createPayloadReader({ schemas })
    // Version 1 of OffsetCommitKey: the group "g", the topic "t", the partition 3.
    const key = hex('0001000167000174 00000003'.replace(' ', ''))
    expect(readNow(reader, payloadOf(key, { topic: '__consumer_offsets', part: 'KEY' }))).toMatchObject({
      format: 'CONSUMER_OFFSETS',
      value: { data: { group: 'g', topic: 't', partition: 3 } },
    })
    expect(
      readNow(reader, payloadOf(key, { part: 'KEY' }), { as: 'CONSUMER_OFFSETS', path: ['data', 'group'] }),
    ).toEqual(expect.objectContaining({ value: 'g' }))
    expect(schemas.lookups).toBe(0)
  })
})
