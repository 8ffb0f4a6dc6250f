import { describe, expect, it } from 'vitest'
import { isFailure } from '../../../src/kafka/errors/kafka-error.ts'
import type { WriteRequest } from '../../../src/kafka/ports/payload-writer.ts'
import type { RegisteredSchema, SchemaType } from '../../../src/kafka/schemas.ts'
import type { FoundSchema, SchemaLookup, SchemaSource } from '../../../src/payloads/registry/schema-source.ts'
import { EncodeProblem, type SchemaCodec } from '../../../src/payloads/schema-codec.ts'
import { createPayloadWriter } from '../../../src/payloads/write/create-payload-writer.ts'
import { testCall } from '../../support/call.ts'

/** Writes any value as its JSON text, but not the text "bad". */
const codec = (messageIndexes: readonly number[] | null): SchemaCodec => ({
  decode: () => ({ value: null, jsonBytes: 4 }),
  encode: value => {
    if (value === 'bad') throw new EncodeProblem('$.price', 'expected a decimal')
    return { bytes: Buffer.from(JSON.stringify(value)), messageIndexes }
  },
})

const found = (schemaId: number | null, schemaType: SchemaType = 'AVRO'): FoundSchema => {
  const schema: RegisteredSchema = { schemaId, guid: null, schemaType, schema: 'text', references: [] }
  return { schema, text: { schemaType, schema: 'text', references: [] } }
}

const missing = { code: 'SUBJECT_NOT_FOUND', problem: 'there is no subject' } as const

/** A source that notes its lookups. Latest versions have the id 1, versions their own number. */
const scripted = (answers: Readonly<Record<string, SchemaLookup | Promise<SchemaLookup>>> = {}) => {
  const lookups: string[] = []
  const look = (key: string, otherwise: FoundSchema) => {
    lookups.push(key)
    return answers[key] ?? otherwise
  }
  const source: SchemaSource = {
    byId: id => look(`id ${id}`, found(id)),
    byGuid: () => missing,
    latest: subject => look(subject, found(1)),
    byVersion: (subject, version) => look(`${subject} ${version}`, found(version)),
    find: () => missing,
    compiled: ({ schema }) =>
      schema.schemaId === 666
        ? { code: 'INVALID_SCHEMA', problem: 'unknown type Money' }
        : codec(schema.schemaType === 'PROTOBUF' ? [1, 0] : null),
  }
  return { lookups, writer: createPayloadWriter(source) }
}

const request = (more: Partial<WriteRequest> = {}): WriteRequest => ({
  schemaType: 'AVRO',
  data: 1,
  topic: 'orders',
  part: 'VALUE',
  ...more,
})

/** The bytes as hex, or the code and the words of the refusal. */
const written = async (
  requests: readonly WriteRequest[],
  answers: Parameters<typeof scripted>[0] = {},
  call = testCall,
) => {
  const { writer, lookups } = scripted(answers)
  const outcomes = await writer.write(call, requests)
  const shown = outcomes.map(outcome =>
    isFailure(outcome) ? `${outcome.code} ${outcome.message}` : outcome.toString('hex'),
  )
  return { shown, lookups, outcomes }
}

describe('the payload writer', () => {
  it('takes the schema by topic and part, by subject, by version or by id, each looked up once', async () => {
    const requests = [
      request(),
      request({ data: 2 }),
      request({ part: 'KEY' }),
      request({ part: 'HEADER', subject: 'shop.Order' }),
      request({ subject: 'orders-value' }),
      request({ version: 3 }),
      request({ version: 3 }),
      request({ schemaId: 258 }),
    ]
    const { shown, lookups } = await written(requests)
    expect(lookups).toEqual(['orders-value', 'orders-key', 'shop.Order', 'orders-value 3', 'id 258'])
    expect(shown).toEqual([
      '000000000131',
      '000000000132',
      '000000000131',
      '000000000131',
      '000000000131',
      '000000000331',
      '000000000331',
      '000000010231',
    ])
  })

  it('writes the place of a Protobuf message before its bytes', async () => {
    const { shown } = await written([request({ schemaType: 'PROTOBUF' })], { 'orders-value': found(9, 'PROTOBUF') })
    expect(shown).toEqual(['000000000904020031'])
  })

  it('refuses a value alone, with the path of its field', async () => {
    const { shown, outcomes } = await written([request(), request({ data: 'bad' }), request()])
    expect(shown).toEqual(['000000000131', 'INVALID_RECORD expected a decimal.', '000000000131'])
    expect(outcomes[1]).toMatchObject({ details: { path: '$.price' } })
  })

  it('refuses what no schema can write, and says what would be right', async () => {
    const requests = [
      request({ part: 'HEADER' }),
      request({ schemaId: 1, subject: 'orders-value' }),
      request({ schemaId: 1, version: 1 }),
      request({ messageName: 'shop.Order' }),
      request({ subject: 'protobuf' }),
      request({ subject: 'guid' }),
      request({ subject: 'none' }),
      request({ schemaId: 666 }),
    ]
    const answers = { protobuf: found(2, 'PROTOBUF'), guid: found(null), none: missing }
    expect((await written(requests, answers)).shown).toEqual([
      'INVALID_RECORD A header has no default subject: give subject or schemaId.',
      'INVALID_RECORD Give schemaId, or subject and version, not both.',
      'INVALID_RECORD Give schemaId, or subject and version, not both.',
      'INVALID_RECORD Only a Protobuf schema has several messages: leave messageName out.',
      'INVALID_RECORD The schema is of type PROTOBUF: give the value as protobuf.',
      'INVALID_RECORD The registry has no number for this schema, which the framing needs.',
      'SUBJECT_NOT_FOUND there is no subject.',
      'INVALID_SCHEMA unknown type Money.',
    ])
  })

  it('looks up no number that a registry cannot give', async () => {
    const requests = [request({ version: -1 }), request({ version: 0 }), request({ schemaId: -1 })]
    const { shown, lookups } = await written(requests)
    expect(shown).toEqual([
      'INVALID_SCHEMA_VERSION The number of a version is 1 or more, not -1.',
      'INVALID_SCHEMA_VERSION The number of a version is 1 or more, not 0.',
      'SCHEMA_NOT_FOUND The id of a schema is 1 or more, not -1.',
    ])
    expect(lookups).toEqual([])
  })

  it('waits for a silent registry until the deadline, and writes the others', async () => {
    const silent = new Promise<SchemaLookup>(() => {})
    const call = { ...testCall, deadline: performance.now() + 50 }
    const { shown } = await written([request({ subject: 'silent' }), request()], { silent }, call)
    expect(shown).toEqual([expect.stringMatching(/^SCHEMA_REGISTRY_UNAVAILABLE /), '000000000131'])
  })

  it('begins no lookup after the deadline', async () => {
    const { shown, lookups } = await written([request()], {}, { ...testCall, deadline: performance.now() - 1 })
    expect(shown).toEqual([expect.stringMatching(/^SCHEMA_REGISTRY_UNAVAILABLE /)])
    expect(lookups).toEqual([])
  })

  it('lets the event loop turn during a long request', async () => {
    let turns = 0
    const count = setInterval(() => {
      turns += 1
    }, 0)
    const many = Array.from({ length: 50_000 }, (_, index) => request({ data: { index, text: 'x'.repeat(100) } }))
    const { shown } = await written(many)
    clearInterval(count)
    expect(shown.at(-1)).toMatch(/^0000000001/)
    expect(turns).toBeGreaterThan(1)
  })
})
