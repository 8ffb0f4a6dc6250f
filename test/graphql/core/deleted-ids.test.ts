import { describe, expect, it } from 'vitest'
import {
  BrokerChangesDocument,
  ClusterDocument,
  GroupChangesDocument,
  ListTopicsDocument,
  TopicChangesDocument,
} from '../../generated/operations.ts'
import { testCall } from '../../support/call.ts'
import { ScriptedGroups } from '../group/scripted-groups.ts'
import { harness } from '../harness.ts'

type Harness = ReturnType<typeof harness>

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }'

const nodeOf = async ({ run }: Harness, id: string): Promise<unknown> => (await run(NODE, { id })).data

describe('a deletion event carries the global id that `node` found before', () => {
  it('a topic', async () => {
    const world = harness({ topics: { orders: 1, payments: 1 } })
    const [known] = (await world.run(ListTopicsDocument, { first: 1 })).data.topics.nodes
    const id = known?.id ?? ''
    expect(await nodeOf(world, id)).toEqual({ node: { __typename: 'Topic', id } })
    const { events } = await world.listen(TopicChangesDocument, { filter: null })
    world.kafka.removeTopic('orders')
    const event = await events?.next()
    expect(event?.answer?.data.topicChanged).toMatchObject({ __typename: 'TopicDeleted', id, name: 'orders' })
    expect(await nodeOf(world, id)).toEqual({ node: null })
    await events?.return()
  })

  it('a broker', async () => {
    const world = harness({ brokers: 3 })
    const brokers = (await world.run(ClusterDocument)).data.cluster?.brokers ?? []
    const id = brokers.find(({ nodeId }) => nodeId === 2)?.id ?? ''
    expect(await nodeOf(world, id)).toEqual({ node: { __typename: 'Broker', id } })
    const { events } = await world.listen(BrokerChangesDocument)
    const all = await world.kafka.describeCluster(testCall)
    world.kafka.describeCluster = async () => ({ ...all, brokers: all.brokers.filter(({ nodeId }) => nodeId !== 2) })
    const event = await events?.next()
    expect(event?.answer?.data.brokerChanged).toEqual({ __typename: 'BrokerLeft', id, nodeId: 2 })
    expect(await nodeOf(world, id)).toEqual({ node: null })
    await events?.return()
  })

  it.each([
    ['CLASSIC', 'ConsumerGroup', 'readers'],
    ['SHARE', 'ShareGroup', 'queue'],
    ['STREAMS', 'StreamsGroup', 'app:äöü'],
    ['CLASSIC', 'ConsumerGroup', ''],
  ] as const)('a group of type %s', async (type, typeName, groupId) => {
    const groups = new ScriptedGroups({ [groupId]: { type } })
    const world = harness({ ports: { groups, groupAdmin: groups } })
    const known = await world.run<{ consumerGroup: { id: string } }>(
      'query ($groupId: String!) { consumerGroup(groupId: $groupId) { id } }',
      { groupId },
    )
    const { id } = known.data.consumerGroup
    expect(await nodeOf(world, id)).toEqual({ node: { __typename: typeName, id } })
    const { events } = await world.listen(GroupChangesDocument, { groupIds: [groupId], filter: null })
    await groups.deleteGroups(testCall, [groupId])
    const event = await events?.next()
    expect(event?.answer?.data.groupChanged).toEqual({ __typename: 'GroupDeleted', id, groupId })
    expect(await nodeOf(world, id)).toEqual({ node: null })
    await events?.return()
  })
})
