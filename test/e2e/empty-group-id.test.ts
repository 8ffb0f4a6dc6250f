import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { groupToolOutput } from '../support/group-tool.ts'
import { commitOffsets } from '../support/groups.ts'
import { OLDEST_KAFKA, ownKafka } from '../support/local-kafka.ts'
import { graphqlWs } from '../support/subscribe.ts'

/** Each its own cluster: while a group has the empty id, Kafka's group tools fail on every group. */
const versions: readonly (readonly [name: string, options: Parameters<typeof ownKafka>[0]])[] = [
  ['the newest Kafka', { nodes: 1 }],
  ['the oldest Kafka', { nodes: 1, version: OLDEST_KAFKA }],
]

const GROUP = `query ($groupId: String!) { consumerGroup(groupId: $groupId) {
  __typename id groupId type protocol groupState coordinator { nodeId } members { consumerId } authorizedOperations
  ... on ConsumerGroup {
    isSimpleConsumerGroup lag timeLag maxPartitionLag { lag }
    offsets { partition { partition } offset metadata latestOffset isOutOfRange }
    topics { topic { name } lag }
  }
} }`

const LISTS = `query ($topic: String!) {
  topic(name: $topic) { groups { group { groupId } lag } }
  cluster {
    byTopic: groups(filter: { topic: $topic }) { ...Page }
    byLag: groups(filter: { minLag: 1, topic: $topic }) { ...Page }
    most: groups(filter: { topic: $topic }, orderBy: { field: LAG, direction: DESC }) { ...Page }
    least: groups(filter: { topic: $topic }, orderBy: { field: LAG, direction: ASC }) { ...Page }
    all: groups(orderBy: { field: MEMBERS }) { ...Page }
    byState: groups(orderBy: { field: STATE, direction: DESC }) { ...Page }
    first: groups(first: 1) { ...Page }
  }
}
fragment Page on GroupConnection { errors { code message } nodes { groupId } pageInfo { endCursor } }`

interface Page {
  readonly errors: readonly unknown[]
  readonly nodes: readonly { readonly groupId: string }[]
  readonly pageInfo: { readonly endCursor: string }
}

interface Lists {
  readonly topic: { readonly groups: readonly unknown[] }
  readonly cluster: Readonly<Record<string, Page>>
}

type Refusal = {
  readonly errors: readonly { readonly code: string; readonly message: string; readonly path: unknown }[]
}

const OTHER = 'other'

describe.each(versions)('the group with the empty id, on %s', (_, options) => {
  let kafka: LocalKafka
  let app: TestApp
  let topic: string

  beforeAll(async () => {
    kafka = await ownKafka(options)
    app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
    topic = await app.freshTopic({ numPartitions: 2 })
    await app.produce({ topic, messages: [1, 2, 3, 4].map(n => ({ partition: 0, value: { string: `${n}` } })) })
    await commitOffsets(app.kafka, '', { [topic]: [1n] })
    await commitOffsets(app.kafka, OTHER, { [topic]: [2n] })
  })
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]()
    await kafka?.[Symbol.asyncDispose]()
  })

  test('is described and read like every other, and found again by its global id', async () => {
    const { consumerGroup } = await app.dataOf<{ consumerGroup: { readonly id: string } }>(GROUP, { groupId: '' })
    expect(consumerGroup).toEqual({
      __typename: 'ConsumerGroup',
      id: expect.any(String),
      groupId: '',
      type: 'CLASSIC',
      protocol: '',
      groupState: 'EMPTY',
      coordinator: { nodeId: 1 },
      members: [],
      authorizedOperations: expect.arrayContaining(['READ', 'DELETE', 'DESCRIBE']),
      isSimpleConsumerGroup: true,
      lag: '3',
      timeLag: expect.stringMatching(/^PT/),
      maxPartitionLag: { lag: '3' },
      offsets: [{ partition: { partition: 0 }, offset: '1', metadata: '', latestOffset: '4', isOutOfRange: false }],
      topics: [{ topic: { name: topic }, lag: '3' }],
    })
    const { id } = consumerGroup
    const found = await app.dataOf('query ($id: ID!) { node(id: $id) { id ... on Group { groupId } } }', { id })
    expect(found).toEqual({ node: { id, groupId: '' } })
  })

  test('appears in every list, filter and order, beside the others', async () => {
    const { topic: listed, cluster } = await app.dataOf<Lists>(LISTS, { topic })
    expect(listed.groups).toEqual([
      { group: { groupId: '' }, lag: '3' },
      { group: { groupId: OTHER }, lag: '2' },
    ])
    for (const { errors } of Object.values(cluster)) expect(errors).toEqual([])
    const ids = Object.fromEntries(
      Object.entries(cluster).map(([name, { nodes }]) => [name, nodes.map(({ groupId }) => groupId)]),
    )
    expect(ids).toEqual({
      byTopic: ['', OTHER],
      byLag: ['', OTHER],
      most: ['', OTHER],
      least: [OTHER, ''],
      all: ['', OTHER],
      byState: [OTHER, ''],
      first: [''],
    })
    const rest = await app.dataOf<Lists>(
      'query ($after: Cursor) { cluster { rest: groups(after: $after) { nodes { groupId } } } }',
      { after: cluster.first?.pageInfo.endCursor },
    )
    expect(rest.cluster.rest?.nodes).toEqual([{ groupId: OTHER }])
  })

  test('has no configs: Kafka refuses them for this group only', async () => {
    const { data, errors } = await app.ask<Lists>('{ cluster { groups { nodes { groupId configs { name } } } } }')
    const codes = errors?.map(({ extensions }) => extensions?.code)
    const nodes = data?.cluster.groups?.nodes
    // Brokers before Kafka 4.0 have no configs of groups.
    expect(nodes).toEqual([
      { groupId: '', configs: null },
      { groupId: OTHER, configs: expect.toSatisfy((configs: unknown) => configs === null || Array.isArray(configs)) },
    ])
    expect(codes).toContain('INVALID_REQUEST')
  })

  test('is in the live lag of named groups and of all groups', async () => {
    await using client = graphqlWs(app)
    const lag = (groupIds: readonly string[] | null) =>
      client.subscribe<{ consumerGroupLag: readonly { offset: string; group: { groupId: string } }[] }>(
        'subscription ($groupIds: [String!]) { consumerGroupLag(groupIds: $groupIds, interval: "PT0.1S") { group { groupId } offset } }',
        { groupIds },
      )
    await using named = lag([''])
    await using all = lag(null)
    const own = { group: { groupId: '' }, offset: '1' }
    expect((await named.next()).consumerGroupLag).toEqual([own])
    expect((await all.next()).consumerGroupLag).toEqual([own, { group: { groupId: OTHER }, offset: '2' }])
    await commitOffsets(app.kafka, '', { [topic]: [2n] })
    for (const reader of [named, all]) {
      expect((await reader.next()).consumerGroupLag).toEqual([{ group: { groupId: '' }, offset: '2' }])
    }
  })

  test('accepts committed offsets from outside, and resets', async () => {
    const change = `{ errors { code path } before { offset } after { group { groupId } offset } }`
    const altered = await app.dataOf(
      `mutation ($offsets: [GroupOffsetInput!]!) { alterConsumerGroupOffsets(groupId: "", offsets: $offsets) ${change} }`,
      { offsets: [{ topic, partition: 0, offset: '3' }] },
    )
    const committed = (offset: string) => [{ group: { groupId: '' }, offset }]
    expect(altered).toEqual({
      alterConsumerGroupOffsets: { errors: [], before: [{ offset: '2' }], after: committed('3') },
    })
    const reset = `mutation ($topic: String!, $dryRun: Boolean) { resetConsumerGroupOffsets(
      groupId: "", topic: $topic, partitions: [0], to: { earliest: true }, dryRun: $dryRun) ${change} }`
    for (const dryRun of [true, false]) {
      expect(await app.dataOf(reset, { topic, dryRun })).toEqual({
        resetConsumerGroupOffsets: { errors: [], before: [{ offset: '3' }], after: committed('0') },
      })
    }
  })

  test('is refused only what Kafka refuses it: deleting single offsets, and removing members', async () => {
    const { deleted, other, removed } = await app.dataOf<Readonly<Record<string, Refusal>>>(
      `mutation ($topic: String!) {
        deleted: deleteConsumerGroupOffsets(groupId: "", topic: $topic) { errors { code message path } }
        other: deleteConsumerGroupOffsets(groupId: "${OTHER}", topic: $topic) { errors { code message path } }
        removed: removeMembersFromConsumerGroup(groupId: "", groupInstanceIds: ["one"]) { errors { code message path } }
      }`,
      { topic },
    )
    expect(deleted?.errors).toEqual([
      { code: 'INVALID_GROUP_ID', message: expect.stringContaining('empty id: delete the group'), path: ['groupId'] },
    ])
    expect(other?.errors).toEqual([])
    expect(removed?.errors).toMatchObject([{ code: 'INVALID_GROUP_ID', path: ['groupId'] }])
    // Kafka's own tool meets the same refusal.
    expect(await groupToolOutput(app.kafka, ['--delete-offsets', '--group', '', '--topic', topic])).toContain(
      'The group id is invalid',
    )
  })

  test('is deleted, and GroupDeleted carries its global id', async () => {
    const { consumerGroup } = await app.dataOf<{ consumerGroup: { readonly id: string } }>(GROUP, { groupId: '' })
    const { id } = consumerGroup
    await using client = graphqlWs(app)
    await using changes = client.subscribe<{ groupChanged: unknown }>(
      'subscription { groupChanged(groupIds: [""]) { __typename ... on GroupDeleted { id groupId } } }',
    )
    await eventually(async () => expect(await app.metric('watches')).toBe(1))
    const remove = () =>
      app.dataOf('mutation { deleteGroups(groupIds: [""]) { deletedGroupIds deletedIds errors { code path } } }')
    expect(await remove()).toEqual({ deleteGroups: { deletedGroupIds: [''], deletedIds: [id], errors: [] } })
    expect(await changes.next()).toEqual({ groupChanged: { __typename: 'GroupDeleted', id, groupId: '' } })
    expect(
      await app.dataOf('query ($id: ID!) { node(id: $id) { id } consumerGroup(groupId: "") { id } }', { id }),
    ).toEqual({
      node: null,
      consumerGroup: null,
    })
    expect(await remove()).toMatchObject({
      deleteGroups: { deletedIds: [], errors: [{ code: 'GROUP_ID_NOT_FOUND', path: ['groupIds', '0'] }] },
    })
  })
})
