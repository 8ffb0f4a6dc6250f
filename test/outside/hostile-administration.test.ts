import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { freshTopicName, sharedKafka } from '../support/kafka.ts'
import { createTopicByTool } from '../support/topic-tool.ts'
import { refusalsOf } from './support/refusals.ts'
import { type Product, startProduct, untilReady } from './support/start-product.ts'

const topic = freshTopicName('hostile')
const SECRET = 'a-password-that-nobody-sees'
const LONG = 'x'.repeat(40_000)
const ERRORS = 'errors { code message path }'
let product: Product

beforeAll(async () => {
  const kafka = await sharedKafka()
  await createTopicByTool(kafka, topic, { partitions: 4 })
  product = await startProduct(kafka.bootstrapServers, { MAX_RESPONSE_ITEMS: '1000' })
  await untilReady(product)
})

afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
})

const codeOf = async (query: string, variables: object = {}): Promise<unknown> =>
  (await product.run(query, variables)).errors?.[0]?.extensions?.code

test('a text too long for Kafka is refused at once, and closes no connection', async () => {
  const alter = `mutation ($value: String!) {
    incrementalAlterConfigs(
      resource: { type: TOPIC, name: "${topic}" }, validateOnly: true
      ops: [{ name: "retention.ms", op: SET, value: $value }]
    ) { ${ERRORS} }
  }`
  const [altered, named, beside] = await Promise.all([
    product.run(alter, { value: LONG.repeat(20) }),
    codeOf('query ($name: String!) { configs(resource: { type: TOPIC, name: $name }) { name } }', { name: LONG }),
    product.run(`{ topic(name: "${topic}") { partitions { latestOffset } } }`),
  ])
  expect(refusalsOf(altered, 'incrementalAlterConfigs')).toEqual([
    'INVALID_REQUEST at ops.0: the value of retention.ms has at most 32767 bytes; this one has 800000',
  ])
  expect(named).toBe('INVALID_REQUEST')
  expect(beside.errors).toBeUndefined()
})

test('names with a meaning in JavaScript, and other unusual names, are ordinary names', async () => {
  for (const id of ['__proto__', 'constructor', 'a b', 'a/b', 'a\nb', 'a\u0000b', 'ünï😀', 'x'.repeat(10_000)]) {
    const alter = `mutation ($id: String!) {
      alterConsumerGroupOffsets(groupId: $id, offsets: [{ topic: "${topic}", partition: 0, offset: 0 }]) { ${ERRORS} }
    }`
    expect(refusalsOf(await product.run(alter, { id }), 'alterConsumerGroupOffsets')).toEqual([])
    const { data } = await product.run('query ($id: String!) { consumerGroup(groupId: $id) { groupId } }', { id })
    expect(data).toEqual({ consumerGroup: { groupId: id } })
    const gone = await product.run(
      'mutation ($id: String!) { deleteGroups(groupIds: [$id]) { errors { code message path } } }',
      { id },
    )
    expect(refusalsOf(gone, 'deleteGroups')).toEqual([])
  }
  for (const id of ['', LONG]) {
    const removed = await product.run(
      `mutation ($id: String!) { removeMembersFromConsumerGroup(groupId: $id) { ${ERRORS} } }`,
      { id },
    )
    expect(refusalsOf(removed, 'removeMembersFromConsumerGroup')[0]).toMatch(/^INVALID_GROUP_ID at groupId/)
  }
})

test('a list of 20,000 is refused in every list argument, with its name', async () => {
  const lists = {
    deleteTopics: ['topics', '[String!]!', 'x'],
    deleteGroups: ['groupIds', '[String!]!', 'x'],
    createAcls: [
      'acls',
      '[AclBindingInput!]!',
      { resourceType: 'TOPIC', name: 'x', principal: 'User:x', operation: 'READ' },
    ],
    deleteAcls: ['filters', '[AclBindingFilterInput!]!', { name: 'x' }],
    alterClientQuotas: ['entries', '[ClientQuotaAlterationInput!]!', { entity: [] }],
    alterPartitionReassignments: ['reassignments', '[ReassignmentInput!]!', { topic, partition: 0 }],
  } as const
  for (const [field, [argument, type, item]] of Object.entries(lists)) {
    const { errors } = await product.run(`mutation ($it: ${type}) { ${field}(${argument}: $it) { ${ERRORS} } }`, {
      it: Array.from({ length: 20_000 }, () => item),
    })
    expect([field, errors?.[0]?.extensions]).toEqual([field, { code: 'BAD_USER_INPUT', argument }])
  }
})

test('forged ids and cursors are refused or find nothing', async () => {
  const forged = (text: string) => Buffer.from(text).toString('base64url')
  const node = 'query ($id: ID!) { node(id: $id) { id } }'
  for (const id of ['', '%', '__proto__', forged('constructor:x'), forged('toString:'), forged('Query:x')])
    expect([id, await codeOf(node, { id })]).toEqual([id, 'BAD_USER_INPUT'])
  for (const id of ['Topic:../x', 'Partition:x:-1', 'Broker:NaN', 'ConsumerGroup:', 'Cluster:other', 'ShareGroup:a:b'])
    expect(await product.run(node, { id: forged(id) })).toEqual({ data: { node: null } })
  for (const after of ['x', forged('[]'), forged('{"__proto__":1}'), 'A'.repeat(50_000)])
    expect(await codeOf('query ($after: Cursor) { cluster { groups(after: $after) { totalCount } } }', { after })).toBe(
      'INVALID_CURSOR',
    )
})

test('no response and no log contains a password, whatever else is wrong', async () => {
  const upsert = `mutation ($upserts: [ScramUpsertInput!]) { alterUserScramCredentials(upserts: $upserts) { ${ERRORS} } }`
  const right = { user: 'u', mechanism: 'SCRAM_SHA_256', password: SECRET }
  const answers = await Promise.all([
    product.run(upsert, { upserts: [{ ...right, iterations: -1 }] }),
    product.run(upsert, { upserts: [{ ...right, user: LONG }] }),
    product.run(upsert, { upserts: [{ ...right, mechanism: 'NONE' }] }),
    product.run(upsert, { upserts: [{ ...right, password: [SECRET] }] }),
    product.run(
      `mutation { alterUserScramCredentials(upserts: [{ user: "u", passwort: "${SECRET}" }]) { ${ERRORS} } }`,
    ),
  ])
  expect(JSON.stringify(answers)).not.toContain(SECRET)
  expect(JSON.stringify(product.log)).not.toContain(SECRET)
})

test('a response that would be too large is refused as a whole, over HTTP and WebSocket', async () => {
  const aliases = Array.from({ length: 300 }, (_, index) => `a${index}: partitions { partition }`).join(' ')
  const query = `{ topic(name: "${topic}") { ${aliases} } }`
  const told = await product.run(query)
  expect(told.data).toBeNull()
  expect(told.errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'RESPONSE_TOO_LARGE', maxValues: 1000 }])
  using client = await product.socket()
  client.subscribe('1', query)
  expect((await client.next()).payload).toMatchObject({ errors: [{ extensions: { code: 'RESPONSE_TOO_LARGE' } }] })
})

test('1,000 different watches on one socket, and watches ended at once, leave nothing behind', async () => {
  using client = await product.socket()
  for (let index = 0; index < 1000; index++) {
    const query = `subscription { groupChanged(filter: { groupIdContains: "${index}" }) { __typename } }`
    client.subscribe(String(index), query)
    if (index % 2 === 0) client.send({ type: 'complete', id: String(index) })
  }
  await eventually(async () => expect(await product.metric('kafka_graphql_watch_polls')).toBe(500), { within: 30_000 })
  client.socket.terminate()
  for (const gauge of ['watch_polls', 'watches', 'subscriptions'])
    await eventually(async () => expect(await product.metric(`kafka_graphql_${gauge}`)).toBe(0), { within: 30_000 })
  expect(product.log.filter(({ level }) => level === 'error')).toEqual([])
})
