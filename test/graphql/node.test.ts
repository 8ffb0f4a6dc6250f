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
