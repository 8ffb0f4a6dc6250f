import { describe, expect, it } from 'vitest'
import { INCOMPATIBLE, inMemoryRegistry } from '../../fakes/in-memory-registry.ts'
import { codes, harness } from '../harness.ts'

const withRegistry = (topics: Readonly<Record<string, number>> = { orders: 1 }) => {
  const registry = inMemoryRegistry()
  return { registry, ...harness({ topics, ports: { schemaRegistry: registry } }) }
}

const registryOf = (selection: string): string => `{ cluster { schemaRegistry { ${selection} } } }`

interface Registry<T> {
  readonly cluster: { readonly schemaRegistry: T }
}

describe('a cluster without a schema registry', () => {
  it('has none, and its topics have no schemas', async () => {
    const { run } = harness({ topics: { orders: 1 } })
    const { data, errors } = await run(
      '{ cluster { schemaRegistry { mode } } topic(name: "orders") { keySchema { schema } valueSchema { schema } } }',
    )
    expect(errors).toEqual([])
    expect(data).toEqual({ cluster: { schemaRegistry: null }, topic: { keySchema: null, valueSchema: null } })
  })
})

describe('subjects', () => {
  it('are listed page by page, by name, by part of their name, with the deleted ones on request', async () => {
    const { registry, run } = withRegistry()
    for (const name of ['c-value', 'a-value', 'b-key', 'Gone-value']) registry.add(name, '"string"')
    await run('mutation { deleteSubject(subject: "Gone-value") { deletedVersions } }')
    const page = (args: string) =>
      run<Registry<{ subjects: { totalCount: number; nodes: unknown; pageInfo: { endCursor: string } } }>>(
        registryOf(`subjects${args} { totalCount nodes { name isDeleted } pageInfo { endCursor hasNextPage } }`),
      )
    const first = (await page('(first: 2)')).data.cluster.schemaRegistry.subjects
    expect(first).toMatchObject({
      totalCount: 3,
      nodes: [
        { name: 'a-value', isDeleted: false },
        { name: 'b-key', isDeleted: false },
      ],
      pageInfo: { hasNextPage: true },
    })
    const rest = (await page(`(first: 2, after: "${first.pageInfo.endCursor}")`)).data.cluster.schemaRegistry.subjects
    expect(rest.nodes).toEqual([{ name: 'c-value', isDeleted: false }])
    const values = (await page('(nameContains: "-value", isDeleted: true, last: 3)')).data.cluster.schemaRegistry
    expect(values.subjects.nodes).toEqual([
      { name: 'Gone-value', isDeleted: true },
      { name: 'a-value', isDeleted: false },
      { name: 'c-value', isDeleted: false },
    ])
  })

  it('show their versions, the latest, their level and the topic that they are named after', async () => {
    const { registry, run } = withRegistry({ orders: 1, other: 1 })
    registry.add('orders-value', 'one')
    registry.add('orders-value', 'two')
    registry.add('no-such-topic-value', 'one')
    registry.add(':.staging:orders-key', 'key')
    registry.add('shop.Order', 'one')
    const { data, errors } = await run<Registry<{ subjects: { nodes: readonly { name: string; topics: unknown }[] } }>>(
      registryOf(`subjects { nodes {
        name compatibilityLevel versions { version schema { schema } subject { name } } latest { version } topics { name }
      } }`),
    )
    expect(errors).toEqual([])
    const { nodes } = data.cluster.schemaRegistry.subjects
    expect(nodes.map(({ name, topics }) => [name, topics])).toEqual([
      [':.staging:orders-key', [{ name: 'orders' }]],
      ['no-such-topic-value', []],
      ['orders-value', [{ name: 'orders' }]],
      ['shop.Order', []],
    ])
    expect(nodes[2]).toMatchObject({
      compatibilityLevel: 'BACKWARD',
      versions: [
        { version: 1, schema: { schema: 'one' }, subject: { name: 'orders-value' } },
        { version: 2, schema: { schema: 'two' }, subject: { name: 'orders-value' } },
      ],
      latest: { version: 2 },
    })
  })

  it('are found by name and again by their global id, whatever their name', async () => {
    const { registry, run } = withRegistry()
    for (const name of ['orders-value', ':.ctx:with:colons', 'spaces and ünïcode/…']) {
      registry.add(name, '"string"')
      const query = 'query ($name: String!) { cluster { schemaRegistry { subject(name: $name) { id name } } } }'
      const { data } = await run<Registry<{ subject: { id: string; name: string } }>, { name: string }>(query, { name })
      const { id } = data.cluster.schemaRegistry.subject
      const again = await run('query ($id: ID!) { node(id: $id) { __typename id ... on Subject { name } } }', { id })
      expect(again.data).toEqual({ node: { __typename: 'Subject', id, name } })
      await run('mutation ($name: String!) { deleteSubject(subject: $name) { deletedId } }', { name })
      const gone = await run('query ($id: ID!) { node(id: $id) { id } }', { id })
      expect(gone.data).toEqual({ node: null })
    }
  })

  it('with an empty name, or one that no request can carry, are refused', async () => {
    const { run } = withRegistry()
    const query = 'query ($name: String!) { cluster { schemaRegistry { subject(name: $name) { id } } } }'
    expect(codes(await run(query, { name: '' }))).toEqual(['BAD_USER_INPUT'])
    expect(codes(await run(query, { name: '\ud83d' }))).toEqual(['INVALID_REQUEST'])
    expect((await run(query, { name: 'none' })).data).toEqual({ cluster: { schemaRegistry: { subject: null } } })
  })
})

describe('schemas', () => {
  it('show their id, type, references by name, and who uses them', async () => {
    const { registry, run } = withRegistry()
    registry.add('money', 'record Money')
    const references = [{ name: 'shop.Money', subject: 'money', version: 1 }]
    const id = registry.add('orders-value', 'record Order', { references })
    registry.add('copies-value', 'record Order', { references })
    const { data, errors } = await run(
      registryOf(`schema(id: "${id}") {
        schemaId guid schemaType schema referenceNames
        references { version subject { name } schema { schema } } usedBy { version subject { name } }
      }`),
    )
    expect(errors).toEqual([])
    expect(data).toMatchObject({
      cluster: {
        schemaRegistry: {
          schema: {
            schemaId: String(id),
            guid: null,
            schemaType: 'AVRO',
            schema: 'record Order',
            referenceNames: ['shop.Money'],
            references: [{ version: 1, subject: { name: 'money' }, schema: { schema: 'record Money' } }],
            usedBy: [
              { version: 1, subject: { name: 'orders-value' } },
              { version: 1, subject: { name: 'copies-value' } },
            ],
          },
        },
      },
    })
  })

  it.each(['999', '-1', '9223372036854775807'])('with the unknown id %s are null', async id => {
    const { run } = withRegistry()
    const { data, errors } = await run(registryOf(`schema(id: "${id}") { schema }`))
    expect([data, errors]).toEqual([{ cluster: { schemaRegistry: { schema: null } } }, []])
  })
})

describe('topics', () => {
  const SCHEMAS = '{ topics(first: 1000) { nodes { name keySchema { schema } valueSchema { schema schemaId } } } }'

  it('have the latest schemas of the subjects that are named after them', async () => {
    const { registry, run } = withRegistry({ orders: 1, plain: 1 })
    registry.add('orders-key', '"string"')
    registry.add('orders-value', 'one')
    const id = registry.add('orders-value', 'two')
    const { data, errors } = await run(SCHEMAS)
    expect(errors).toEqual([])
    expect(data).toEqual({
      topics: {
        nodes: [
          { name: 'orders', keySchema: { schema: '"string"' }, valueSchema: { schema: 'two', schemaId: String(id) } },
          { name: 'plain', keySchema: null, valueSchema: null },
        ],
      },
    })
  })

  it('of a whole page cost one list of subjects and one request for each subject that is there, a few at a time', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `t${index}`)
    const { registry, run } = withRegistry(Object.fromEntries(names.map(name => [name, 1])))
    for (const name of names.slice(0, 100)) registry.add(`${name}-value`, `schema of ${name}`)
    const { data, errors } = await run<{ topics: { nodes: readonly { valueSchema: unknown }[] } }>(SCHEMAS)
    expect(errors).toEqual([])
    expect(data.topics.nodes.filter(({ valueSchema }) => valueSchema !== null)).toHaveLength(100)
    expect(registry.counts).toEqual({ listSubjects: 1, describeVersion: 100 })
    expect(registry.mostAtOnce).toBeLessThanOrEqual(8)
  })

  it('that are only planned have none', async () => {
    const { registry, run } = withRegistry()
    registry.add('planned-value', '"string"')
    const { data } = await run(
      'mutation { createTopics(topics: [{ name: "planned" }], validateOnly: true) { topics { valueSchema { schema } } } }',
    )
    expect(data).toEqual({ createTopics: { topics: [{ valueSchema: null }] } })
  })

  it('keep their other fields while the registry is down', async () => {
    const { registry, run } = withRegistry({ orders: 1, other: 1 })
    registry.goDown()
    const answer = await run('{ topics { nodes { name valueSchema { schema } } } }')
    expect(answer.data).toEqual({
      topics: {
        nodes: [
          { name: 'orders', valueSchema: null },
          { name: 'other', valueSchema: null },
        ],
      },
    })
    expect(codes(answer)).toEqual(['SCHEMA_REGISTRY_UNAVAILABLE', 'SCHEMA_REGISTRY_UNAVAILABLE'])
  })
})

describe('changes', () => {
  const REGISTER = `mutation ($subject: String!, $schema: String!) {
    registerSchema(subject: $subject, schema: $schema) {
      schemaVersion { version subject { name } schema { schemaType schema } } errors { code path }
    }
  }`

  it('register schemas, and refuse one that is not compatible', async () => {
    const { run } = withRegistry()
    const register = (schema: string) => run(REGISTER, { subject: 'orders-value', schema })
    const first = { version: 1, subject: { name: 'orders-value' }, schema: { schemaType: 'AVRO', schema: 'one' } }
    for (const _ of ['first', 'again'])
      expect((await register('one')).data).toEqual({ registerSchema: { schemaVersion: first, errors: [] } })
    expect((await register(INCOMPATIBLE)).data).toEqual({
      registerSchema: { schemaVersion: null, errors: [{ code: 'INCOMPATIBLE_SCHEMA', path: ['schema'] }] },
    })
    const check = await run(
      registryOf(`checkCompatibility(subject: "orders-value", schema: "${INCOMPATIBLE}") {
        isCompatible reasons { path message }
      }`),
    )
    expect(check.data).toEqual({
      cluster: {
        schemaRegistry: {
          checkCompatibility: {
            isCompatible: false,
            reasons: [{ path: '/fields/0', message: 'The field has no default.' }],
          },
        },
      },
    })
  })

  it('refuse what is no schema or no subject before the registry is asked', async () => {
    const { registry, run } = withRegistry()
    expect(codes(await run(REGISTER, { subject: '', schema: 'one' }))).toEqual(['BAD_USER_INPUT'])
    expect(codes(await run(REGISTER, { subject: 'a', schema: ' \n' }))).toEqual(['BAD_USER_INPUT'])
    const references = Array.from({ length: 1001 }, () => ({ name: 'n', subject: 's', version: 1 }))
    const many = `mutation ($references: [SchemaReferenceInput!]) {
      registerSchema(subject: "a", schema: "b", references: $references) { errors { code } }
    }`
    expect(codes(await run(many, { references }))).toEqual(['BAD_USER_INPUT'])
    expect(registry.counts).toEqual({})
  })

  it('set the level of a subject and of the registry', async () => {
    const { registry, run } = withRegistry()
    registry.add('orders-value', 'one')
    const alter = (args: string) =>
      run(`mutation { alterCompatibility(${args}) { compatibilityLevel subject { name compatibilityLevel } } }`)
    expect((await alter('subject: "orders-value", compatibilityLevel: FULL')).data).toEqual({
      alterCompatibility: {
        compatibilityLevel: 'FULL',
        subject: { name: 'orders-value', compatibilityLevel: 'FULL' },
      },
    })
    expect((await alter('compatibilityLevel: NONE')).data).toEqual({
      alterCompatibility: { compatibilityLevel: 'NONE', subject: null },
    })
    expect((await run(registryOf('compatibilityLevel mode'))).data).toEqual({
      cluster: { schemaRegistry: { compatibilityLevel: 'NONE', mode: 'READWRITE' } },
    })
  })

  it('delete subjects and versions, softly or for good, and name what is not there', async () => {
    const { registry, run } = withRegistry()
    for (const text of ['one', 'two', 'three']) registry.add('orders-value', text)
    const version = await run(
      'mutation { deleteSchemaVersion(subject: "orders-value", version: 2) { deletedVersion errors { code } } }',
    )
    expect(version.data).toEqual({ deleteSchemaVersion: { deletedVersion: 2, errors: [] } })
    const missing = await run(
      'mutation { deleteSchemaVersion(subject: "orders-value", version: 9) { deletedVersion errors { code path } } }',
    )
    expect(missing.data).toEqual({
      deleteSchemaVersion: { deletedVersion: null, errors: [{ code: 'SCHEMA_VERSION_NOT_FOUND', path: ['version'] }] },
    })
    const soft = await run('mutation { deleteSubject(subject: "orders-value") { deletedVersions deletedId } }')
    expect(soft.data).toMatchObject({ deleteSubject: { deletedVersions: [1, 3], deletedId: expect.any(String) } })
    const listed = await run(registryOf('subjects(isDeleted: true) { nodes { name isDeleted versions { version } } }'))
    expect(listed.data).toMatchObject({
      cluster: {
        schemaRegistry: {
          subjects: { nodes: [{ isDeleted: true, versions: [{ version: 1 }, { version: 2 }, { version: 3 }] }] },
        },
      },
    })
    const hard = await run(
      'mutation { deleteSubject(subject: "orders-value", permanent: true) { deletedVersions errors { code } } }',
    )
    expect(hard.data).toEqual({ deleteSubject: { deletedVersions: [1, 2, 3], errors: [] } })
    const gone = await run('mutation { deleteSubject(subject: "orders-value") { deletedId errors { code path } } }')
    expect(gone.data).toEqual({
      deleteSubject: { deletedId: null, errors: [{ code: 'SUBJECT_NOT_FOUND', path: ['subject'] }] },
    })
  })
})
