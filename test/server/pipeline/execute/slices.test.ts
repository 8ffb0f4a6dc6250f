import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { Turns } from '../../../../src/async/turns.ts'
import { createClock, createRunner } from './run.ts'

const schema = buildSchema('type Query { items: [Item!]! slow: Int } type Item { n: Int! next: Item words: [String!] }')
const items = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ n, next: { n: n + 1 }, words: ['a', 'b', String(n)] }))
const QUERY = '{ items { n next { n } words } }'

test('an operation yields whenever a turn is over, and its response is complete', async () => {
  const clock = createClock()
  // Every value takes a millisecond.
  const turns = new Turns(clock.now)
  const { ask } = createRunner(schema, { turns })
  const slow = items(200).map(item => ({ ...item, n: () => clock.passes(item.n) }))
  const answer = await ask(QUERY, { items: slow })
  expect(answer).toEqual({ data: { items: items(200).map(({ n, next, words }) => ({ n, next, words })) } })
  expect(turns.givenWay).toBeGreaterThan(10)
})

test('an operation shorter than a turn never yields, and its response is ready at once', () => {
  const turns = new Turns(createClock().now)
  const { begin } = createRunner(schema, { turns })
  const answer = begin(QUERY, { rootValue: { items: items(2000) } })
  expect(answer).not.toBeInstanceOf(Promise)
  expect(turns.givenWay).toBe(0)
})

test('many concurrent operations take turns: the last begins long before the first has ended', async () => {
  const clock = createClock()
  const { ask } = createRunner(schema, { turns: new Turns(clock.now) })
  const order: string[] = []
  const operation = (name: string) => {
    const value = (n: number) => () => {
      order.push(name)
      return clock.passes(n)
    }
    return ask('{ items { n } }', { items: Array.from({ length: 300 }, (_, n) => ({ n: value(n) })) })
  }
  const names = ['a', 'b', 'c', 'd']
  await Promise.all(names.map(operation))
  const ends = names.map(name => order.lastIndexOf(name))
  expect(order.indexOf('d')).toBeLessThan(Math.min(...ends))
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(order.length / 2)
})

test('sockets and timers run in between', async () => {
  const clock = createClock()
  const { ask } = createRunner(schema, { turns: new Turns(clock.now) })
  let turned = 0
  let isOver = false
  const turn = () => {
    turned += 1
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  const value = () => clock.passes(1)
  await ask('{ items { n } }', { items: Array.from({ length: 500 }, () => ({ n: value })) })
  isOver = true
  expect(turned).toBeGreaterThan(5)
})

test('a list that changes meanwhile is answered in its original state', async () => {
  const clock = createClock()
  const { ask } = createRunner(schema, { turns: new Turns(clock.now) })
  const list: { n: () => number }[] = []
  for (let n = 0; n < 200; n++) list.push({ n: () => clock.passes(n) })
  setImmediate(() => list.splice(0))
  const { data } = await ask('{ items { n } }', { items: list })
  expect(data).toEqual({ items: Array.from({ length: 200 }, (_, n) => ({ n })) })
})

test('a long response is written in slices, too', async () => {
  const clock = createClock()
  const { begin, write, turns } = createRunner(schema, { turns: new Turns(clock.now) })
  const answer = await begin(QUERY, { rootValue: { items: items(3000) } })
  const before = turns.givenWay
  const passing = setInterval(() => clock.pass(20), 0)
  clock.pass(20)
  expect(await write(answer)).toEqual({ data: { items: items(3000) } })
  clearInterval(passing)
  expect(turns.givenWay).toBeGreaterThan(before)
})
