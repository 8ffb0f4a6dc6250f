import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'

const root = new URL('../../', import.meta.url)
const textOfFile = (path: string) => readFileSync(new URL(path, root), 'utf8')
const blocksOf = (path: string) =>
  [...textOfFile(path).matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text = '']) => text)

let kafka: LocalKafka
let app: TestApp

// The documents name their topics: a Kafka of their own, as `npm start` brings it up.
beforeAll(async () => {
  kafka = await ownKafka({ nodes: 1 })
  app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers, TOPICS: 'ishwar-topic:2:1' })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
})

type Payloads = Readonly<Record<string, { readonly errors?: readonly { readonly code: string }[] } | null>>

/** Runs a document, a subscription up to its first event; answers Kafka's codes in the payloads. */
const run = async (document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<readonly string[]> => {
  const [operation] = parse(document).definitions
  if (operation?.kind !== 'OperationDefinition') throw new Error(`no operation: ${document}`)
  if (operation.operation !== 'subscription') {
    const data = await app.dataOf<Payloads>(document, variables)
    return Object.values(data).flatMap(payload => payload?.errors?.map(({ code }) => code) ?? [])
  }
  for (const open of [graphqlWs, graphqlSse]) {
    await using client = open(app)
    using reader = client.subscribe<unknown>(document, variables)
    expect(await reader.next()).toBeTruthy()
  }
  return []
}

/** What the page says that Kafka refuses on the single broker. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  ThreeReplicas: ['INVALID_REPLICATION_FACTOR'],
  Clean: ['UNKNOWN_TOPIC_OR_PARTITION'],
}

const nameOf = (document: string): string => {
  const [operation] = parse(document).definitions
  return (operation?.kind === 'OperationDefinition' && operation.name?.value) || document.trim().slice(0, 40)
}

describe.each(['docs/kafka-in-five-minutes.md', 'README.md'])('the operations of %s, from top to bottom', path => {
  // A subscription needs something to show: the documents have produced before, or do right after.
  const documents = blocksOf(path)
  const ordered = [...documents].sort(
    (a, b) => Number(a.startsWith('subscription')) - Number(b.startsWith('subscription')),
  )

  test.each(ordered.map(document => [nameOf(document), document] as const))('%s', async (name, document) => {
    expect(await run(document)).toEqual(REFUSED[name] ?? [])
  })

  test('are all there are', () => {
    expect(documents.length).toBeGreaterThanOrEqual(path === 'README.md' ? 3 : 7)
  })
})

test('the operations that the README links to are files that are there', () => {
  const files = readdirSync(new URL('schema/operations/', root))
  const linked = [...textOfFile('README.md').matchAll(/\]\(schema\/operations\/([\w-]+\.graphql)\)/g)].map(
    ([, name]) => name,
  )
  expect(linked.length).toBeGreaterThan(4)
  expect(linked.filter(name => !files.includes(name ?? ''))).toEqual([])
})

describe("the README's table of Kafka's commands", () => {
  const short = [...textOfFile('README.md').matchAll(/\| `(\{ [^|]*\})` \|$/gm)].map(([, document = '']) => document)

  test.each(short)('%s', async document => {
    expect(await run(document)).toEqual([])
  })

  test('has short forms', () => expect(short.length).toBeGreaterThanOrEqual(2))
})
