import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { testCall } from '../../support/call.ts'
import { codes, harness, limits } from '../harness.ts'

interface Names {
  readonly topics: {
    readonly totalCount: number
    readonly nodes: readonly { readonly name: string }[]
    readonly pageInfo: { readonly endCursor: string }
  }
}

const query = (page: string) => `{ topics(${page}) { totalCount nodes { name } pageInfo { endCursor } } }`
const namesOf = ({ topics }: Names) => topics.nodes.map(({ name }) => name)

describe('topics with a setting', () => {
  const fresh = async (chosen = limits) => {
    const made = harness({ topics: { a: 1, b: 1, c: 1, d: 1 } }, chosen)
    const set = (topic: string, name: string, value: string) =>
      made.kafka.incrementalAlterConfigs(testCall, { type: 'TOPIC', name: topic }, [{ op: 'SET', name, value }])
    await set('a', 'cleanup.policy', 'compact')
    await set('b', 'cleanup.policy', 'compact,delete')
    await set('c', 'retention.ms', '604800000')
    return made
  }

  it.each([
    ['{ name: "cleanup.policy" }', ['a', 'b']],
    ['{ name: "cleanup.policy", value: "compact" }', ['a', 'b']],
    ['{ name: "cleanup.policy", value: "compact,delete" }', ['b']],
    ['{ name: "cleanup.policy", value: "delete" }', ['b', 'c', 'd']],
    ['{ name: "retention.ms", value: "604800000" }', ['a', 'b', 'c', 'd']],
    ['{ name: "retention.ms" }', ['c']],
    ['{ name: "no.such.config" }', []],
    ['{ name: "cleanup.policy", value: "pact" }', []],
  ])('hasConfig: %s', async (match, names) => {
    const { run } = await fresh()
    const { data } = await run<Names>(query(`filter: { hasConfig: ${match} }`))
    expect(namesOf(data)).toEqual(names)
    expect(data.topics.totalCount).toBe(names.length)
  })

  it('are asked for as many at a time as a page may have, and only of topics that the rest of the filter lets through', async () => {
    const { run, kafka } = await fresh({ ...limits, page: { default: 2, max: 2 } })
    const all = await run<Names>(query('filter: { hasConfig: { name: "cleanup.policy" } }'))
    expect(namesOf(all.data)).toEqual(['a', 'b'])
    expect(kafka.counts.describeConfigs).toBe(2)
    await run<Names>(query('filter: { names: ["a"], hasConfig: { name: "cleanup.policy" } }'))
    expect(kafka.counts.describeConfigs).toBe(3)
  })

  it('are not guessed where configs may not be read; a topic deleted meanwhile is passed over', async () => {
    const { run, kafka } = await fresh()
    const describe = async (refusal: KafkaError) => {
      Object.assign(kafka, {
        describeConfigs: async (_call: unknown, asked: readonly unknown[]) => asked.map(() => refusal),
      })
      return run<Names>(query('filter: { hasConfig: { name: "cleanup.policy" } }'))
    }
    expect(codes(await describe(new KafkaError('TOPIC_AUTHORIZATION_FAILED')))).toEqual(['TOPIC_AUTHORIZATION_FAILED'])
    expect(namesOf((await describe(new KafkaError('UNKNOWN_TOPIC_OR_PARTITION'))).data)).toEqual([])
  })

  it('of one topic that may not be read do not hide the others: the page names the missing one', async () => {
    const { run, kafka } = await fresh()
    const describeConfigs = kafka.describeConfigs.bind(kafka)
    const refused = new KafkaError('TOPIC_AUTHORIZATION_FAILED')
    kafka.describeConfigs = async (call, resources, options) =>
      (await describeConfigs(call, resources, options)).map((outcome, index) =>
        resources[index]?.name === 'a' ? refused : outcome,
      )
    const { data, errors } = await run<Names>(
      `{ topics(filter: { hasConfig: { name: "cleanup.policy" } }) { totalCount nodes { name } errors { code message } } }`,
    )
    expect(errors).toEqual([])
    expect(data).toEqual({
      topics: {
        totalCount: 1,
        nodes: [{ name: 'b' }],
        errors: [
          {
            code: 'TOPIC_AUTHORIZATION_FAILED',
            message: `Topic "a" could not be filtered by its configs: ${refused.message}`,
          },
        ],
      },
    })
  })
})

describe('topics by messages', () => {
  const fresh = (chosen = limits) => {
    const made = harness({ topics: { a: 2, b: 1, c: 1, d: 1 } }, chosen)
    made.kafka.append('a', 0, ['1', '2'])
    made.kafka.append('a', 1, ['3'])
    made.kafka.append('b', 0, ['1', '2', '3', '4', '5'])
    made.kafka.expire('b', 0, 4)
    made.kafka.append('c', 0, ['1', '2', '3', '4'])
    return made
  }
  const order = (direction: string) => `orderBy: { field: MESSAGES, direction: ${direction} }`

  it('are ordered by how many they store, pages too', async () => {
    const { run } = fresh()
    expect(namesOf((await run<Names>(query(order('ASC')))).data)).toEqual(['d', 'b', 'a', 'c'])
    const first = await run<Names>(query(`first: 3, ${order('DESC')}`))
    expect(namesOf(first.data)).toEqual(['c', 'a', 'b'])
    const rest = await run<Names>(query(`after: "${first.data.topics.pageInfo.endCursor}", ${order('DESC')}`))
    expect(namesOf(rest.data)).toEqual(['d'])
  })

  it('cost one question to Kafka for as many topics as a page may have', async () => {
    const { run, kafka } = fresh()
    await run<Names>(query(order('ASC')))
    expect(kafka.counts.listOffsets).toBe(1)
    const paged = fresh({ ...limits, page: { default: 2, max: 2 } })
    await paged.run<Names>(query(order('ASC')))
    expect(paged.kafka.counts.listOffsets).toBe(2)
  })

  it('whose count is not known for want of a leader count as the smallest', async () => {
    const { run, kafka } = fresh()
    kafka.setLeader('c', 0, null)
    const answer = await run<Names>(query(order('DESC')))
    expect(answer.errors).toEqual([])
    expect(namesOf(answer.data)).toEqual(['a', 'b', 'd', 'c'])
  })
})
