import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { Permits } from '../../../../src/async/permits.ts'
import { createRunner } from './run.ts'

const schema = buildSchema(
  'type Query { words: [String] more: [String] } type Mutation { words: [String] more: [String] }',
)
const limits = { largeBytes: 1000 }
const words = Array(1000).fill('word')
const QUERY = '{ words more }'
const turn = () => new Promise(resolve => setImmediate(resolve))

/** A large response that takes a while. */
const large = () => ({ words: () => Promise.resolve(words), more: () => turn().then(() => words) })

test('of twenty large responses at once, two run at a time, and all are answered', async () => {
  const permits = new Permits({ most: 2, mostWaiting: 100, patienceMs: 60_000 })
  const { begin, write } = createRunner(schema, { limits, permits })
  let most = 0
  const one = async () => {
    const answer = await begin(QUERY, { rootValue: large() })
    most = Math.max(most, permits.given)
    const seen = await write(answer)
    await turn()
    expect(permits.given).toBeLessThanOrEqual(2)
    answer.permit.giveBack()
    return seen
  }
  const answers = await Promise.all(Array.from({ length: 20 }, one))
  expect(answers).toEqual(Array(20).fill({ data: { words, more: words } }))
  expect(most).toBe(2)
  expect([permits.given, permits.waiting]).toEqual([0, 0])
})

test('small responses need no permit', async () => {
  const permits = new Permits({ most: 0, mostWaiting: 0, patienceMs: 60_000 })
  const { ask } = createRunner(schema, { limits, permits })
  expect(await ask('{ words }', { words: ['a'] })).toEqual({ data: { words: ['a'] } })
})

test('a response that becomes large only when it is written waits then', async () => {
  const permits = new Permits({ most: 1, mostWaiting: 10, patienceMs: 60_000 })
  const { begin, write } = createRunner(schema, { limits: { largeBytes: 70_000 }, permits })
  const aliases = Array.from({ length: 30 }, (_, n) => `a${n}: words`).join(' ')
  const answer = await begin(`{ ${aliases} }`, { rootValue: { words } })
  expect(permits.given).toBe(0)
  permits.take()
  const written = write(answer)
  while (permits.waiting === 0) await turn()
  permits.give()
  expect(Object.keys(Object((await written).data))).toHaveLength(30)
  expect(permits.given).toBe(1)
  answer.permit.giveBack()
  expect(permits.given).toBe(0)
})

test('a client that leaves gives up its place in the queue, and its permit', async () => {
  const permits = new Permits({ most: 1, mostWaiting: 1, patienceMs: 60_000 })
  const { begin } = createRunner(schema, { limits, permits })
  const holder = await begin(QUERY, { rootValue: large() })
  const caller = new AbortController()
  const waiting = begin(QUERY, { rootValue: large(), caller })
  while (permits.waiting === 0) await turn()
  caller.abort()
  const { data, errors, permit } = await waiting
  expect([data, errors[0]?.extensions.code]).toEqual([null, 'CANCELLED'])
  permit.giveBack()
  expect([permits.given, permits.waiting]).toEqual([1, 0])
  holder.permit.giveBack()
  holder.permit.giveBack()
  expect(permits.given).toBe(0)
  const next = await begin(QUERY, { rootValue: large() })
  expect(next.data).not.toBeNull()
  next.permit.giveBack()
})

test('a large response is refused when the queue is full', async () => {
  const { begin } = createRunner(schema, {
    limits,
    permits: new Permits({ most: 1, mostWaiting: 1, patienceMs: 60_000 }),
  })
  const holder = await begin(QUERY, { rootValue: large() })
  const waiting = begin(QUERY, { rootValue: large() })
  const refused = await begin(QUERY, { rootValue: large() })
  expect([refused.data, refused.errors[0]?.extensions.code]).toEqual([null, 'BUSY'])
  refused.permit.giveBack()
  holder.permit.giveBack()
  const served = await waiting
  expect(served.errors).toEqual([])
  served.permit.giveBack()
})

test('operations in the queue are not executed', async () => {
  const permits = new Permits({ most: 1, mostWaiting: 10, patienceMs: 60_000 })
  const { begin } = createRunner(schema, { limits, permits })
  const holder = await begin(QUERY, { rootValue: large() })
  let asked = 0
  const more = () => {
    asked += 1
    return words
  }
  const source = { words, more }
  const waiting = begin(QUERY, { rootValue: source })
  for (let turns = 0; turns < 20; turns++) await turn()
  expect(asked).toBe(0)
  holder.permit.giveBack()
  const answer = await waiting
  expect(asked).toBe(1)
  answer.permit.giveBack()
})

test('a mutation is never refused because of the queue, and is executed even when its client leaves', async () => {
  const permits = new Permits({ most: 1, mostWaiting: 0, patienceMs: 60_000 })
  const { begin } = createRunner(schema, { limits, permits })
  const holder = await begin(QUERY, { rootValue: large() })
  const caller = new AbortController()
  let isDone = false
  const more = () => {
    isDone = true
    return words
  }
  const waiting = begin('mutation { words more }', { rootValue: { words: () => words, more }, caller })
  while (permits.waiting === 0) await turn()
  caller.abort()
  holder.permit.giveBack()
  const answer = await waiting
  expect([answer.errors, isDone]).toEqual([[], true])
  answer.permit.giveBack()
  expect(permits.given).toBe(0)
})
