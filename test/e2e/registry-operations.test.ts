import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type Variables } from '../support/app.ts'
import { sharedRegistry } from '../support/registry.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'

const folder = new URL('../../schema/operations/', import.meta.url)
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')

let app: TestApp
let topic: string

beforeAll(async () => {
  app = await startTestApp({ SCHEMA_REGISTRY_URL: await sharedRegistry() })
  topic = await app.freshTopic({ numPartitions: 1 })
})
afterAll(() => app?.[Symbol.asyncDispose]())

/** The example variables, on the topic of this test. */
const variablesOf = (name: string): Variables =>
  JSON.parse(textOf(`${name}.variables.json`).replaceAll('ishwar-topic', topic))

const run = (name: string, variables = variablesOf(name)): Promise<unknown> =>
  app.dataOf(textOf(`${name}.graphql`), variables)

test('the operations for schemas that GraphiQL opens as tabs, in the order of a first visit', async () => {
  const version = { version: 1, subject: { name: `${topic}-value` }, schema: { schemaType: 'AVRO' } }
  for (const _ of ['registered', 'registered already'])
    expect(await run('register-schema')).toMatchObject({ registerSchema: { schemaVersion: version, errors: [] } })
  expect(await run('alter-compatibility')).toEqual({
    alterCompatibility: { compatibilityLevel: 'BACKWARD', subject: { name: `${topic}-value` }, errors: [] },
  })
  expect(await run('check-compatibility')).toMatchObject({
    cluster: {
      schemaRegistry: { checkCompatibility: { isCompatible: false, reasons: [{ message: expect.any(String) }] } },
    },
  })
  expect(await run('produce-by-schema')).toEqual({ produce: { results: [{ partition: 0, offset: '0' }], errors: [] } })
  expect(await run('schema-registry', { nameContains: topic })).toMatchObject({
    cluster: {
      schemaRegistry: {
        compatibilityLevel: expect.any(String),
        subjects: {
          totalCount: 1,
          nodes: [{ name: `${topic}-value`, topics: [{ name: topic }], latest: { version: 1 } }],
        },
      },
    },
  })
  for (const open of [graphqlWs, graphqlSse]) {
    await using client = open(app)
    using reader = client.subscribe<unknown>(textOf('read-decoded.graphql'), variablesOf('read-decoded'))
    expect(await reader.next()).toMatchObject({
      messages: {
        offset: '0',
        value: { format: 'AVRO', json: { text: 'Hello, schema', count: 1 }, decodeError: null, schema: version },
      },
    })
  }
})

test('a value that does not fit is refused with its path, a registry that is not there with its code', async () => {
  const { value } = variablesOf('produce-by-schema')
  const wrong = { topic, value: { ...(typeof value === 'object' ? value : {}), count: 'many' } }
  expect(await run('produce-by-schema', wrong)).toMatchObject({
    produce: {
      results: [null],
      errors: [
        {
          code: 'INVALID_RECORD',
          message: expect.stringMatching(/^input\.messages\[0\]\.value\.avro\.data\.count: /),
          path: ['input', 'messages', '0'],
        },
      ],
    },
  })
  await using without = await startTestApp()
  const answer = await without.dataOf(textOf('produce-by-schema.graphql'), variablesOf('produce-by-schema'))
  expect(answer).toMatchObject({ produce: { errors: [{ code: 'SCHEMA_REGISTRY_NOT_CONFIGURED' }] } })
  expect(await without.dataOf('{ cluster { schemaRegistry { mode } } }')).toEqual({ cluster: { schemaRegistry: null } })
})

test('what is missing in the registry is refused by its code', async () => {
  const produce = async (input: string) => {
    const document = `mutation { produce(input: { topic: "${topic}", messages: [{ value: { avro: ${input} } }] }) {
      errors { code }
    } }`
    const { produce: payload } = await app.dataOf<{ produce: { errors: readonly { code: string }[] } }>(document)
    return payload.errors.map(({ code }) => code)
  }
  expect(await produce('{ data: 1, subject: "none" }')).toEqual(['SUBJECT_NOT_FOUND'])
  expect(await produce('{ data: 1, version: 99 }')).toEqual(['SCHEMA_VERSION_NOT_FOUND'])
  expect(await produce('{ data: 1, schemaId: 999999 }')).toEqual(['SCHEMA_NOT_FOUND'])
})
