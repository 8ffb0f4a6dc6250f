import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Turns } from '../../../../src/async/turns.ts'
import { jsonParts, jsonPieces } from '../../../../src/server/pipeline/results/plain-json.ts'

const written = (value: unknown): string => [...jsonParts(value)].join('')
const nested = (depth: number): unknown => (depth === 0 ? 'x'.repeat(2000) : { a: [nested(depth - 1), 1] })

test('writes what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => written(value) === JSON.stringify(value)),
    { numRuns: 500 },
  )
})

const odd: readonly (readonly [string, unknown])[] = [
  ['a string without a part that is short', '\0'.repeat(300_000)],
  ['pairs of surrogates at the ends of parts', `x${'😀'.repeat(100_000)}`],
  ['lone surrogates', `\ud83d${'a'.repeat(65_535)}\ud83d${'\udc00'.repeat(70_000)}`],
  ['quotes and backslashes', '"\\'.repeat(50_000)],
  ['a long list of numbers', Array.from({ length: 5000 }, (_, n) => n)],
  ['a list with what is no JSON', [undefined, Number.NaN, 'x'.repeat(2000), undefined]],
  ['an object with what is no JSON', { a: undefined, b: 'x'.repeat(2000), c: undefined, d: Number.POSITIVE_INFINITY }],
  ['an object that writes itself', { at: new Date(0), text: 'x'.repeat(2000) }],
  ['deep nesting', nested(200)],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 'x'.repeat(2000) })],
]

test.each(odd)('writes %s as JSON.stringify does', async (_, value) => {
  expect(written(value)).toBe(JSON.stringify(value))
  const pieces = await jsonPieces(value, new Turns())
  expect(Buffer.concat(pieces).toString()).toBe(Buffer.from(JSON.stringify(value)).toString())
})

test('gives way to the event loop', async () => {
  let ms = 0
  const turns = new Turns(() => (ms += 5))
  await jsonPieces('\0'.repeat(1_000_000), turns)
  expect(turns.givenWay).toBeGreaterThan(5)
})

test('fails as JSON.stringify does', async () => {
  await expect(jsonPieces({ a: 1n }, new Turns())).rejects.toThrow(TypeError)
})
