import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonPath, valueAt } from '../../../src/kafka/json-path.ts'
import { DecodeProblem } from '../../../src/payloads/schema-codec.ts'
import { codecOf } from './codec.ts'
import { avscType, plainCases, unionCases } from './random-schemas.ts'

/** Some paths of a value: to each of its parts, and one to nothing. */
const pathsOf = (value: unknown, path: JsonPath = [], found: JsonPath[] = []): readonly JsonPath[] => {
  found.push(path)
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key], found)
  else found.push([...path, 'nothing'], [...path, 0])
  return found.slice(0, 40)
}

describe('random schemas and values', () => {
  it('are decoded to the values that avsc encoded, and encoded to the same bytes', () => {
    fc.assert(
      fc.property(plainCases, ({ schema, theirs, ours }) => {
        const codec = codecOf(schema)
        const bytes = avscType(schema).toBuffer(theirs)
        expect(codec.decode(bytes, 0, {}).value).toEqual(ours)
        expect(codec.encode(ours).bytes).toEqual(bytes)
      }),
      { numRuns: 300 },
    )
  })

  it('with unions are encoded like avsc does by the names of the branches', () => {
    fc.assert(
      fc.property(unionCases, ({ schema, theirs, ours }) => {
        expect(codecOf(schema).encode(ours).bytes).toEqual(avscType(schema).toBuffer(theirs))
      }),
      { numRuns: 300 },
    )
  })

  it('with unions are encoded to the same bytes from what was decoded', () => {
    fc.assert(
      fc.property(unionCases, ({ schema, theirs }) => {
        const codec = codecOf(schema)
        const bytes = avscType(schema).toBuffer(theirs)
        const { value } = codec.decode(bytes, 0, {})
        expect(codec.encode(value).bytes).toEqual(bytes)
      }),
      { numRuns: 500 },
    )
  })

  it('have the same part at a path as in the whole value', () => {
    fc.assert(
      fc.property(unionCases, ({ schema, theirs }) => {
        const codec = codecOf(schema)
        const bytes = avscType(schema).toBuffer(theirs)
        const { value } = codec.decode(bytes, 0, {})
        for (const path of pathsOf(value))
          expect(codec.decode(bytes, 0, { path }).value, JSON.stringify(path)).toEqual(valueAt(value, path))
      }),
      { numRuns: 200 },
    )
  })

  it('are refused if truncated at any byte, or followed by one more', () => {
    fc.assert(
      fc.property(unionCases, ({ schema, theirs }) => {
        const codec = codecOf(schema)
        const bytes = avscType(schema).toBuffer(theirs)
        for (let length = 0; length < bytes.length; length++)
          for (const path of [[], ['f0'], ['f1', 0]])
            expect(() => codec.decode(bytes.subarray(0, length), 0, { path })).toThrow(`truncated at byte ${length}`)
        const longer = Buffer.concat([bytes, Buffer.of(0)])
        expect(() => codec.decode(longer, 0, {})).toThrow(`a byte is left over at byte ${bytes.length}`)
      }),
      { numRuns: 200 },
    )
  })

  it('become a value or a problem from random bytes, and never anything else', () => {
    fc.assert(
      fc.property(unionCases, fc.uint8Array({ maxLength: 60 }), ({ schema }, bytes) => {
        try {
          codecOf(schema).decode(Buffer.from(bytes), 0, {})
        } catch (problem) {
          expect(problem).toBeInstanceOf(DecodeProblem)
        }
      }),
      { numRuns: 500 },
    )
  })
})
