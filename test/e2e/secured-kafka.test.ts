import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig, silentLogger, startApp } from '../../src/index.ts'
import { orAborted } from '../../src/kafkajs/connection/wait.ts'
import { MessageStreamDocument, MessagesDocument, ProduceDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { newPassword, type SecuredKafka, securedKafka } from '../support/secured-kafka.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'
import { valuesOf } from './message-documents.ts'

const ACL_COMMAND = 'org.apache.kafka.tools.AclCommand'
const CREATE =
  'mutation ($acls: [AclBindingInput!]!) { createAcls(acls: $acls) { totalCount errors { code message } } }'
const DELETE =
  'mutation ($filters: [AclBindingFilterInput!]!) { deleteAcls(filters: $filters) { totalCount errors { code } } }'

let kafka: SecuredKafka
/** Anonymous, which is a super user here. */
let admin: TestApp
const password = newPassword()

const loginOf = (mechanism: string, username = 'anna', secret = password) => ({
  KAFKA_BROKERS: kafka.sasl,
  KAFKA_SASL_MECHANISM: mechanism,
  KAFKA_SASL_USERNAME: username,
  KAFKA_SASL_PASSWORD: secret,
})

const grant = async (...acls: readonly object[]) => {
  const given = acls.map(acl => ({ resourceType: 'TOPIC', principal: 'User:anna', ...acl }))
  const { createAcls } = await admin.dataOf<{ createAcls: unknown }>(CREATE, { acls: given })
  expect(createAcls).toEqual({ totalCount: acls.length, errors: [] })
}

beforeAll(async () => {
  // KafkaJS calls a session over 10 s before its end: each of these connections is replaced a second after it was made.
  kafka = await securedKafka({ 'listener.name.sasl.scram-sha-512.connections.max.reauth.ms': '11000' })
  admin = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
  const upserts = ['SCRAM_SHA_256', 'SCRAM_SHA_512'].map(mechanism => ({ user: 'anna', mechanism, password }))
  const { alterUserScramCredentials } = await admin.dataOf<{ alterUserScramCredentials: unknown }>(
    `mutation ($upserts: [ScramUpsertInput!]) { alterUserScramCredentials(upserts: $upserts) {
      errors { code } users { name credentialInfos { mechanism iterations } } } }`,
    { upserts },
  )
  const credentialInfos = upserts.map(({ mechanism }) => ({ mechanism, iterations: 4096 }))
  expect(alterUserScramCredentials).toEqual({ errors: [], users: [{ name: 'anna', credentialInfos }] })
}, 180_000)
afterAll(async () => {
  await admin?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
})

const codesIn = (errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[] = []) =>
  errors.map(({ extensions }) => extensions?.code)

describe('logging in', () => {
  const BROKERS = '{ cluster { brokers { nodeId } } }'

  test.each(['scram-sha-256', 'scram-sha-512'])('by %s', async mechanism => {
    await using app = await startTestApp(loginOf(mechanism))
    expect(await app.dataOf(BROKERS)).toEqual({ cluster: { brokers: [{ nodeId: 1 }] } })
  })

  test('by plain', async () => {
    const { username, password: secret } = kafka.plain
    await using app = await startTestApp(loginOf('plain', username, secret))
    expect(await app.dataOf(BROKERS)).toEqual({ cluster: { brokers: [{ nodeId: 1 }] } })
  })

  test.each(['scram-sha-256', 'scram-sha-512', 'plain'])(
    'by %s with a wrong password is told as it is',
    async mechanism => {
      const secret = newPassword()
      const settings = { PORT: '0', LOG_LEVEL: 'silent', ...loginOf(mechanism, 'anna', secret) }
      await using app = await startApp(readConfig([], settings), { logger: silentLogger })
      const asked = await fetch(app.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: BROKERS }),
        signal: AbortSignal.timeout(15_000),
      })
      const { errors } = await asked.json()
      expect(codesIn(errors)).toEqual(['SASL_AUTHENTICATION_FAILED'])
      expect(errors[0].message).toMatch(/[Aa]uthentication failed/)
      expect(JSON.stringify(errors)).not.toContain(secret)
      await eventually(async () => {
        const ready = await fetch(new URL('/readyz', app.url))
        expect(ready.status).toBe(503)
        expect(await ready.text()).toMatch(/[Aa]uthentication failed/)
      })
    },
  )

  test('by a certificate over TLS; without one, or with an authority that is not known, not', async () => {
    const { cert, key } = await kafka.authority.issue('gateway')
    const tls = { KAFKA_BROKERS: kafka.tls, KAFKA_TLS_CA: kafka.authority.ca }
    await grant({ principal: 'User:CN=gateway', name: 'by-tls', operation: 'CREATE' })
    await using app = await startTestApp({ ...tls, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key })
    expect(await app.dataOf(BROKERS)).toEqual({ cluster: { brokers: [{ nodeId: 1 }] } })
    const create = 'mutation ($name: String!) { createTopics(topics: [{ name: $name }]) { errors { code } } }'
    expect(await app.dataOf(create, { name: 'by-tls' })).toEqual({ createTopics: { errors: [] } })
    expect(await app.dataOf(create, { name: 'other' })).toEqual({
      createTopics: { errors: [{ code: 'TOPIC_AUTHORIZATION_FAILED' }] },
    })
    for (const [wrong, reason] of [
      [tls, /certificate|SSL|TLS|closed|socket/i],
      [{ KAFKA_BROKERS: kafka.tls, KAFKA_TLS: 'true' }, /certificate/i],
    ] as const) {
      const config = readConfig([], { PORT: '0', LOG_LEVEL: 'silent', KAFKA_TIMEOUT: '3000', ...wrong })
      await using refused = await startApp(config, { logger: silentLogger })
      await eventually(async () => expect(await (await fetch(new URL('/readyz', refused.url))).text()).toMatch(reason))
    }
  })
})

test('what may not be seen is missing by itself: every other field of the answer is there', async () => {
  await grant({ name: 'visible', operation: 'READ' })
  const create = 'mutation { createTopics(topics: [{ name: "visible" }, { name: "hidden" }]) { errors { code } } }'
  await admin.dataOf(create)
  await using app = await startTestApp(loginOf('scram-sha-256'))
  const { data, errors } = await app.ask<Record<string, unknown>>(`{
    visible: topic(name: "visible") { name partitions { latestOffset producers { producerId } } configs { name } acls { entry { principal } } }
    hidden: topic(name: "hidden") { name }
    topics { nodes { name } }
    cluster {
      brokers { nodeId configs { name } }
      acls { totalCount }
      scramUsers { totalCount }
      clientQuotas { totalCount }
      transactions { totalCount }
      group(groupId: "somebody-elses") { groupId groupState }
    }
  }`)
  const byPath = Object.fromEntries(
    (errors ?? []).map(error => [JSON.stringify('path' in error ? error.path : null), error.extensions?.code]),
  )
  expect(byPath).toEqual({
    '["visible","configs"]': 'TOPIC_AUTHORIZATION_FAILED',
    '["visible","acls"]': 'CLUSTER_AUTHORIZATION_FAILED',
    '["hidden"]': 'TOPIC_AUTHORIZATION_FAILED',
    '["cluster","brokers",0,"configs"]': 'CLUSTER_AUTHORIZATION_FAILED',
    '["cluster","acls"]': 'CLUSTER_AUTHORIZATION_FAILED',
    '["cluster","scramUsers"]': 'CLUSTER_AUTHORIZATION_FAILED',
    '["cluster","clientQuotas"]': 'CLUSTER_AUTHORIZATION_FAILED',
  })
  expect(data).toMatchObject({
    visible: { name: 'visible', partitions: [{ latestOffset: '0', producers: [] }], configs: null, acls: null },
    hidden: null,
    topics: { nodes: [{ name: 'visible' }] },
    cluster: {
      brokers: [{ nodeId: 1, configs: null }],
      acls: null,
      scramUsers: null,
      clientQuotas: null,
      transactions: { totalCount: 0 },
      group: null,
    },
  })
})

test('what may not be changed is refused by itself', async () => {
  await using app = await startTestApp(loginOf('scram-sha-256'))
  const acl = { resourceType: 'TOPIC', name: 'mine', principal: 'User:anna', operation: 'ALL' }
  const data = await app.dataOf<
    Readonly<Record<string, { readonly errors: readonly { readonly code: string; readonly message: string }[] }>>
  >(
    `mutation ($acls: [AclBindingInput!]!, $password: Password!) {
      createAcls(acls: $acls) { errors { code message } }
      deleteAcls(filters: [{ name: "visible" }]) { errors { code message } }
      alterUserScramCredentials(upserts: [{ user: "anna", mechanism: SCRAM_SHA_256, password: $password }]) { errors { code message } }
      alterClientQuotas(entries: [{ entity: [{ type: USER, isDefault: true }], remove: ["producer_byte_rate"] }]) { errors { code message } }
      abortTransaction(topic: "visible", partition: 0, producerId: 1, producerEpoch: 0, coordinatorEpoch: 0) { errors { code message } }
      deleteGroups(groupIds: ["somebody-elses"]) { errors { code message } }
      deleteTopics(topics: ["visible"]) { errors { code message } }
    }`,
    { acls: [acl], password: newPassword() },
  )
  const codes = Object.entries(data).map(([name, { errors }]) => [name, errors.map(({ code }) => code).join()])
  expect(Object.fromEntries(codes)).toEqual({
    createAcls: 'CLUSTER_AUTHORIZATION_FAILED',
    deleteAcls: 'CLUSTER_AUTHORIZATION_FAILED',
    alterUserScramCredentials: 'CLUSTER_AUTHORIZATION_FAILED',
    alterClientQuotas: 'CLUSTER_AUTHORIZATION_FAILED',
    abortTransaction: 'CLUSTER_AUTHORIZATION_FAILED',
    deleteGroups: 'GROUP_AUTHORIZATION_FAILED',
    deleteTopics: 'TOPIC_AUTHORIZATION_FAILED',
  })
  expect(JSON.stringify(data)).not.toContain('session=')
})

describe('rights taken away in the middle', () => {
  const write = (app: TestApp, topic: string, value: string) =>
    app.ask(ProduceDocument, { input: { topic, messages: [{ value: { string: value } }], timeout: 'PT5S' } })
  const freshTopic = async (operation: string) => {
    const topic = await admin.freshTopic()
    await grant({ name: topic, operation })
    return topic
  }
  const revoke = (topic: string) =>
    admin.dataOf(DELETE, { filters: [{ resourceType: 'TOPIC', name: topic, principal: 'User:anna' }] })
  /** The promise of the API, as a deadline. */
  const within10s = <T>(work: Promise<T>): Promise<T> => orAborted(work, AbortSignal.timeout(10_000))

  test.each([
    ['READ, by deleteAcls', revoke],
    [
      'READ, by kafka-acls',
      (topic: string) =>
        kafkaToolOutput(kafka, ACL_COMMAND, [
          ...['--remove', '--allow-principal', 'User:anna', '--operation', 'Read'],
          ...['--topic', topic, '--force'],
        ]),
    ],
    [
      'READ, and DESCRIBE stays',
      async (topic: string) => {
        await grant({ name: topic, operation: 'DESCRIBE' })
        await admin.dataOf(DELETE, { filters: [{ name: topic, principal: 'User:anna', operation: 'READ' }] })
      },
    ],
  ])(
    '%s: messages and messageStream end with TOPIC_AUTHORIZATION_FAILED and a cursor that resumes',
    async (_, take) => {
      const topic = await freshTopic('READ')
      await using app = await startTestApp(loginOf('scram-sha-512'))
      await using client = graphqlWs(app)
      await using sse = graphqlSse(app)
      await admin.produce({ topic, messages: [{ value: { string: 'first' } }] })
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
      await admin.produce({ topic, messages: [{ value: { string: 'unseen' } }] })
      expect(valuesIn([messages.all, events.all])).not.toContain('unseen')
      using early = client.subscribe(MessagesDocument, { topic, after: String(one.extensions?.cursor) })
      expect((await early.failure()).extensions).toMatchObject({ code: 'TOPIC_AUTHORIZATION_FAILED' })
      await grant({ name: topic, operation: 'READ' })
      await admin.produce({ topic, messages: [{ value: { string: 'after' } }] })
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
    await using app = await startTestApp(loginOf('scram-sha-256'))
    const outcome = async (value: string) => (await write(app, topic, value)).data?.produce
    expect(await outcome('one')).toMatchObject({ errors: [], results: [{ offset: '0' }] })
    await revoke(topic)
    expect(await within10s(outcome('two'))).toMatchObject({
      errors: [{ code: 'TOPIC_AUTHORIZATION_FAILED' }],
      results: [null],
    })
    await grant({ name: topic, operation: 'WRITE' })
    expect(await outcome('three')).toMatchObject({ errors: [], results: [{ offset: '1' }] })
  })

  test('READ of a topic that is still being read from its beginning', async () => {
    const topic = await freshTopic('READ')
    const messages = Array.from({ length: 20 }, () => ({ value: { string: 'x'.repeat(50_000) } }))
    for (let round = 0; round < 20; round++) await admin.produce({ topic, messages })
    await using app = await startTestApp(loginOf('scram-sha-256'))
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
    await grant({ name: topic, operation: 'READ' })
    using resumed = client.subscribe(MessagesDocument, { topic, after: String(extensions?.cursor) })
    const offsets = (await resumed.take(400 - count)).map(({ messages: message }) => message.offset)
    expect(offsets).toEqual(Array.from({ length: 400 - count }, (_, index) => String(count + index)))
  })
})

test('what may not be read, or written in a transaction, is refused at once', async () => {
  const topic = await admin.freshTopic()
  await using app = await startTestApp(loginOf('scram-sha-256'))
  await using client = graphqlWs(app)
  const code = 'TOPIC_AUTHORIZATION_FAILED'
  using messages = client.subscribe(MessagesDocument, { topic })
  using events = client.subscribe(MessageStreamDocument, { input: { topics: [topic] } })
  for (const reader of [messages, events]) expect((await reader.failure()).extensions).toMatchObject({ code })
  await grant({ name: topic, operation: 'WRITE' })
  const input = { topic, messages: [{ value: { string: 'x' } }], transactional: true, timeout: 'PT5S' }
  expect((await app.ask(ProduceDocument, { input })).data).toMatchObject({
    produce: { errors: [{ code: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED' }] },
  })
  await grant({ resourceType: 'TRANSACTIONAL_ID', name: 'kafka-graphql-', patternType: 'PREFIXED', operation: 'WRITE' })
  expect((await app.ask(ProduceDocument, { input })).data).toMatchObject({ produce: { errors: [] } })
})

test('a subscription outlives the session that it logged in for: nothing is missing, doubled or out of order', async () => {
  const topic = await admin.freshTopic()
  await grant({ name: topic, operation: 'READ' }, { name: topic, operation: 'WRITE' })
  await using app = await startTestApp(loginOf('scram-sha-512'))
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
