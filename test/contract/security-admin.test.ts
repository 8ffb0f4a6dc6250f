import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AclBinding, AclFilter } from '../../src/kafka/acls.ts'
import { testCall } from '../support/call.ts'
import { newPassword, securedKafka } from '../support/secured-kafka.ts'
import { fresh } from './create-topic.ts'
import { codesOf } from './outcome.ts'
import { openReal, type PortsUnderTest, theFake } from './ports-under-test.ts'

/** Only a Kafka with an authorizer keeps ACLs: the shared ones have none. */
const openSecured = async (): Promise<PortsUnderTest> => {
  const kafka = await securedKafka()
  const ports = await openReal(Promise.resolve(kafka))
  return {
    ...ports,
    [Symbol.asyncDispose]: async () => {
      await ports[Symbol.asyncDispose]()
      await kafka[Symbol.asyncDispose]()
    },
  }
}

const user = (): string => `user-${randomUUID().slice(0, 8)}`

describe.each([theFake, ['real Kafka with an authorizer', openSecured] as const])('security of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  }, 180_000)

  afterAll(() => ports?.[Symbol.asyncDispose]())

  const acl = (more: Partial<AclBinding> = {}): AclBinding => ({
    resourceType: 'TOPIC',
    resourceName: fresh(),
    patternType: 'LITERAL',
    principal: 'User:anna',
    host: '*',
    operation: 'READ',
    permissionType: 'ALLOW',
    ...more,
  })

  const about = (resourceName: string): AclFilter => ({
    resourceType: 'TOPIC',
    resourceName,
    patternType: 'LITERAL',
    principal: null,
    host: null,
    operation: 'ANY',
    permissionType: 'ANY',
  })

  it('keeps ACLs until they are deleted; one that is there already is created again', async () => {
    const { security } = ports
    const [read, write] = [acl(), acl({ operation: 'WRITE' })]
    expect(await security.createAcls(testCall, [read, write, read])).toEqual([read, write, read])
    expect(await security.describeAcls(testCall, about(read.resourceName))).toEqual([read])
    const deleted = await security.deleteAcls(testCall, [about(read.resourceName), about(fresh())])
    expect(deleted).toEqual([[read], []])
    expect(await security.describeAcls(testCall, about(read.resourceName))).toEqual([])
    expect(await security.describeAcls(testCall, about(write.resourceName))).toEqual([write])
  })

  it('keeps SCRAM users, tells their iterations and never a password', async () => {
    const { security } = ports
    const [one, two] = [user(), user()]
    const credential = { mechanism: 'SCRAM_SHA_256', iterations: 4096 } as const
    const upserts = [one, two].map(name => ({ user: name, ...credential, password: newPassword() }))
    expect(await security.alterScramCredentials(testCall, upserts, [])).toEqual({ upserts: [one, two], deletions: [] })
    const described = await security.describeScramUsers(testCall, [one, user()])
    expect(described).toEqual([{ name: one, credentials: [credential] }])
    const every = await security.describeScramUsers(testCall, null)
    expect(every.map(({ name }) => name)).toEqual(expect.arrayContaining([one, two]))
    const { deletions } = await security.alterScramCredentials(
      testCall,
      [],
      [{ user: one, mechanism: 'SCRAM_SHA_256' }],
    )
    expect(deletions).toEqual([one])
    expect(await security.describeScramUsers(testCall, [one])).toEqual([])
  })

  it('deletes no credential that is not there', async () => {
    const absent = { user: user(), mechanism: 'SCRAM_SHA_512' } as const
    const { deletions } = await ports.security.alterScramCredentials(testCall, [], [absent])
    expect(codesOf(deletions)).toEqual(['RESOURCE_NOT_FOUND'])
  })

  it('keeps client quotas, and changes nothing with validateOnly', async () => {
    const { security } = ports
    const entity = [{ type: 'user', name: user() }] as const
    const filter = { components: entity, isStrict: true }
    const set = [
      { key: 'producer_byte_rate', value: 4096 },
      { key: 'consumer_byte_rate', value: 2048 },
    ]
    const alteration = { entity, set, remove: [] }
    expect(await security.alterClientQuotas(testCall, [alteration], { validateOnly: true })).toEqual([entity])
    expect(await security.describeClientQuotas(testCall, filter)).toEqual([])
    expect(await security.alterClientQuotas(testCall, [alteration])).toEqual([entity])
    expect(await security.describeClientQuotas(testCall, filter)).toEqual([{ entity, values: [...set].reverse() }])
    const remove = set.map(({ key }) => key)
    await security.alterClientQuotas(testCall, [{ entity, set: [], remove }])
    expect(await security.describeClientQuotas(testCall, filter)).toEqual([])
  })

  it("throws the signal's reason once it has aborted", async () => {
    const reason = new Error('the client went away')
    const call = { ...testCall, signal: AbortSignal.abort(reason) }
    await expect(ports.security.describeAcls(call, about(fresh()))).rejects.toBe(reason)
    await expect(ports.security.describeScramUsers(call, null)).rejects.toBe(reason)
    await expect(ports.security.describeClientQuotas(call, { components: [], isStrict: false })).rejects.toBe(reason)
  })
})
