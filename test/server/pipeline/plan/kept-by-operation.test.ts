import { parse } from 'graphql'
import { expect, it } from 'vitest'
import { keptByOperation } from '../../../../src/server/pipeline/plan/kept-by-operation.ts'

it('a value is made once for an operation, identified by its document and name', () => {
  const kept = keptByOperation<object>()
  const [one, other] = [parse('query A { a } query B { b }'), parse('query A { a }')]
  const made = kept(one, 'A', () => ({}))
  expect(kept(one, 'A', () => ({}))).toBe(made)
  expect(kept(one, 'B', () => ({}))).not.toBe(made)
  expect(kept(other, 'A', () => ({}))).not.toBe(made)
  expect(kept(one, 'A', () => ({}))).toBe(made)
})

it('a null name equals a missing one; an empty one is a name', () => {
  const kept = keptByOperation<object>()
  const document = parse('{ a }')
  const made = kept(document, undefined, () => ({}))
  expect(kept(document, null, () => ({}))).toBe(made)
  expect(kept(document, '', () => ({}))).not.toBe(made)
})

it('a document of many operations keeps the most recent, and nothing for missing operations', () => {
  const kept = keptByOperation<object>()
  const document = parse('query A { a }')
  const makeAll = () => Array.from({ length: 2_500 }, (_, n) => kept(document, `Q${n}`, () => ({})))
  const first = makeAll()
  for (let n = 0; n < 2_500; n++) expect(kept(document, `none ${n}`, () => undefined)).toBeUndefined()
  const isKept = first.map((made, n) => kept(document, `Q${n}`, () => undefined) === made)
  expect(isKept.filter(is => is)).toHaveLength(32)
  expect(isKept.lastIndexOf(false)).toBe(2_500 - 32 - 1)
})
