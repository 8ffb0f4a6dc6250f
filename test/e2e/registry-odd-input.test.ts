import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { sharedRegistry } from '../support/registry.ts'

const SCHEMAS = {
  avro: {
    schemaType: 'AVRO',
    schema:
      '{"type":"record","name":"Tree","fields":[{"name":"left","type":["null","Tree"],"default":null},{"name":"more","type":{"type":"map","values":{"type":"record","name":"Empty","fields":[]}},"default":{}}]}',
  },
  protobuf: {
    schemaType: 'PROTOBUF',
    schema: 'syntax = "proto3"; message Tree { Tree left = 1; map<string, Tree> more = 2; }',
  },
  jsonSchema: {
    schemaType: 'JSON',
    schema:
      '{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/tree","definitions":{"tree":{"type":"object","properties":{"left":{"$ref":"#/definitions/tree"},"more":{"type":"object"}},"additionalProperties":false}}}',
  },
} as const

const FORMS = ['avro', 'protobuf', 'jsonSchema'] as const

let app: TestApp
let topic: string
const subject = (form: string) => `${topic}-${form}`

beforeAll(async () => {
  app = await startTestApp({ SCHEMA_REGISTRY_URL: await sharedRegistry() })
  topic = await app.freshTopic({ numPartitions: 1 })
  const register = `mutation ($subject: String!, $schemaType: SchemaType!, $schema: String!) {
    registerSchema(subject: $subject, schemaType: $schemaType, schema: $schema) { errors { message } }
  }`
  for (const form of FORMS) {
    const { registerSchema } = await app.dataOf<{ registerSchema: { errors: readonly unknown[] } }>(register, {
      subject: subject(form),
      ...SCHEMAS[form],
    })
    expect([form, registerSchema.errors]).toEqual([form, []])
  }
})
afterAll(() => app?.[Symbol.asyncDispose]())

interface Produced {
  readonly produce: {
    readonly results: readonly unknown[]
    readonly errors: readonly { readonly code: string; readonly message: string }[]
  }
}

/** Sends the text of a value as it is, between two good values, and answers the error of the one in the middle. */
const refusalOf = async (form: string, data: string): Promise<string> => {
  const value = (text: string) => `{ "value": { "${form}": { "data": ${text}, "subject": "${subject(form)}" } } }`
  const query =
    'mutation ($input: ProduceInput!) { produce(input: $input) { results { offset } errors { code message } } }'
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{ "query": ${JSON.stringify(query)}, "variables": { "input": { "topic": "${topic}", "messages": [${value('{}')}, ${value(data)}, ${value('{}')}] } } }`,
    signal: AbortSignal.timeout(60_000),
  })
  const { data: answer, errors }: { data?: Produced; errors?: readonly { readonly message: string }[] } =
    await response.json()
  if (!answer) return `refused: ${errors?.[0]?.message}`
  expect(answer.produce.results.filter(result => result !== null).length).toBeGreaterThanOrEqual(2)
  const [error] = answer.produce.errors
  return error === undefined ? 'written' : `${error.code} ${error.message}`
}

const nested = (depth: number): string => `${'{"left":'.repeat(depth)}{}${'}'.repeat(depth)}`

test.each(FORMS)('%s: nesting without end is refused for its message alone', async form => {
  for (const depth of [400, 5000, 100_000])
    expect(await refusalOf(form, nested(depth))).toMatch(/^INVALID_RECORD |^refused: /)
})

test.each(FORMS)('%s: names of JavaScript are names of fields like any other', async form => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    expect(await refusalOf(form, `{"${name}": {}}`)).toMatch(/^INVALID_RECORD /)
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect(await refusalOf(form, `{"more": {"${name}": {}}}`)).toBe('written')
})

test.each(FORMS)('%s: values of other types are refused', async form => {
  for (const data of ['"text"', '5', '[]', 'true', '[[[]]]', '1e400'])
    expect(await refusalOf(form, data)).toMatch(/^INVALID_RECORD /)
})

test.each([
  '',
  ' ',
  '../config',
  'a/b?c=d#e',
  '\u0000',
  'ünïcode 🎈',
  'x'.repeat(10_000),
  `:.ctx:${randomUUID()}`,
  '%2F',
])('a subject of the name %j is an answer of the registry, whatever it is', async name => {
  const { data, errors = [] } = await app.ask<{ produce: { errors: readonly { code: string }[] } }>(
    `mutation ($name: String!) { produce(input: { topic: "${topic}", messages: [{ value: { avro: { data: {}, subject: $name } } }] }) { errors { code } } }`,
    { name },
  )
  const codes = [
    ...(data?.produce.errors ?? []).map(({ code }) => code),
    ...errors.map(({ extensions }) => extensions?.code),
  ]
  expect(codes).toHaveLength(1)
  expect(codes[0]).toMatch(
    /^(SUBJECT_NOT_FOUND|SCHEMA_VERSION_NOT_FOUND|INVALID_SUBJECT|INVALID_RECORD|INVALID_REQUEST|SCHEMA_REGISTRY_FAILED|BAD_USER_INPUT)$/,
  )
})
