import { describe, expect, it } from 'vitest'
import { PassQueue } from '../../../../src/async/pass-queue.ts'
import { codes, harness, limits } from '../../harness.ts'

const create = 'mutation ($topics: [NewTopicInput!]!) { createTopics(topics: $topics) { errors { code } } }'
const aliases = (count: number, field: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field(index)}`).join(' ')

const worldOf = async (topics: number, maxValues: number) => {
  const world = harness({}, { ...limits, answer: { ...limits.answer, maxValues } })
  for (let start = 0; start < topics; start += 100) {
    const named = Array.from({ length: 100 }, (_, index) => ({ name: `orders-${start + index}`, numPartitions: 1 }))
    await world.run(create, { topics: named.map(topic => ({ ...topic, replicationFactor: 1 })) })
  }
  return world
}

describe('passes over a cluster', () => {
  it('are counted: an operation looks at ten items for each value that its answer may have', async () => {
    const { run } = await worldOf(500, 1000)
    const few = await run(`{ ${aliases(8, index => `topics(first: ${index}) { totalCount }`)} }`)
    expect(few.errors).toEqual([])
    const many = await run(`{ ${aliases(80, index => `topics(first: ${index}) { totalCount }`)} }`)
    expect(new Set(codes(many))).toEqual(new Set(['RESPONSE_TOO_LARGE']))
    expect(many.errors[0]?.message).toContain('visits more than 10000 topics')
  })

  it('with a pattern count more', async () => {
    const { run } = await worldOf(500, 1000)
    const pattern = '(orders|payments)-[0-9]{1,300}'
    const answer = await run(`{ topics(filter: { namePattern: "${pattern}" }) { totalCount } }`)
    expect(codes(answer)).toEqual(['RESPONSE_TOO_LARGE'])
  })

  it('measure each topic once, however many lists are ordered by it', async () => {
    const { run, kafka } = await worldOf(100, 100_000)
    let asked = 0
    const list = kafka.listOffsets.bind(kafka)
    kafka.listOffsets = (call, requests) => {
      asked += requests.length
      return list(call, requests)
    }
    const lists = aliases(9, index => `topics(first: ${index}, orderBy: { field: MESSAGES }) { nodes { name } }`)
    expect((await run(`{ ${lists} }`)).errors).toEqual([])
    expect(asked).toBe(200)
  })
})

describe('a pattern', () => {
  it.each([
    ['a'.repeat(1001), 'filter.namePattern has 1001 characters'],
    ['(a?){500}b', 'filter.namePattern repeats too much'],
  ])('that takes long is refused: %#', async (namePattern, message) => {
    const answer = await harness().run('query ($p: String!) { topics(filter: { namePattern: $p }) { totalCount } }', {
      p: namePattern,
    })
    expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
    expect(answer.errors[0]?.message).toContain(message)
  })
})

describe('the queue of passes', () => {
  it('lets a pass go on while its turn is young, and in a later turn once it is old', async () => {
    let now = 0
    const queue = new PassQueue(() => now)
    let hasTurned = false
    setImmediate(() => {
      hasTurned = true
    })
    await queue.begin(1)
    await queue.goOn()
    expect(hasTurned).toBe(false)
    now = 9
    await queue.goOn()
    expect(hasTurned).toBe(true)
  })

  it('lets short passes begin together, so that what they ask is asked together', async () => {
    const queue = new PassQueue()
    let hasTurned = false
    setImmediate(() => {
      hasTurned = true
    })
    await Promise.all(Array.from({ length: 10 }, () => queue.begin(100)))
    expect(hasTurned).toBe(false)
  })

  it('gives each of several long passes a turn of its own', async () => {
    const queue = new PassQueue()
    let turns = 0
    let isOver = false
    const count = (): void => {
      turns += 1
      if (!isOver) setImmediate(count)
    }
    setImmediate(count)
    await Promise.all(Array.from({ length: 10 }, () => queue.begin(5000)))
    isOver = true
    expect(turns).toBeGreaterThanOrEqual(8)
  })
})
