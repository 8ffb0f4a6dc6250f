import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codecOf, problemOf } from './codec.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

const NAMES = ['a', 'b', 'ab', 'c']
const name = fc.constantFrom(...NAMES)
const small = fc.integer({ min: 0, max: 3 })
const text = fc.constantFrom('', 'a', 'ab', 'abc', '😀')

/** Few values, so that schemas often fit. */
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(text, fc.constantFrom(null, true, false, 0, 1, 2, 1.5, -1, 0.3)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))

const TYPES = ['null', 'boolean', 'string', 'number', 'integer', 'array', 'object']
const PATTERNS = ['^a', 'b$', '^[ab]+$', 'c']

/** Schemas of draft 2020-12, without formats, and without `contains`, which ajv 8.20 accepts on an empty list beside `prefixItems`. */
const { schema } = fc.letrec(tie => {
  const schemas = fc.array(tie('schema'), { minLength: 1, maxLength: 3 })
  const byName = fc.dictionary(name, tie('schema'), { maxKeys: 2, noNullPrototype: true })
  const byPattern = fc.dictionary(fc.constantFrom(...PATTERNS), tie('schema'), { maxKeys: 1, noNullPrototype: true })
  const keywords = {
    type: fc.oneof(
      fc.constantFrom(...TYPES),
      fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 }),
    ),
    enum: fc.uniqueArray(value, { minLength: 1, maxLength: 3, selector: one => JSON.stringify(one) }),
    const: value,
    ...{ minimum: small, maximum: small, exclusiveMinimum: small, exclusiveMaximum: small },
    multipleOf: fc.constantFrom(1, 2, 0.5),
    ...{ minLength: small, maxLength: small, pattern: fc.constantFrom(...PATTERNS) },
    ...{ items: tie('schema'), prefixItems: schemas },
    ...{ minItems: small, maxItems: small, uniqueItems: fc.boolean(), unevaluatedItems: tie('schema') },
    ...{ properties: byName, patternProperties: byPattern, additionalProperties: tie('schema') },
    ...{ propertyNames: tie('schema'), required: fc.uniqueArray(name, { maxLength: 2 }), dependentSchemas: byName },
    dependentRequired: fc.dictionary(name, fc.uniqueArray(name, { maxLength: 2 }), {
      maxKeys: 1,
      noNullPrototype: true,
    }),
    ...{ minProperties: small, maxProperties: small, unevaluatedProperties: tie('schema') },
    ...{ allOf: schemas, anyOf: schemas, oneOf: schemas, not: tie('schema') },
    $ref: fc.constantFrom('#/$defs/one', '#two'),
  }
  const some = fc
    .uniqueArray(fc.constantFrom(...Object.keys(keywords)), { maxLength: 4 })
    .chain(names => fc.record(Object.fromEntries(Object.entries(keywords).filter(([key]) => names.includes(key)))))
  const condition = fc
    .tuple(tie('schema'), tie('schema'), tie('schema'))
    .map(parts => Object.fromEntries(['if', 'then', 'else'].map((key, index) => [key, parts[index]])))
  return { schema: fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.boolean(), some, some, some, condition) }
})

const document = fc.record({ root: schema, one: schema, two: schema }).map(({ root, one, two }) => ({
  ...(typeof root === 'object' ? root : { allOf: [root] }),
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $defs: { one: withoutReferences(one), two: { $anchor: 'two', allOf: [withoutReferences(two)] } },
}))

/** Definitions refer to nothing, so that no schema leads back to itself. */
const withoutReferences = (one: unknown): unknown =>
  JSON.parse(JSON.stringify(one), (key, inner) => (key === '$ref' ? undefined : inner))

describe('random JSON Schemas', () => {
  it(`accept and refuse the same values as ajv does (seed ${SEED})`, () => {
    // ajv generates code, which is safe on schemas of our own.
    const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false })
    fc.assert(
      fc.property(document, fc.array(value, { minLength: 1, maxLength: 5 }), (one, values) => {
        const validate = ajv.compile(one)
        const codec = codecOf(one)
        for (const each of values) expect(problemOf(codec, each) === null).toBe(validate(each))
      }),
      { seed: SEED, numRuns: 300 },
    )
  })
})
