import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSchema } from '../../src/graphql/schema.ts'
import { ask } from '../server/support/ask.ts'
import { openSocket } from '../server/support/socket-client.ts'
import { sharedRegistry } from '../support/registry.ts'
import { type SecuredApp, startSecuredApp } from '../support/secured-app.ts'
import { type InputPlace, inputPlaces, takesText } from '../support/text-inputs.ts'

const names = { topic: 'odd-input', groupId: 'odd-input-group' }
const places = inputPlaces(buildSchema(), names)

/** An error with one of these is nobody's plan: a mistake of the program, a broker that did not understand, an answer that did not come. */
const NO_ANSWER = /INTERNAL_SERVER_ERROR|UNKNOWN_SERVER_ERROR|KAFKA_UNAVAILABLE|OUTCOME_UNKNOWN/
const TEXTS = {
  nothing: '',
  'a lone surrogate': 'half \ud83d',
  'the other half': '\ude00 half',
  'control characters': 'a\u0000b\n\u001b\u007f',
  'a space': ' ',
  'a name of JavaScript': '__proto__',
  '100,000 characters': 'x'.repeat(100_000),
  '40,000 bytes in 10,000 characters': '😀'.repeat(10_000),
}
const nested = (open: string, close: string): string => `${open.repeat(20_000)}1${close.repeat(20_000)}`
/** As JSON: JSON.stringify of such values would run out of stack in the test itself. */
const SHAPES = { 'nested lists': nested('[', ']'), 'nested objects': nested('{"a":', '}'), 'null in a list': '[null]' }
const TEXTS_AS_JSON = Object.fromEntries(Object.entries(TEXTS).map(([name, text]) => [name, JSON.stringify(text)]))

let app: SecuredApp
beforeAll(async () => {
  app = await startSecuredApp({}, { SCHEMA_REGISTRY_URL: await sharedRegistry() })
  const { admin } = app
  await admin.dataOf(
    'mutation ($name: String!) { createTopics(topics: [{ name: $name, numPartitions: 1 }]) { errors { code } } }',
    {
      name: names.topic,
    },
  )
  await admin.produce({ topic: names.topic, messages: [{ value: { string: 'a' } }] })
  await admin.dataOf(
    'mutation ($topic: String!, $groupId: String!) { alterConsumerGroupOffsets(groupId: $groupId, offsets: [{ topic: $topic, partition: 0, offset: 0 }]) { errors { code } } }',
    names,
  )
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
})

/** The first message of a subscription. An accepted one may stay silent, so a second one that asks as much of Kafka says when to stop waiting. */
const subscribed = async (payload: string, isRefused: boolean): Promise<string> => {
  using client = await openSocket(app.admin.socketUrl)
  client.send(`{"type":"subscribe","id":"odd","payload":${payload}}`)
  if (!isRefused) {
    const second = `subscription { messages(topic: "${names.topic}", from: { earliest: true }) { offset } }`
    client.subscribe('second', second)
  }
  return JSON.stringify(await client.next())
}

const VALUE = 'the odd value'

const answerTo = async ({ query, type, isSubscription, variablesWith }: InputPlace, json: string): Promise<string> => {
  const payload = JSON.stringify({ query, variables: variablesWith(VALUE) }).replace(`"${VALUE}"`, () => json)
  if (isSubscription) return subscribed(payload, type === 'Cursor')
  const headers = { 'content-type': 'application/json' }
  return (await ask(app.admin.url, { method: 'POST', headers, body: payload })).text
}

const oddities = async (place: InputPlace, values: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const found: string[] = []
  for (const [name, value] of Object.entries(values)) {
    const answer = await answerTo(place, value)
    if (NO_ANSWER.test(answer)) found.push(`${name}: ${answer.slice(0, 500)}`)
    if (answer.length > 5000) found.push(`${name}: an answer of ${answer.length} characters, ${answer.slice(0, 300)}`)
  }
  return found
}

test('the schema takes text in many places', () => {
  expect(places.filter(takesText).length).toBeGreaterThan(100)
})

describe('odd text is understood or refused, by each that takes text', () => {
  test.each(places.filter(takesText).map(place => [place.name, place] as const))('%s', async (_, place) => {
    expect(await oddities(place, TEXTS_AS_JSON)).toEqual([])
  })
})

describe('a value of another shape is refused, by each that takes one', () => {
  test.each(places.map(place => [`${place.name}: ${place.type}`, place] as const))('%s', async (_, place) => {
    expect(await oddities(place, SHAPES)).toEqual([])
  })
})

describe('what is no cursor is refused as such', () => {
  const cursors = places.filter(({ type }) => type === 'Cursor')
  test.each(cursors.map(place => [place.name, place] as const))('%s', async (_, place) => {
    for (const text of Object.values(TEXTS_AS_JSON))
      expect(await answerTo(place, text)).toMatch(/INVALID_CURSOR|BAD_USER_INPUT/)
  })
})
