import { describe, expect, it } from 'vitest'
import type { AclBinding } from '../../../src/kafka/acls.ts'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import type { SecurityAdmin } from '../../../src/kafka/ports/security-admin.ts'
import type { QuotaAlteration, QuotaFilter, ScramUpsert } from '../../../src/kafka/security.ts'
import { codes, type HarnessOptions, harness, limits } from '../harness.ts'

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

const unexpected = async (): Promise<never> => {
  throw new Error('not expected in this test')
}

const withSecurity = (methods: Partial<SecurityAdmin>, options: HarnessOptions = {}, chosen = limits) => {
  const security: SecurityAdmin = {
    describeAcls: unexpected,
    createAcls: unexpected,
    deleteAcls: unexpected,
    describeScramUsers: unexpected,
    alterScramCredentials: unexpected,
    describeClientQuotas: unexpected,
    alterClientQuotas: unexpected,
    ...methods,
  }
  return harness({ ...options, ports: { security } }, chosen)
}

const small = { ...limits, page: { default: 2, max: 2 } }

describe('ACLs', () => {
  const three = ['a', 'b', 'c'].map(name => acl({ resourceName: name }))

  it('come in pages, however many there are', async () => {
    const { run } = withSecurity({ describeAcls: async () => three }, {}, small)
    const page =
      'query ($after: Cursor) { cluster { acls(after: $after) { totalCount nodes { pattern { name } } pageInfo { endCursor hasNextPage } } } }'
    type Page = {
      readonly cluster: {
        readonly acls: { readonly nodes: unknown; readonly pageInfo: { readonly endCursor: string } }
      }
    }
    const first = await run<Page>(page)
    expect(first.data.cluster.acls.nodes).toEqual([{ pattern: { name: 'a' } }, { pattern: { name: 'b' } }])
    const second = await run<Page>(page, { after: first.data.cluster.acls.pageInfo.endCursor })
    expect(second.data.cluster.acls).toMatchObject({ totalCount: 3, nodes: [{ pattern: { name: 'c' } }] })
  })

  it('that may not be read leave the rest of the answer', async () => {
    const describeAcls = async () => {
      throw new KafkaError('SECURITY_DISABLED')
    }
    const { run } = withSecurity({ describeAcls }, { topics: { orders: 1 } })
    const answer = await run(
      '{ cluster { clusterId acls { totalCount } } topic(name: "orders") { name acls { entry { host } } } }',
    )
    expect(answer.data).toMatchObject({ cluster: { acls: null }, topic: { name: 'orders', acls: null } })
    expect(codes(answer)).toEqual(['SECURITY_DISABLED', 'SECURITY_DISABLED'])
  })

  it('of many topics are asked for once, and each topic gets those that concern it', async () => {
    let asked = 0
    const describeAcls = async () => {
      asked++
      return [
        acl({ resourceName: '*', principal: 'User:all' }),
        acl({ resourceName: 'or', patternType: 'PREFIXED', principal: 'User:prefix' }),
        acl({ resourceName: 'or', principal: 'User:nobody' }),
        acl({ resourceName: 'orders' }),
      ]
    }
    const { run } = withSecurity({ describeAcls }, { topics: { bills: 1, orders: 1 } })
    const { data } = await run('{ topics { nodes { name acls { entry { principal } } } } }')
    const principals = (...names: readonly string[]) => names.map(name => ({ entry: { principal: `User:${name}` } }))
    expect(data).toEqual({
      topics: {
        nodes: [
          { name: 'bills', acls: principals('all') },
          { name: 'orders', acls: principals('all', 'prefix', 'anna') },
        ],
      },
    })
    expect(asked).toBe(1)
  })

  it('are not deleted by a filter with nothing in it', async () => {
    const answer = await withSecurity({}).run(
      'mutation { deleteAcls(filters: [{ host: "*" }, { name: null }]) { totalCount } }',
    )
    expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
    expect(answer.errors[0]?.message).toMatch(/^filters\[1\] is empty/)
  })

  it('deleted by a filter are counted all, and told as many as a page holds; failures have the filter as their place', async () => {
    const refused = new KafkaError('INVALID_REQUEST', 'no')
    const { run } = withSecurity({ deleteAcls: async () => [[...three, refused], refused] }, {}, small)
    const { data } = await run(
      'mutation { deleteAcls(filters: [{ resourceType: ANY }, { name: "b" }]) { totalCount acls { pattern { name } } errors { code path } } }',
    )
    expect(data).toEqual({
      deleteAcls: {
        totalCount: 3,
        acls: [{ pattern: { name: 'a' } }, { pattern: { name: 'b' } }],
        errors: [
          { code: 'INVALID_REQUEST', path: ['filters', '1'] },
          { code: 'INVALID_REQUEST', path: ['filters', '0'] },
        ],
      },
    })
  })
})

describe('SCRAM credentials', () => {
  it('named twice are refused, the others altered; defaults hold', async () => {
    const sent: ScramUpsert[] = []
    const { run } = withSecurity({
      alterScramCredentials: async (_call, upserts) => {
        sent.push(...upserts)
        return { upserts: upserts.map(({ user }) => user), deletions: [] }
      },
      describeScramUsers: async (_call, names) => (names ?? []).map(name => ({ name, credentials: [] })),
    })
    const { data } = await run(
      `mutation ($secret: Password!) { alterUserScramCredentials(
        upserts: [
          { user: "a", mechanism: SCRAM_SHA_256, password: $secret }
          { user: "b", mechanism: SCRAM_SHA_512, password: $secret, iterations: 8192 }
        ]
        deletions: [{ user: "a", mechanism: SCRAM_SHA_256 }]
      ) { users { name } errors { code path } } }`,
      { secret: 'open sesame' },
    )
    expect(sent).toEqual([{ user: 'b', mechanism: 'SCRAM_SHA_512', password: 'open sesame', iterations: 8192 }])
    expect(data).toEqual({
      alterUserScramCredentials: {
        users: [{ name: 'b' }],
        errors: [
          { code: 'DUPLICATE_RESOURCE', path: ['upserts', '0'] },
          { code: 'DUPLICATE_RESOURCE', path: ['deletions', '0'] },
        ],
      },
    })
  })
})

describe('client quotas', () => {
  it('are asked for by name, by default or by type', async () => {
    const asked: QuotaFilter[] = []
    const { run } = withSecurity({
      describeClientQuotas: async (_call, filter) => {
        asked.push(filter)
        return []
      },
    })
    await run(`{ cluster { clientQuotas(filter: { strict: true, entity: [
      { type: USER, name: "anna" }, { type: CLIENT_ID, isDefault: true }, { type: IP, name: null }
    ] }) { totalCount } } }`)
    expect(asked).toEqual([
      {
        isStrict: true,
        components: [{ type: 'user', name: 'anna' }, { type: 'client-id', name: null }, { type: 'ip' }],
      },
    ])
    const twice = await run(
      '{ cluster { clientQuotas(filter: { entity: [{ type: IP }, { type: IP }] }) { totalCount } } }',
    )
    expect(codes(twice)).toEqual(['BAD_USER_INPUT'])
  })

  it('are altered for an entity that is named in full, once', async () => {
    const sent: QuotaAlteration[] = []
    const { run } = withSecurity({
      alterClientQuotas: async (_call, alterations) => {
        sent.push(...alterations)
        return alterations.map(({ entity }) => entity)
      },
      describeClientQuotas: async () => [],
    })
    const { data } = await run(`mutation { alterClientQuotas(entries: [
      { entity: [{ type: USER, isDefault: true }], set: [{ key: "producer_byte_rate", value: 1 }] }
      { entity: [{ type: USER }], remove: ["producer_byte_rate"] }
      { entity: [{ type: USER, isDefault: true }], remove: ["request_percentage"] }
    ]) { errors { code path } quotas { entity { name } } } }`)
    expect(sent).toEqual([
      { entity: [{ type: 'user', name: null }], set: [{ key: 'producer_byte_rate', value: 1 }], remove: [] },
    ])
    expect(data).toEqual({
      alterClientQuotas: {
        quotas: [],
        errors: [
          { code: 'INVALID_REQUEST', path: ['entries', '1'] },
          { code: 'INVALID_REQUEST', path: ['entries', '2'] },
        ],
      },
    })
  })
})
