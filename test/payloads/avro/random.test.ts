import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonPath, valueAt } from '../../../src/kafka/json-path.ts'
import { DecodeProblem } from '../../../src/payloads/schema-codec.ts'
import { codecOf } from './codec.ts'
import { avscType, plainCases, unionCases } from './random-schemas.ts'

const LOGICAL_TYPES = [
  { type: 'int', logicalType: 'date' },
  { type: 'int', logicalType: 'time-millis' },
  ...[
    'time-micros',
    'timestamp-millis',
    'timestamp-micros',
    'timestamp-nanos',
    'local-timestamp-millis',
    'local-timestamp-micros',
    'local-timestamp-nanos',
  ].map(logicalType => ({ type: 'long', logicalType })),
]

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

  it.each(LOGICAL_TYPES)('%j takes back what it gives', (schema: object) => {
    const codec = codecOf(schema)
    const isInt = 'type' in schema && schema.type === 'int'
    const values = isInt ? fc.integer().map(BigInt) : fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    const near = fc.integer({ min: -86_400_000, max: 86_400_000 }).map(BigInt)
    fc.assert(
      fc.property(fc.oneof(values, near), time => {
        const { bytes } = codecOf('long').encode(String(time))
        expect(codec.encode(codec.decode(bytes, 0, {}).value).bytes).toEqual(bytes)
      }),
    )
  })

  it('have the same texts in long lists, whatever their length', () => {
    const schema = { type: 'array', items: 'string' }
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀'), maxLength: 80 }), {
      minLength: 500,
      maxLength: 900,
    })
    fc.assert(
      fc.property(texts, list => {
        const bytes = avscType(schema).toBuffer(list)
        expect(codecOf(schema).decode(bytes, 0, {}).value).toEqual(list)
      }),
      { numRuns: 20 },
    )
    const ascii = Array.from({ length: 3000 }, (_, index) => 'x'.repeat(index % 70))
    expect(codecOf(schema).decode(avscType(schema).toBuffer(ascii), 0, {}).value).toEqual(ascii)
  })

  it('are read from any byte of a buffer', () => {
    const bytes = Buffer.concat([Buffer.from('000000002a', 'hex'), Buffer.from('\u0006abc\u0002')])
    const schema = {
      type: 'record',
      name: 'R',
      fields: [
        { name: 's', type: 'string' },
        { name: 'n', type: 'int' },
      ],
    }
    expect(codecOf(schema).decode(bytes, 5, {}).value).toEqual({ s: 'abc', n: 1 })
    expect(() => codecOf(schema).decode(bytes.subarray(0, 8), 5, {})).toThrow('truncated at byte 8')
  })

  it('with decimals take back what they give', () => {
    const codec = codecOf({ type: 'fixed', name: 'D', size: 12, logicalType: 'decimal', precision: 28, scale: 7 })
    const limit = 10n ** 28n - 1n
    fc.assert(
      fc.property(fc.bigInt({ min: -limit, max: limit }), unscaled => {
        const bytes = Buffer.from(BigInt.asUintN(96, unscaled).toString(16).padStart(24, '0'), 'hex')
        const { value } = codec.decode(bytes, 0, {})
        expect(BigInt(String(value).replace('.', ''))).toBe(unscaled)
        expect(codec.encode(value).bytes).toEqual(bytes)
      }),
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
