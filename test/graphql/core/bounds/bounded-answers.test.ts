import { beforeEach, describe, expect, test } from 'vitest'
import { KafkaError } from '../../../../src/kafka/errors/kafka-error.ts'
import type { Ports } from '../../../../src/kafka/ports/ports.ts'
import { unfaked } from '../../../fakes/unfaked.ts'
import { codes, harness, limits } from '../../harness.ts'

const small = { ...limits, answer: { ...limits.answer, maxValues: 100 } }

const fresh = async () => {
  const world = harness({}, small)
  await world.run(
    `mutation { createTopics(topics: [
      { name: "wide", numPartitions: 30, replicationFactor: 1 }, { name: "narrow", numPartitions: 2, replicationFactor: 1 }
    ]) { errors { code } } }`,
  )
  return world
}

describe('the size of an answer', () => {
  let world: Awaited<ReturnType<typeof fresh>>
  beforeEach(async () => {
    world = await fresh()
  })

  test('is counted in values: as many as are allowed are answered', async () => {
    const answer = await world.run('{ topic(name: "wide") { partitions { partition latestOffset } } }')
    expect(answer.errors).toEqual([])
  })

  test('is bounded: lists within lists count, and the error says what would be right', async () => {
    const { errors } = await world.run(
      '{ topic(name: "wide") { partitions { partition replicas { broker { id } } isr { broker { id } } } } }',
    )
    expect(errors[0]?.extensions).toMatchObject({ code: 'RESPONSE_TOO_LARGE', maxValues: 100 })
    expect(errors[0]?.message).toMatch(/larger than 100 values.*smaller pages/)
  })

  test('is bounded for fields that repeat under aliases, in and around a list', async () => {
    const aliases = (field: string) => Array.from({ length: 4 }, (_, index) => `a${index}: ${field}`).join(' ')
    const inside = await world.run(`{ topic(name: "wide") { partitions { ${aliases('partition')} } } }`)
    const around = await world.run(`{ topic(name: "wide") { ${aliases('partitions { partition }')} } }`)
    const fragments = await world.run(
      `{ topic(name: "wide") { ${aliases('partitions { ...P }')} } } fragment P on Partition { ... on Partition { partition } }`,
    )
    for (const answer of [inside, around, fragments]) expect(codes(answer)).toContain('RESPONSE_TOO_LARGE')
  })

  test('counts once what is asked several times: it is answered once', async () => {
    const aliases = Array.from(
      { length: 4 },
      (_, index) => `a${index}: topic(name: "wide") { partitions { partition } }`,
    )
    const { data, errors } = await world.run<Record<string, unknown>>(`{ ${aliases.join(' ')} }`)
    expect(errors).toEqual([])
    expect(data.a3).toEqual(data.a0)
  })

  test('is measured before a mutation does anything: nothing is done that could not be told', async () => {
    const produce = (count: number) =>
      world.run(
        'mutation ($input: ProduceInput!) { produce(input: $input) { results { partition offset } errors { code } } }',
        { input: { topic: 'narrow', messages: Array.from({ length: count }, () => ({ value: { string: 'x' } })) } },
      )
    const ends = async () => (await world.run('{ topic(name: "narrow") { partitions { latestOffset } } }')).data
    const before = await ends()
    const refused = await produce(34)
    expect(codes(refused)).toEqual(['RESPONSE_TOO_LARGE'])
    expect(refused.errors[0]?.message).toContain('Nothing was changed')
    expect(await ends()).toEqual(before)
    expect((await produce(33)).errors).toEqual([])
    expect(await ends()).not.toEqual(before)
  })

  test('is bounded for mutations, and what they changed is said to stay', async () => {
    const answer = await world.run(
      `mutation { createPartitions(topic: "narrow", totalCount: 60) { topic { partitions { partition leader { id } } } } }`,
    )
    expect(codes(answer)).toContain('RESPONSE_TOO_LARGE')
    expect(answer.errors[0]?.message).toContain('What was changed stays changed.')
  })

  test('bounds how often Kafka is asked by fields that are a question of their own', async () => {
    let asked = 0
    const describeTransactions = async (_call: unknown, ids: readonly string[]) => {
      asked += 1
      return ids.map(() => new KafkaError('TRANSACTIONAL_ID_NOT_FOUND'))
    }
    const { run } = harness({
      ports: { transactions: { ...unfaked<Ports['transactions']>('transactions'), describeTransactions } },
    })
    const ask = (id: (index: number) => number) => {
      const questions = Array.from(
        { length: 400 },
        (_, index) => `a${index}: transaction(transactionalId: "${id(index)}") { transactionalId }`,
      )
      return run(`{ cluster { ${questions.join(' ')} } }`)
    }
    expect(codes(await ask(index => index))).toContain('RESPONSE_TOO_LARGE')
    expect(asked).toBe(100)
    expect(codes(await ask(() => 1))).toEqual([])
    expect(asked).toBe(101)
  })

  test('bounds how often all topics are looked through', async () => {
    const lists = Array.from({ length: 101 }, (_, index) => `a${index}: topics(first: ${index}) { totalCount }`)
    expect(codes(await world.run(`{ ${lists.slice(0, 100).join(' ')} }`))).toEqual([])
    expect(codes(await world.run(`{ ${lists.join(' ')} }`))).toContain('RESPONSE_TOO_LARGE')
  })

  test('is that of one event in a subscription', async () => {
    const { events } = await world.listen(
      'subscription { topicThroughput(topics: ["wide"], interval: "PT0.1S") { partitions { partition latestOffset } } }',
    )
    for (let event = 0; event < 4; event++) expect((await events?.next())?.answer?.errors).toEqual([])
    await events?.return()
  })
})
