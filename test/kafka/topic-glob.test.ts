import { expect, it } from 'vitest'
import { isTopicGlob, matchesGlob } from '../../src/kafka/payload/topic-glob.ts'

it.each([
  ['orders', 'orders', true],
  ['orders', 'order', false],
  ['orders', 'orders.v1', false],
  ['orders', 'ord*', true],
  ['orders', '*ers', true],
  ['orders', 'o*d*s', true],
  ['orders', '*', true],
  ['orders', '**', true],
  ['orders', 'order?', true],
  ['orders', 'orders?', false],
  ['orders.v1', 'orders.*', true],
  ['ordersxv1', 'orders.v1', false],
  ['aab', 'a*ab', true],
  ['ab', 'a*ab', false],
  ['', '*', true],
])('%s matches %s: %s', (name, glob, expected) => {
  expect(matchesGlob(name, glob)).toBe(expected)
})

it('a pattern of many stars is matched without going back more than one star', () => {
  expect(matchesGlob(`${'a'.repeat(248)}b`, `${'*a'.repeat(120)}*c`)).toBe(false)
})

it('a pattern has the characters of topic names, * and ?', () => {
  expect(['orders.*', '*', 'a-b_c.?'].every(isTopicGlob)).toBe(true)
  expect(['', 'a b', 'a/b', 'a:b', '[a]'].some(isTopicGlob)).toBe(false)
})
