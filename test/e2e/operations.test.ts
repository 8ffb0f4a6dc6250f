import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { startTestApp, type TestApp, type Variables } from '../support/app.ts'
import type { EventReader } from '../support/event-reader.ts'
import { OLDEST_KAFKA, ownKafka } from '../support/local-kafka.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'
import { FIRST, type Scene, scenes } from './operation-scenes.ts'

const folder = new URL('../../schema/operations/', import.meta.url)
const names = readdirSync(folder).flatMap(file => (file.endsWith('.graphql') ? [file.replace('.graphql', '')] : []))
const shownHere = names.filter(name => scenes[name]?.elsewhere === undefined)
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')

const rank = (name: string): number => {
  if (name.startsWith('delete-topics')) return FIRST.length + 1
  const index = FIRST.indexOf(name)
  return index < 0 ? FIRST.length : index
}

type Payloads = Readonly<Record<string, { readonly errors?: readonly { readonly code: string }[] } | null>>

const AGAIN_MS = 1000

/** A Kafka as `npm start` brings it up, and the program on it: the operations name their topics. */
interface Place {
  readonly kafka: LocalKafka
  readonly app: TestApp
}

/** The first event, with whatever the subscription waits for made to happen until it comes. */
const firstEvent = async (reader: EventReader<unknown>, { meanwhile }: Scene, { app, kafka }: Place) => {
  const event = reader.next()
  let isThere = false
  const settled = () => {
    isThere = true
  }
  event.then(settled, settled)
  while (!isThere && meanwhile !== undefined) {
    await meanwhile(app, kafka)
    await Promise.race([event, new Promise(resolve => setTimeout(resolve, AGAIN_MS))])
  }
  return event
}

const runs = async (place: Place, document: string, variables: Variables, scene: Scene): Promise<void> => {
  const { app } = place
  await scene.before?.(app)
  const [operation] = parse(document).definitions
  if (operation?.kind !== 'OperationDefinition') throw new Error(`no operation: ${document}`)
  if (operation.operation !== 'subscription') {
    const data = await app.dataOf<Payloads>(document, variables)
    for (const payload of Object.values(data)) expect(payload?.errors ?? []).toEqual([])
    return
  }
  for (const open of [graphqlWs, graphqlSse]) {
    await using client = open(app)
    using reader = client.subscribe<unknown>(document, variables)
    expect(await firstEvent(reader, scene, place)).toBeTruthy()
  }
}

/** Each Kafka that the README says is supported. */
const versions: readonly (readonly [name: string, options: Parameters<typeof ownKafka>[0]])[] = [
  ['the newest Kafka', { nodes: 1 }],
  ['the oldest Kafka', { nodes: 1, version: OLDEST_KAFKA }],
]

describe.each(versions)('the operations that GraphiQL opens as tabs, on %s', (_, options) => {
  let kafka: LocalKafka
  let app: TestApp
  beforeAll(async () => {
    kafka = await ownKafka(options)
    app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers, TOPICS: 'ishwar-topic:2:1' })
  })
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]()
    await kafka?.[Symbol.asyncDispose]()
  })

  test.each([...shownHere].sort((one, other) => rank(one) - rank(other)))('%s, with its variables', async name => {
    const hasVariables = readdirSync(folder).includes(`${name}.variables.json`)
    const variables: Variables = hasVariables ? JSON.parse(textOf(`${name}.variables.json`)) : {}
    await runs({ kafka, app }, textOf(`${name}.graphql`), variables, scenes[name] ?? {})
  })
})
