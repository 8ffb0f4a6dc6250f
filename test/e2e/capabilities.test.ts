import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { sharedRegistry } from '../support/registry.ts'
import { graphqlWs } from '../support/subscribe.ts'

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('docs/capabilities.md', root), 'utf8')

interface Row {
  readonly capability: string
  readonly operation: string
}

/** Rows of the tables: | capability | Kafka's own tool | operation |. A "|" inside of code is written as "\|". */
const rows: readonly Row[] = text.split('\n').flatMap(line => {
  const [, capability, , operation] = line.split(/(?<!\\)\|/).map(cell => cell.trim().replaceAll('\\|', '|'))
  const isRow = capability !== undefined && operation !== undefined && !/^-+$|^capability$/.test(capability)
  return isRow ? [{ capability, operation }] : []
})

const documents = rows.flatMap(({ capability, operation }) =>
  [...operation.matchAll(/`([^`]+)`/g)].map(([, document = '']) => ({ capability, document })),
)

let kafka: LocalKafka
let app: TestApp

// The documents name what they work on: a Kafka of their own, as the page says.
beforeAll(async () => {
  kafka = await ownKafka({ nodes: 1 })
  const place = { KAFKA_BROKERS: kafka.bootstrapServers, SCHEMA_REGISTRY_URL: await sharedRegistry() }
  app = await startTestApp({ ...place, TOPICS: 'ishwar-topic:2:1' })
  await app.produce({ topic: 'ishwar-topic', messages: [{ value: { string: 'one' } }, { value: { string: 'two' } }] })
  const commits = `mutation { alterConsumerGroupOffsets(groupId: "my-group", offsets: [
    { topic: "ishwar-topic", partition: 0, offset: "0" }, { topic: "ishwar-topic", partition: 1, offset: "0" }
  ]) { errors { code message } } }`
  expect(await app.dataOf(commits)).toEqual({ alterConsumerGroupOffsets: { errors: [] } })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
})

const onEachPartition = [0, 1].map(partition => ({ partition, value: { string: 'more' } }))

/** Subscriptions that tell something although nothing changes: what is stored, or how things stand. */
const SPEAKS_AT_ONCE = /\b(messages|messageStream|clusterHealth|topicThroughput)\b/

type Payloads = Readonly<Record<string, { readonly errors?: readonly { readonly code: string }[] } | null>>

/** Marks a document that needs more than one broker without an authorizer: Kafka refuses it with this code. */
const refusalIn = (capability: string): string | null => /\(([A-Z_]+) here\)/.exec(capability)?.[1] ?? null

const run = async (document: string): Promise<readonly unknown[]> => {
  const { data, errors = [] } = await app.ask<Payloads>(document)
  const inPayloads = Object.values(data ?? {}).flatMap(payload => payload?.errors?.map(({ code }) => code) ?? [])
  return [...errors.map(({ extensions, message }) => extensions?.code ?? message), ...inPayloads]
}

describe('docs/capabilities.md', () => {
  test('has a row for each capability', () => expect(rows.length).toBeGreaterThan(40))

  test('links to operations that are there', () => {
    const files = readdirSync(new URL('schema/operations/', root))
    const linked = [...text.matchAll(/\(\.\.\/schema\/operations\/([\w.-]+)\)/g)].map(([, name = '']) => name)
    expect(linked.filter(name => !files.includes(name))).toEqual([])
  })

  test('has an operation in each row', () => {
    const without = rows.filter(({ operation }) => !/`[^`]+`|\(\.\.\/schema\/operations\//.test(operation))
    expect(without).toEqual([])
  })

  test.each(documents)('$capability: $document', async ({ capability, document }) => {
    const [definition] = parse(document).definitions
    const isSubscription = definition?.kind === 'OperationDefinition' && definition.operation === 'subscription'
    if (!isSubscription) {
      const refusal = refusalIn(capability)
      expect(await run(document)).toEqual(refusal === null ? [] : [refusal])
      return
    }
    await app.produce({ topic: 'ishwar-topic', messages: onEachPartition })
    await eventually(async () => expect(await app.metric('watches')).toBe(0))
    await using client = graphqlWs(app)
    using reader = client.subscribe<unknown>(document)
    const first = reader.next()
    if (SPEAKS_AT_ONCE.test(document)) {
      await first
      return
    }
    let failure: unknown = null
    first.catch(thrown => {
      failure = thrown
    })
    // Nothing has to change here, so it may stay quiet. The server counts a watch once it has seen how things stand.
    await eventually(async () => expect(await app.metric('watches')).toBe(1))
    expect(failure).toBeNull()
  })
})
