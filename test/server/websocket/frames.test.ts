import { expect, test } from 'vitest'
import { ReadyResult, serialised } from '../../../src/server/pipeline/results/ready-result.ts'
import { createFrameSplice } from '../../../src/server/websocket/frames.ts'

const next = (id: string, payload: unknown) => JSON.stringify({ id, type: 'next', payload })

test.each([
  ['short', 'x'],
  ['long', 'ö'.repeat(10_000)],
])('a %s ready result in its frame equals one serialised there', (_, value) => {
  const { placeholder, splice } = createFrameSplice()
  const result = { data: { messages: { value: `} "quoted" 0}${value}`, offset: '9007199254740993' } } }
  const frame = next('a"b', placeholder(new ReadyResult(JSON.stringify(result))))
  expect(JSON.parse(String(splice(frame)))).toEqual({ id: 'a"b', type: 'next', payload: result })
})

test('other frames stay unchanged, before and after', () => {
  const { placeholder, splice } = createFrameSplice()
  const plain = next('1', { data: 0 })
  expect(splice(plain)).toBe(plain)
  splice(next('2', placeholder(new ReadyResult('{"data":1}'))))
  expect(splice(plain)).toBe(plain)
})

test('a result is serialised once at most', () => {
  expect(serialised(new ReadyResult('{"data":1}'))).toBe('{"data":1}')
  expect(serialised({ data: { a: 1 } })).toBe('{"data":{"a":1}}')
})
