import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig, silentLogger, startApp } from '../../src/index.ts'
import { startTestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { type SecuredApp, startSecuredApp } from '../support/secured-app.ts'
import { newPassword } from '../support/secured-kafka.ts'

let secured: SecuredApp

beforeAll(async () => {
  secured = await startSecuredApp()
}, 180_000)
afterAll(() => secured?.[Symbol.asyncDispose]())

const codesIn = (errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[] = []) =>
  errors.map(({ extensions }) => extensions?.code)

describe('logging in', () => {
  const BROKERS = '{ cluster { brokers { nodeId } } }'

  test.each(['scram-sha-256', 'scram-sha-512'])('by %s', async mechanism => {
    await using app = await startTestApp(secured.loginOf(mechanism))
    expect(await app.dataOf(BROKERS)).toEqual({ cluster: { brokers: [{ nodeId: 1 }] } })
  })

  test('by plain', async () => {
    const { username, password: secret } = secured.kafka.plain
    await using app = await startTestApp(secured.loginOf('plain', username, secret))
    expect(await app.dataOf(BROKERS)).toEqual({ cluster: { brokers: [{ nodeId: 1 }] } })
  })

  test.each(['scram-sha-256', 'scram-sha-512', 'plain'])(
    'by %s with a wrong password is told as it is',
    async mechanism => {
      const secret = newPassword()
      const settings = { PORT: '0', LOG_LEVEL: 'silent', ...secured.loginOf(mechanism, 'anna', secret) }
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
    const { cert, key } = await secured.kafka.authority.issue('gateway')
    const tls = { KAFKA_BROKERS: secured.kafka.tls, KAFKA_TLS_CA: secured.kafka.authority.ca }
    await secured.grant({ principal: 'User:CN=gateway', name: 'by-tls', operation: 'CREATE' })
    await using app = await startTestApp({ ...tls, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key })
    expect(await app.dataOf(BROKERS)).toEqual({ cluster: { brokers: [{ nodeId: 1 }] } })
    const create = 'mutation ($name: String!) { createTopics(topics: [{ name: $name }]) { errors { code } } }'
    expect(await app.dataOf(create, { name: 'by-tls' })).toEqual({ createTopics: { errors: [] } })
    expect(await app.dataOf(create, { name: 'other' })).toEqual({
      createTopics: { errors: [{ code: 'TOPIC_AUTHORIZATION_FAILED' }] },
    })
    for (const [wrong, reason] of [
      [tls, /certificate|SSL|TLS|closed|socket/i],
      [{ KAFKA_BROKERS: secured.kafka.tls, KAFKA_TLS: 'true' }, /certificate/i],
    ] as const) {
      const config = readConfig([], { PORT: '0', LOG_LEVEL: 'silent', KAFKA_TIMEOUT_MS: '3000', ...wrong })
      await using refused = await startApp(config, { logger: silentLogger })
      await eventually(async () => expect(await (await fetch(new URL('/readyz', refused.url))).text()).toMatch(reason))
    }
  })
})

test('what may not be seen is missing by itself: every other field of the answer is there', async () => {
  await secured.grant({ name: 'visible', operation: 'READ' })
  const create = 'mutation { createTopics(topics: [{ name: "visible" }, { name: "hidden" }]) { errors { code } } }'
  await secured.admin.dataOf(create)
  await using app = await startTestApp(secured.loginOf('scram-sha-256'))
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
    '["cluster","group"]': 'GROUP_AUTHORIZATION_FAILED',
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
  await using app = await startTestApp(secured.loginOf('scram-sha-256'))
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

test('a refusal names what may not be used: the group, the topic, the transactional id', async () => {
  await secured.admin.dataOf(
    'mutation { createTopics(topics: [{ name: "writable" }, { name: "closed" }]) { errors { code } } }',
  )
  await secured.grant({ name: 'writable', operation: 'WRITE' })
  await using app = await startTestApp(secured.loginOf('scram-sha-256'))
  const told = async (document: string): Promise<string> => JSON.stringify(await app.ask(document))
  const offsets = 'offsets: [{ topic: "writable", partition: 0, offset: "0" }]'
  const refusals = {
    '{ cluster { group(groupId: "payments") { groupId } } }': 'group payments: ',
    'mutation { deleteGroups(groupIds: ["payments"]) { errors { message } } }': 'group payments: ',
    [`mutation { alterConsumerGroupOffsets(groupId: "payments", createGroup: true, ${offsets}) { errors { message } } }`]:
      'group payments: ',
    '{ topic(name: "closed") { name } }': 'topic closed: ',
    'mutation { deleteTopics(topics: ["closed"]) { errors { message } } }': 'closed',
    'mutation { createTopics(topics: [{ name: "new" }]) { errors { message } } }': 'topic new: ',
    'mutation { produce(input: { topic: "closed", messages: [{}] }) { errors { message } } }': 'topic closed: ',
    'mutation { produce(input: { topic: "writable", transactional: true, messages: [{}] }) { errors { message } } }':
      'transactional id ',
  }
  for (const [document, name] of Object.entries(refusals)) expect(await told(document), document).toContain(name)
})
