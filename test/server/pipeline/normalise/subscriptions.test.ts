import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type First, type FirstOf, productServer } from './first-event.ts'

const S = 'messages(topic: "orders", from: { earliest: true })'
const TRANSPORTS = ['a WebSocket', 'an event stream'] as const

let product: Awaited<ReturnType<typeof productServer>>
beforeAll(async () => {
  product = await productServer()
})
afterAll(() => product.server.close())

const of = (message: object): First => ({ data: { messages: message } })

const refusal = ({ data = null, errors = [] }: First) => [data, ...errors.map(error => error.extensions?.code)]

describe.each(TRANSPORTS)('over %s', transport => {
  const first: FirstOf = (...operation) => product.transports[transport](...operation)

  it('a non-null variable that is left out has its default', async () => {
    const root = 'subscription ($t: String! = "orders") { messages(topic: $t) { offset } }'
    expect(await first(root)).toEqual(of({ offset: '7' }))
    const below = `subscription ($k: String! = "none") { ${S} { header(key: $k) { string } offset } }`
    expect(await first(below)).toEqual(of({ header: null, offset: '7' }))
    const condition = `subscription ($d: Boolean! = true) { ${S} { offset partition @skip(if: $d) } }`
    expect(await first(condition)).toEqual(of({ offset: '7' }))
  })

  it('a fragment spread under a condition and again without one is included', async () => {
    const F = 'fragment F on Message { partition }'
    expect(await first(`subscription { ${S} { offset ...F @include(if: false) ...F } } ${F}`)).toEqual(
      of({ offset: '7', partition: 1 }),
    )
    const nested = `subscription ($details: Boolean!) { ${S} { ...Details @include(if: $details) ...Row } }
      fragment Details on Message { serializedSize ...Row } fragment Row on Message { offset ...F } ${F}`
    expect(await first(nested, { details: false })).toEqual(of({ offset: '7', partition: 1 }))
    expect(await first(nested, { details: true })).toEqual(of({ serializedSize: 0, offset: '7', partition: 1 }))
    const twice = `subscription ($x: Boolean!) { ${S} { key { ...P } value @include(if: $x) { ...P } offset } }
      fragment P on MessagePayload { string @skip(if: $x) size }`
    expect(await first(twice, { x: true })).toEqual(of({ key: { size: 1 }, value: { size: 2 }, offset: '7' }))
    expect(await first(twice, { x: false })).toEqual(of({ key: { string: 'k', size: 1 }, offset: '7' }))
  })

  it('an excluded field is not delivered, even beside the same field without a condition', async () => {
    const query = `subscription ($x: Boolean!) { ${S} { value @include(if: $x) { ...P } value { base64 } } }
      fragment P on MessagePayload { string size }`
    expect(await first(query, { x: false })).toEqual(of({ value: { base64: 'e30=' } }))
    expect(await first(query, { x: true })).toEqual(of({ value: { string: '{}', size: 2, base64: 'e30=' } }))
    const inline = `subscription ($x: Boolean!) { ${S} { ... @skip(if: $x) { key { size } } key { string } } }`
    expect(await first(inline, { x: true })).toEqual(of({ key: { string: 'k' } }))
  })

  it('one operation of a document does not affect another', async () => {
    const document = `subscription Small($d: Boolean!) { ${S} { offset ...D @include(if: $d) } }
      subscription Big { ${S} { offset ...D } } fragment D on Message { partition key { string } }`
    const big = of({ offset: '7', partition: 1, key: { string: 'k' } })
    expect(await first(document, { d: false }, 'Small')).toEqual(of({ offset: '7' }))
    expect(await first(document, {}, 'Big')).toEqual(big)
    expect(await first(document, { d: true }, 'Small')).toEqual(big)
    expect(await first(document, { d: false }, 'Small')).toEqual(of({ offset: '7' }))
    expect(await first(document, {}, 'Big')).toEqual(big)
  })

  it.each([
    `subscription ($x: Boolean!) { ${S} @include(if: $x) { offset } }`,
    `subscription ($x: Boolean!) { ${S} @skip(if: $x) { offset } }`,
    `subscription { ${S} @include(if: true) { offset } }`,
    `subscription { ${S} @skip(if: true) { offset } }`,
    `subscription ($x: Boolean!) { ... @include(if: $x) { ${S} { offset } } }`,
    `subscription ($x: Boolean!) { ...R @skip(if: $x) } fragment R on Subscription { ${S} { offset } }`,
    `subscription ($x: Boolean!) { ...Q } fragment Q on Subscription { ...R } fragment R on Subscription { ${S} @skip(if: $x) { offset } }`,
  ])('a condition on the root field is refused with its reason: %s', async query => {
    const before = product.streams.requests.length
    const refused = await first(query, { x: false })
    expect(refusal(refused)).toEqual([null, 'GRAPHQL_VALIDATION_FAILED'])
    expect(refused.errors?.[0]?.message).toMatch(/^An anonymous subscription must not use @(skip|include) on its root/)
    expect(product.streams.requests).toHaveLength(before)
  })

  it.each([
    `subscription ($x: Boolean = true) { ${S} { offset partition @include(if: $x) } }`,
    `subscription ($x: Boolean = true) { ${S} { offset ...F @skip(if: $x) } } fragment F on Message { partition }`,
    `subscription ($x: Boolean = true) { ${S} { offset key { ... @include(if: $x) { string } } } }`,
  ])('a condition that is null is refused before the start, with its name: %s', async query => {
    const before = product.streams.requests.length
    const refused = await first(query, { x: null })
    expect(refusal(refused)).toEqual([null, 'BAD_USER_INPUT'])
    expect(refused.errors?.[0]?.message).toMatch(
      /^Variable "\$x" is null, and @(skip|include)\(if: \$x\) takes true or/,
    )
    expect(product.streams.requests).toHaveLength(before)
    expect((await first(query)).data).toMatchObject({ messages: { offset: '7' } })
  })
})

describe('an unused condition', () => {
  it('may be null, as in a query', async () => {
    const query = `subscription ($x: Boolean = true) { ${S} { offset key @skip(if: true) { string @include(if: $x) } } }`
    expect(await product.transports['a WebSocket'](query, { x: null })).toEqual(of({ offset: '7' }))
  })
})
