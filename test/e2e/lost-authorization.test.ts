import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orAborted } from '../../src/kafkajs/transport/wait.ts'
import { MessageStreamDocument, MessagesDocument, ProduceDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { type SecuredApp, startSecuredApp } from '../support/secured-app.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'
import { valuesOf } from './message-documents.ts'

const ACL_COMMAND = 'org.apache.kafka.tools.AclCommand'
const DELETE =
  'mutation ($filters: [AclBindingFilterInput!]!) { deleteAcls(filters: $filters) { totalCount errors { code } } }'

let secured: SecuredApp

beforeAll(async () => {
  // KafkaJS calls a session over 10 s before its end: each of these connections is replaced a second after it was made.
  secured = await startSecuredApp({ 'listener.name.sasl.scram-sha-512.connections.max.reauth.ms': '11000' })
}, 180_000)
afterAll(() => secured?.[Symbol.asyncDispose]())

describe('rights taken away in the middle', () => {
  const write = (app: TestApp, topic: string, value: string) =>
    app.ask(ProduceDocument, { input: { topic, messages: [{ value: { string: value } }], timeout: 'PT5S' } })
  const freshTopic = async (operation: string) => {
    const topic = await secured.admin.freshTopic()
    await secured.grant({ name: topic, operation })
    return topic
  }
  const revoke = (topic: string) =>
    secured.admin.dataOf(DELETE, { filters: [{ resourceType: 'TOPIC', name: topic, principal: 'User:anna' }] })
  /** The promise of the API, as a deadline. */
  const within10s = <T>(work: Promise<T>): Promise<T> => orAborted(work, AbortSignal.timeout(10_000))

  test.each([
    ['READ, by deleteAcls', revoke],
    [
      'READ, by kafka-acls',
      (topic: string) =>
        kafkaToolOutput(secured.kafka, ACL_COMMAND, [
          ...['--remove', '--allow-principal', 'User:anna', '--operation', 'Read'],
          ...['--topic', topic, '--force'],
        ]),
    ],
    [
      'READ, and DESCRIBE stays',
      async (topic: string) => {
        await secured.grant({ name: topic, operation: 'DESCRIBE' })
        await secured.admin.dataOf(DELETE, { filters: [{ name: topic, principal: 'User:anna', operation: 'READ' }] })
      },
    ],
  ])(
    '%s: messages and messageStream end with TOPIC_AUTHORIZATION_FAILED and a cursor that resumes',
    async (_, take) => {
      const topic = await freshTopic('READ')
      await using app = await startTestApp(secured.loginOf('scram-sha-512'))
      await using client = graphqlWs(app)
      await using sse = graphqlSse(app)
      await secured.admin.produce({ topic, messages: [{ value: { string: 'first' } }] })
      const from = { earliest: true }
      using messages = client.subscribe(MessagesDocument, { topic, from })
      using events = sse.subscribe(MessageStreamDocument, { input: { topics: [topic], from } })
      const valuesIn = (all: readonly unknown[]) => JSON.stringify(all)
      expect(valuesOf(await messages.take(1))).toEqual(['first'])
      await events.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
      await take(topic)
      const [one, other] = await within10s(Promise.all([messages.failure(), events.failure()]))
      for (const { extensions } of [one, other]) {
        expect(extensions).toMatchObject({ code: 'TOPIC_AUTHORIZATION_FAILED', cursor: expect.any(String) })
      }
      await secured.admin.produce({ topic, messages: [{ value: { string: 'unseen' } }] })
      expect(valuesIn([messages.all, events.all])).not.toContain('unseen')
      using early = client.subscribe(MessagesDocument, { topic, after: String(one.extensions?.cursor) })
      expect((await early.failure()).extensions).toMatchObject({ code: 'TOPIC_AUTHORIZATION_FAILED' })
      await secured.grant({ name: topic, operation: 'READ' })
      await secured.admin.produce({ topic, messages: [{ value: { string: 'after' } }] })
      for (const { extensions } of [one, other]) {
        using resumed = client.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
        expect(valuesOf(await resumed.take(2))).toEqual(['unseen', 'after'])
      }
      using streamed = sse.subscribe(MessageStreamDocument, {
        input: { topics: [topic], after: String(other.extensions?.cursor) },
      })
      const seen = await streamed.until(({ messageStream }) => messageStream.__typename === 'CaughtUp')
      expect(valuesIn(seen)).toMatch(/unseen.*after/)
      expect(valuesIn(seen)).not.toContain('first')
    },
  )

  test('WRITE: produce is refused, and takes messages again when it is given back', async () => {
    const topic = await freshTopic('WRITE')
    await using app = await startTestApp(secured.loginOf('scram-sha-256'))
    const outcome = async (value: string) => (await write(app, topic, value)).data?.produce
    expect(await outcome('one')).toMatchObject({ errors: [], results: [{ offset: '0' }] })
    await revoke(topic)
    expect(await within10s(outcome('two'))).toMatchObject({
      errors: [{ code: 'TOPIC_AUTHORIZATION_FAILED' }],
      results: [null],
    })
    await secured.grant({ name: topic, operation: 'WRITE' })
    expect(await outcome('three')).toMatchObject({ errors: [], results: [{ offset: '1' }] })
  })

  test('READ of a topic that is still being read from its beginning', async () => {
    const topic = await freshTopic('READ')
    const messages = Array.from({ length: 20 }, () => ({ value: { string: 'x'.repeat(50_000) } }))
    for (let round = 0; round < 20; round++) await secured.admin.produce({ topic, messages })
    await using app = await startTestApp(secured.loginOf('scram-sha-256'))
    await using client = graphqlWs(app)
    using reader = client.subscribe(MessagesDocument, { topic, from: { earliest: true } })
    await reader.next()
    client.pause()
    await revoke(topic)
    client.resume()
    const { extensions } = await within10s(reader.failure())
    expect(extensions).toMatchObject({ code: 'TOPIC_AUTHORIZATION_FAILED' })
    const count = reader.all.length
    expect(count).toBeLessThan(400)
    await secured.grant({ name: topic, operation: 'READ' })
    using resumed = client.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
    const offsets = (await resumed.take(400 - count)).map(({ messages: message }) => message.offset)
    expect(offsets).toEqual(Array.from({ length: 400 - count }, (_, index) => String(count + index)))
  })
})

test('what may not be read, or written in a transaction, is refused at once', async () => {
  const topic = await secured.admin.freshTopic()
  await using app = await startTestApp(secured.loginOf('scram-sha-256'))
  await using client = graphqlWs(app)
  const code = 'TOPIC_AUTHORIZATION_FAILED'
  using messages = client.subscribe(MessagesDocument, { topic })
  using events = client.subscribe(MessageStreamDocument, { input: { topics: [topic] } })
  for (const reader of [messages, events]) expect((await reader.failure()).extensions).toMatchObject({ code })
  await secured.grant({ name: topic, operation: 'WRITE' })
  const input = { topic, messages: [{ value: { string: 'x' } }], transactional: true, timeout: 'PT5S' }
  expect((await app.ask(ProduceDocument, { input })).data).toMatchObject({
    produce: { errors: [{ code: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED' }] },
  })
  await secured.grant({
    resourceType: 'TRANSACTIONAL_ID',
    name: 'kafka-graphql-',
    patternType: 'PREFIXED',
    operation: 'WRITE',
  })
  expect((await app.ask(ProduceDocument, { input })).data).toMatchObject({ produce: { errors: [] } })
})

test('a subscription outlives the session that it logged in for: nothing is missing, doubled or out of order', async () => {
  const topic = await secured.admin.freshTopic()
  await secured.grant({ name: topic, operation: 'READ' }, { name: topic, operation: 'WRITE' })
  await using app = await startTestApp(secured.loginOf('scram-sha-512'))
  await using client = graphqlWs(app)
  using reader = client.subscribe(MessagesDocument, { topic })
  await app.untilStreams(1)
  const until = Date.now() + 13_000
  let written = 0
  while (Date.now() < until) {
    await app.produce({ topic, messages: [{ value: { string: `v-${written++}` } }] })
    await reader.next()
  }
  expect(valuesOf(reader.all)).toEqual(Array.from({ length: written }, (_, index) => `v-${index}`))
})
