import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harness } from '../harness.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const RUNS = { seed: SEED, numRuns: 150 }

interface TopicsAnswer {
  readonly topics: {
    readonly totalCount: number
    readonly nodes: readonly { readonly name: string }[]
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string } }[]
    readonly pageInfo: {
      readonly hasNextPage: boolean
      readonly hasPreviousPage: boolean
      readonly startCursor: string | null
      readonly endCursor: string | null
    }
  }
}

const QUERY = `query ($first: Int, $after: Cursor, $last: Int, $before: Cursor, $filter: TopicFilter, $orderBy: TopicOrder) {
  topics(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    totalCount nodes { name } edges { cursor node { name } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`

const someTopics = fc.dictionary(
  fc.stringMatching(/^[a-cA-C._-]{1,4}$/).filter(name => !/^\.{1,2}$/.test(name)),
  fc.integer({ min: 1, max: 4 }),
  {
    maxKeys: 12,
    noNullPrototype: true,
  },
)
const someOrder = fc.record({
  field: fc.constantFrom('NAME', 'PARTITIONS'),
  direction: fc.constantFrom('ASC', 'DESC'),
})

const expectedOrder = (topics: Readonly<Record<string, number>>, order: { field: string; direction: string }) => {
  const sign = order.direction === 'ASC' ? 1 : -1
  return Object.entries(topics)
    .sort(([name, count], [otherName, otherCount]) => {
      const byCount = order.field === 'PARTITIONS' ? count - otherCount : 0
      return sign * (byCount || (name < otherName ? -1 : 1))
    })
    .map(([name]) => name)
}

describe('topics', () => {
  it(`read forwards or backwards in pages of any size give every topic once, in order (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        someTopics,
        someOrder,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (topics, orderBy, size, backwards) => {
          const { run } = harness({ topics })
          const pages: string[][] = []
          let cursor: string | null = null
          for (let more = true; more; ) {
            const where: Readonly<Record<string, unknown>> = backwards
              ? { last: size, before: cursor }
              : { first: size, after: cursor }
            const { data, errors } = await run<TopicsAnswer>(QUERY, { ...where, orderBy })
            expect(errors).toEqual([])
            const { nodes, edges, pageInfo, totalCount } = data.topics
            expect(totalCount).toBe(Object.keys(topics).length)
            expect(edges.map(({ node }) => node)).toEqual(nodes)
            expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([
              edges[0]?.cursor ?? null,
              edges.at(-1)?.cursor ?? null,
            ])
            expect(backwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage).toBe(cursor !== null)
            pages.push(nodes.map(({ name }) => name))
            more = backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage
            cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor
          }
          expect((backwards ? pages.reverse() : pages).flat()).toEqual(expectedOrder(topics, orderBy))
        },
      ),
      RUNS,
    )
  })

  it(`between two cursors are those between, whatever comes or goes meanwhile (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(someTopics, fc.nat(12), fc.nat(12), fc.nat(12), async (topics, low, high, gone) => {
        const { run, kafka } = harness({ topics })
        const names = expectedOrder(topics, { field: 'NAME', direction: 'ASC' })
        const { data } = await run<TopicsAnswer>(QUERY, {})
        const after = data.topics.edges[low]
        const before = data.topics.edges[high]
        const removed = names[gone]
        if (removed) kafka.removeTopic(removed)
        const page = await run<TopicsAnswer>(QUERY, { after: after?.cursor, before: before?.cursor })
        const between = names.filter(
          name => (!after || name > after.node.name) && (!before || name < before.node.name) && name !== removed,
        )
        expect(page.data.topics.nodes.map(({ name }) => name)).toEqual(between)
      }),
      RUNS,
    )
  })

  it('of a page of none has no cursors', async () => {
    const { data } = await harness({ topics: { a: 1 } }).run<TopicsAnswer>(QUERY, { first: 0 })
    expect(data.topics).toMatchObject({
      totalCount: 1,
      nodes: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })

  it.each([
    [{}, ['Orders', 'orders-eu', 'orders-us', 'payments']],
    [{ names: ['payments', 'nothing', 'orders-us'] }, ['orders-us', 'payments']],
    [{ names: [] }, []],
    [{ nameContains: 'order' }, ['orders-eu', 'orders-us']],
    [{ namePattern: 'orders-.*' }, ['orders-eu', 'orders-us']],
    [{ namePattern: '(?i)orders' }, ['Orders']],
    [{ namePattern: 'order' }, []],
    [{ isInternal: false }, ['Orders', 'orders-eu', 'orders-us', 'payments']],
    [{ isInternal: true }, []],
    [{ underReplicated: true }, ['orders-us']],
    [{ underReplicated: false, nameContains: 'orders' }, ['orders-eu']],
  ])('filtered by %j are those for which it holds', async (filter, expected) => {
    const { run, kafka } = harness({ brokers: 3, topics: { 'orders-eu': 1, 'orders-us': 2, payments: 1, Orders: 1 } })
    kafka.setIsr('orders-us', 1, [1])
    const { data } = await run<TopicsAnswer>(QUERY, { filter })
    expect(data.topics.nodes.map(({ name }) => name)).toEqual(expected)
    expect(data.topics.totalCount).toBe(expected.length)
  })

  it('are not held up by a pattern that would stop a backtracking engine', async () => {
    const name = `${'a'.repeat(200)}!`.replace('!', '-')
    const { run } = harness({ topics: { [name]: 1 } })
    const { data } = await run<TopicsAnswer>(QUERY, { filter: { namePattern: '(a+)+b' } })
    expect(data.topics.nodes).toEqual([])
  })

  it('take one question to Kafka however many fields go back to it', async () => {
    const { run, kafka } = harness({ brokers: 3, topics: { a: 3, b: 2 } })
    const { data, errors } = await run<{ cluster: TopicsAnswer }>(
      '{ cluster { brokers { leaderCount replicaCount } topics { totalCount nodes { name messageCount partitions { isr { brokerId } } } } } topics { totalCount } }',
    )
    expect(errors).toEqual([])
    expect(data.cluster.topics.totalCount).toBe(2)
    expect(kafka.counts).toMatchObject({ listTopics: 1, describeTopics: 0, listOffsets: 1 })
  })
})
