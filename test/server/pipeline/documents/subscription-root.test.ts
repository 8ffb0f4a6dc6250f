import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { createDocuments } from '../../../../src/server/pipeline/documents/documents.ts'
import { conditionalRootErrors } from '../../../../src/server/pipeline/documents/subscription-root.ts'

const limits = { maxDepth: 20, maxFields: 1000, maxTokens: 10_000 }
const documents = createDocuments(buildSchema(), limits, { maxEntries: 10, maxBytes: 100_000 })
const root = 'clusterHealth'
const refused = (source: string) =>
  documents
    .check({ query: source })
    .errors?.map(({ message, locations, extensions }) => ({ message, locations, code: extensions.code }))

describe('a condition on the root field of a subscription', () => {
  it('is refused with its place and a way to fix it, for any value', () => {
    expect(refused(`subscription Watch ($x: Boolean!) {\n  ${root} @include(if: $x) { brokerCount }\n}`)).toEqual([
      {
        message:
          'Subscription "Watch" must not use @include on its root field, or on a fragment around it: a subscription always has one root field. Use the directive on fields below it.',
        locations: [{ line: 2, column: 17 }],
        code: 'GRAPHQL_VALIDATION_FAILED',
      },
    ])
    expect(refused(`subscription { ${root} @skip(if: false) { brokerCount } }`)).toHaveLength(1)
  })

  it('is refused in each operation of a document, also beside operations without one', () => {
    const fragments = `fragment R on Subscription { ... @skip(if: true) { ...S } } fragment S on Subscription { ${root} { brokerCount } }`
    const source = `subscription A { ...R } subscription B { ...S } subscription C { ... { ...R } } query D { __typename } ${fragments}`
    expect(refused(source)?.map(({ message }) => message.slice(0, 16))).toEqual([
      'Subscription "A"',
      'Subscription "C"',
    ])
  })

  it.each([
    `subscription ($x: Boolean!) { ${root} { brokerCount @include(if: $x) } }`,
    `subscription ($x: Boolean!) { ${root} { ... @skip(if: $x) { brokerCount } } }`,
    'query ($x: Boolean!) { ... @include(if: $x) { cluster { id @skip(if: $x) } } }',
  ])('is accepted elsewhere: %s', source => {
    expect(refused(source)).toBeUndefined()
  })

  it('is searched once in each fragment, and the search ends in one that spreads itself', () => {
    const chain = Array.from(
      { length: 500 },
      (_, at) => `fragment F${at} on Subscription { ...F${at + 1} ...F${at + 1} }`,
    )
    const operations = Array.from({ length: 500 }, (_, at) => `subscription S${at} { ...F0 }`)
    expect(conditionalRootErrors(parse([...operations, ...chain].join(' ')))).toEqual([])
    const endless = 'subscription { ...A } fragment A on Subscription { ...B } fragment B on Subscription { ...A }'
    expect(conditionalRootErrors(parse(endless))).toEqual([])
    expect(refused(endless)?.[0]?.message).toContain('Cannot spread fragment')
  })
})
