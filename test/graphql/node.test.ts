import { describe, expect, it } from 'vitest'
import { harness } from './harness.ts'

const IDS = `{
  cluster { id brokers { id } }
  topic(name: "orders") { id partitions { id replicas { id } } }
}`

const idsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'id' ? [String(inner)] : idsIn(inner)))
}

describe('global ids', () => {
  it('are unique, and find the same thing again, in order', async () => {
    const { run } = harness({ brokers: 3, topics: { orders: 2 } })
    const ids = idsIn((await run(IDS)).data)
    expect(new Set(ids).size).toBe(1 + 3 + 1 + 2 + 6)
    const { data, errors } = await run<{ nodes: readonly unknown[] }>(
      `query ($ids: [ID!]!) { nodes(ids: $ids) {
        __typename id
        ... on Cluster { clusterId } ... on Broker { nodeId } ... on Topic { name }
        ... on Partition { partition topic { name } } ... on Replica { brokerId of: partition { partition } }
      } }`,
      { ids },
    )
    expect(errors).toEqual([])
    expect(idsIn(data.nodes)).toEqual(ids)
    expect(data.nodes[0]).toMatchObject({ __typename: 'Cluster', clusterId: 'in-memory' })
    expect(data.nodes[1]).toMatchObject({ __typename: 'Broker', nodeId: 1 })
    expect(data.nodes[4]).toMatchObject({ __typename: 'Topic', name: 'orders' })
    expect(data.nodes[5]).toMatchObject({ __typename: 'Partition', partition: 0, topic: { name: 'orders' } })
    expect(data.nodes[6]).toMatchObject({ __typename: 'Replica', of: { partition: 0 } })
  })

  it('keep their bytes on the default cluster', async () => {
    const { run } = harness({ brokers: 1, topics: { orders: 1 } })
    const { data } = await run<{ topic: { id: string } }>('{ topic(name: "orders") { id } }')
    expect(Buffer.from(data.topic.id, 'base64url').toString()).toBe('Topic:orders')
  })

  it('name their cluster, which finds its own only', async () => {
    const options = { brokers: 1, topics: { orders: 1 } }
    const production = harness({ ...options, clusterName: 'production' })
    const ids = idsIn((await production.run(IDS)).data)
    for (const id of ids) expect(Buffer.from(id, 'base64url').toString()).toMatch(/^[A-Za-z]+@production:/)
    const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
    expect(idsIn((await production.run<{ nodes: unknown }>(NODES, { ids })).data.nodes)).toEqual(ids)
    for (const clusterName of ['staging', 'default']) {
      const { errors } = await harness({ ...options, clusterName }).run('query ($id: ID!) { node(id: $id) { id } }', {
        id: ids.at(-1),
      })
      expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT')
      expect(errors[0]?.message).toContain(`"production", and this is the cluster ${clusterName}`)
    }
  })

  it('are refused in any other writing of the same', async () => {
    const { run } = harness({ brokers: 1, topics: { orders: 1 } })
    for (const text of ['Topic@default:orders', 'Topic@:orders', 'Topic@a@b:orders', '@default:orders']) {
      const id = Buffer.from(text).toString('base64url')
      const { errors } = await run('query ($id: ID!) { node(id: $id) { id } }', { id })
      expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    }
  })

  it('answer null for what is gone', async () => {
    const { run, kafka } = harness({ brokers: 3, topics: { orders: 2 } })
    const ids = idsIn((await run(IDS)).data).slice(4)
    kafka.removeTopic('orders')
    const { data, errors } = await run<{ nodes: unknown[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids,
    })
    expect(errors).toEqual([])
    expect(data.nodes.every(node => node === null)).toBe(true)
  })
})
