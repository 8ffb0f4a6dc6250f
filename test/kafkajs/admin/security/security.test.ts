import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AclBinding, AclFilter } from '../../../../src/kafka/acls.ts'
import { isFailure } from '../../../../src/kafka/errors/kafka-error.ts'
import type { KafkaAdapter } from '../../../../src/kafkajs/create-kafka.ts'
import { testCall } from '../../../support/call.ts'
import { freePort } from '../../../support/free-port.ts'
import { sharedKafka } from '../../../support/kafka.ts'
import { kafkaToolOutput } from '../../../support/kafka-tools.ts'
import { newPassword, type SecuredKafka, securedKafka } from '../../../support/secured-kafka.ts'
import { openKafka } from '../../open-kafka.ts'

const ACL_COMMAND = 'org.apache.kafka.tools.AclCommand'
const CONFIG_COMMAND = 'kafka.admin.ConfigCommand'

let secured: SecuredKafka
let kafka: KafkaAdapter

beforeAll(async () => {
  secured = await securedKafka()
  kafka = openKafka(secured.bootstrapServers)
}, 180_000)
afterAll(async () => {
  await kafka?.[Symbol.asyncDispose]()
  await secured?.[Symbol.asyncDispose]()
})

const everything: AclFilter = {
  resourceType: 'ANY',
  resourceName: null,
  patternType: 'ANY',
  principal: null,
  host: null,
  operation: 'ANY',
  permissionType: 'ANY',
}

const acl = (more: Partial<AclBinding>): AclBinding => ({
  resourceType: 'TOPIC',
  resourceName: 'orders',
  patternType: 'LITERAL',
  principal: 'User:anna',
  host: '*',
  operation: 'READ',
  permissionType: 'ALLOW',
  ...more,
})

const failuresIn = (outcomes: readonly unknown[]) =>
  outcomes.map(one => one instanceof Error && 'code' in one && one.code)

describe('ACLs', () => {
  it('created here are shown by kafka-acls, and vice versa', async () => {
    const { security } = kafka
    const made = [
      acl({}),
      acl({
        resourceName: 'ord',
        patternType: 'PREFIXED',
        operation: 'DESCRIBE',
        permissionType: 'DENY',
        host: '10.0.0.1',
      }),
      acl({ resourceType: 'GROUP', resourceName: '*', operation: 'READ' }),
      acl({ resourceType: 'CLUSTER', resourceName: 'kafka-cluster', operation: 'ALTER_CONFIGS' }),
      acl({ resourceType: 'TRANSACTIONAL_ID', resourceName: 'pay', operation: 'TWO_PHASE_COMMIT' }),
      acl({ resourceType: 'USER', resourceName: 'User:otto', operation: 'CREATE_TOKENS' }),
    ]
    expect(await security.createAcls(testCall, made)).toEqual(made)
    expect(await security.describeAcls(testCall, { ...everything, principal: 'User:anna' })).toHaveLength(made.length)
    const args = ['--add', '--allow-principal', 'User:berta', '--operation', 'Write', '--topic', 'bills', '--force']
    await kafkaToolOutput(secured, ACL_COMMAND, args)
    const printed = await kafkaToolOutput(secured, ACL_COMMAND, ['--list'])
    for (const { resourceName, host, permissionType } of made) {
      expect(printed).toContain(`name=${resourceName},`)
      expect(printed).toContain(`principal=User:anna, host=${host}`)
      expect(printed).toContain(`permissionType=${permissionType}`)
    }
    const bertas = acl({ resourceName: 'bills', principal: 'User:berta', operation: 'WRITE' })
    expect(await security.describeAcls(testCall, { ...everything, resourceName: 'bills' })).toEqual([bertas])
    expect(
      await security.describeAcls(testCall, {
        ...everything,
        resourceType: 'TOPIC',
        resourceName: 'orders',
        patternType: 'MATCH',
      }),
    ).toEqual([made[1], made[0]])
    const deleted = await security.deleteAcls(testCall, [
      { ...everything, principal: 'User:anna' },
      { ...everything, principal: 'User:nobody' },
    ])
    expect(deleted.map(one => (isFailure(one) ? one : one.length))).toEqual([made.length, 0])
    expect(await security.describeAcls(testCall, everything)).toEqual([bertas])
    expect(await kafkaToolOutput(secured, ACL_COMMAND, ['--list'])).not.toContain('User:anna')
    await security.deleteAcls(testCall, [everything])
  })

  it('that Kafka refuses are reported one by one', async () => {
    const outcomes = await kafka.security.createAcls(testCall, [
      acl({ principal: 'no colon' }),
      acl({ operation: 'ANY' }),
      acl({ resourceName: 'fine' }),
    ])
    expect(failuresIn(outcomes)).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST', false])
    await kafka.security.deleteAcls(testCall, [everything])
  })
})

describe('SCRAM users', () => {
  it('created here are shown by kafka-configs, and vice versa', async () => {
    const { security } = kafka
    const password = newPassword()
    const outcomes = await security.alterScramCredentials(
      testCall,
      [
        { user: 'carl', mechanism: 'SCRAM_SHA_256', iterations: 4096, password },
        { user: 'carl', mechanism: 'SCRAM_SHA_512', iterations: 8192, password },
        { user: 'dora', mechanism: 'SCRAM_SHA_512', iterations: 100, password },
        { user: '', mechanism: 'SCRAM_SHA_512', iterations: 4096, password },
        { user: 'emil', mechanism: 'SCRAM_SHA_512', iterations: 20_000, password },
      ],
      [{ user: 'nobody', mechanism: 'SCRAM_SHA_256' }],
    )
    expect(failuresIn(outcomes.upserts)).toEqual([
      false,
      false,
      'UNACCEPTABLE_CREDENTIAL',
      'UNACCEPTABLE_CREDENTIAL',
      'UNACCEPTABLE_CREDENTIAL',
    ])
    expect(failuresIn(outcomes.deletions)).toEqual(['RESOURCE_NOT_FOUND'])
    expect(JSON.stringify(outcomes)).not.toContain(password)
    const added = ['--alter', '--add-config', 'SCRAM-SHA-256=[iterations=4200,password=only-here]']
    await kafkaToolOutput(secured, CONFIG_COMMAND, [...added, '--entity-type', 'users', '--entity-name', 'frieda'])
    const carl = {
      name: 'carl',
      credentials: [
        { mechanism: 'SCRAM_SHA_256', iterations: 4096 },
        { mechanism: 'SCRAM_SHA_512', iterations: 8192 },
      ],
    }
    const frieda = { name: 'frieda', credentials: [{ mechanism: 'SCRAM_SHA_256', iterations: 4200 }] }
    expect(await security.describeScramUsers(testCall, null)).toEqual([carl, frieda])
    expect(await security.describeScramUsers(testCall, ['frieda', 'nobody', 'frieda'])).toEqual([frieda])
    const printed = await kafkaToolOutput(secured, CONFIG_COMMAND, ['--describe', '--entity-type', 'users'])
    for (const shown of ["user-principal 'carl'", 'SCRAM-SHA-256=iterations=4096', 'SCRAM-SHA-512=iterations=8192']) {
      expect(printed).toContain(shown)
    }
    const gone = await security.alterScramCredentials(
      testCall,
      [],
      [
        { user: 'carl', mechanism: 'SCRAM_SHA_256' },
        { user: 'frieda', mechanism: 'SCRAM_SHA_256' },
      ],
    )
    expect(gone.deletions).toEqual(['carl', 'frieda'])
    expect(await security.describeScramUsers(testCall, null)).toEqual([
      { ...carl, credentials: carl.credentials.slice(1) },
    ])
  })
})

describe('client quotas', () => {
  it('created here are shown by kafka-configs, and vice versa', async () => {
    const { security } = kafka
    const entity = [
      { type: 'user', name: 'anna' },
      { type: 'client-id', name: null },
    ] as const
    const set = [
      { key: 'consumer_byte_rate', value: 2048 },
      { key: 'producer_byte_rate', value: 1024 },
    ]
    const outcomes = await security.alterClientQuotas(testCall, [
      { entity, set, remove: [] },
      { entity: [{ type: 'user', name: null }], set: [{ key: 'request_percentage', value: 50 }], remove: [] },
      { entity: [{ type: 'user', name: 'berta' }], set: [{ key: 'no_such_quota', value: 1 }], remove: [] },
    ])
    expect(failuresIn(outcomes)).toEqual([false, false, 'INVALID_REQUEST'])
    const checked = { entity: [{ type: 'user', name: 'carl' }], set, remove: [] } as const
    expect(await security.alterClientQuotas(testCall, [checked], { validateOnly: true })).toEqual([checked.entity])
    await kafkaToolOutput(secured, CONFIG_COMMAND, [
      ...['--alter', '--add-config', 'connection_creation_rate=7'],
      ...['--entity-type', 'ips', '--entity-name', '127.0.0.9'],
    ])
    const everyone = { entity: [{ type: 'user', name: null }], values: [{ key: 'request_percentage', value: 50 }] }
    const ip = { entity: [{ type: 'ip', name: '127.0.0.9' }], values: [{ key: 'connection_creation_rate', value: 7 }] }
    const annas = { entity, values: set }
    const all = await security.describeClientQuotas(testCall, { components: [], isStrict: false })
    expect(all).toEqual(expect.arrayContaining([annas, everyone, ip]))
    expect(all).toHaveLength(3)
    const users = [{ type: 'user' }] as const
    expect(await security.describeClientQuotas(testCall, { components: users, isStrict: true })).toEqual([everyone])
    expect(await security.describeClientQuotas(testCall, { components: users, isStrict: false })).toHaveLength(2)
    const ofDefault = { components: [{ type: 'user', name: null }] as const, isStrict: false }
    expect(await security.describeClientQuotas(testCall, ofDefault)).toEqual([everyone])
    const described = ['--describe', '--entity-type', 'users', '--entity-name', 'anna', '--entity-type', 'clients']
    const printed = await kafkaToolOutput(secured, CONFIG_COMMAND, [...described, '--entity-default'])
    expect(printed).toContain('producer_byte_rate=1024.0')
    expect(printed).toContain('consumer_byte_rate=2048.0')
    await security.alterClientQuotas(testCall, [
      { entity, set: [], remove: ['consumer_byte_rate', 'producer_byte_rate'] },
    ])
    expect(await security.describeClientQuotas(testCall, { components: users, isStrict: false })).toEqual([everyone])
  })
})

it('a cluster without an authorizer refuses only ACLs', async () => {
  await using open = openKafka((await sharedKafka()).bootstrapServers)
  await expect(open.security.describeAcls(testCall, everything)).rejects.toMatchObject({ code: 'SECURITY_DISABLED' })
  expect(failuresIn(await open.security.createAcls(testCall, [acl({})]))).toEqual(['SECURITY_DISABLED'])
  expect(failuresIn(await open.security.deleteAcls(testCall, [everything]))).toEqual(['SECURITY_DISABLED'])
  expect(await open.security.describeClientQuotas(testCall, { components: [], isStrict: false })).toBeInstanceOf(Array)
})

it('no log line and no error contains a password, whether Kafka answers or not', async () => {
  const lines: string[] = []
  const note = (fields: Readonly<Record<string, unknown>>, text: string) => lines.push(JSON.stringify([text, fields]))
  const logger = { debug: note, info: note, warn: note, error: note }
  const upsert = { user: 'greta', mechanism: 'SCRAM_SHA_512', iterations: 4096, password: newPassword() } as const
  await using kafkaThere = openKafka(secured.bootstrapServers, { logger })
  expect((await kafkaThere.security.alterScramCredentials(testCall, [upsert], [])).upserts).toEqual(['greta'])
  await using kafkaGone = openKafka(`127.0.0.1:${await freePort()}`, {
    logger,
    limits: { security: { deadlineMs: 1000, propagationMs: 1000 } },
  })
  const failure = await kafkaGone.security
    .alterScramCredentials(testCall, [upsert], [])
    .catch((thrown: unknown) => thrown)
  expect(failure).toMatchObject({ code: 'KAFKA_UNAVAILABLE' })
  expect(lines.length).toBeGreaterThan(0)
  expect(inspect([lines, failure], { depth: 9, maxArrayLength: null })).not.toContain(upsert.password)
})
