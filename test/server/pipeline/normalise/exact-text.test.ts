import { describe, expect, it } from 'vitest'
import { exactText } from '../../../../src/server/pipeline/normalise/exact-text.ts'

const LONG = 'x'.repeat(1000)

describe('the text of a value', () => {
  const different = [
    ...[null, true, 'true', 1, '1', 1n, '1n', -0, 0, Number.NaN, 'NaN', '', []],
    ...[
      ['1'],
      [1],
      [[1]],
      [1, 2],
      [[1], 2],
      [[1, 2]],
      [{ a: [1], b: 2 }],
      [{ a: [1, 'b', 2] }],
      ['1,2'],
      ['1', '2'],
      ['1","2'],
      ['[1'],
      { a: 1 },
      { b: 1 },
      ['a', 1],
      { a: '1' },
      {},
    ],
    ...[Buffer.from('a'), 'bytes YQ==', 'YQ==', ['a'], LONG, [LONG], [LONG, LONG], { a: [LONG] }, { a: LONG }],
  ]

  it('differs for different values', () => {
    const texts = different.map(exactText)
    expect(texts).not.toContain(null)
    expect(new Set(texts).size).toBe(different.length)
  })

  it('is equal for equal values', () => {
    const copy = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(copy)
      if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
      return Object.assign(Object.create(null), value)
    }
    expect(different.map(copy).map(exactText)).toEqual(different.map(exactText))
  })

  it('is short, even with a long list in many places', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `name ${at}`)
    const values = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`v${at}`, { only: names }]))
    expect(exactText(values)?.length).toBeLessThan(100)
  })

  it('is null for unknown kinds of values', () => {
    expect([new Date(0), Symbol('a'), undefined, () => 1, [new Map()], { a: [new Set()] }].map(exactText)).toEqual(
      Array(6).fill(null),
    )
  })
})
