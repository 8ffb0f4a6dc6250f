import fc from 'fast-check'
import { buildSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { Turns } from '../../src/async/turns.ts'
import { LargeEvents } from '../../src/server/pipeline/results/large-events.ts'
import { LargeResult } from '../../src/server/pipeline/results/large-result.ts'
import { serialised } from '../../src/server/pipeline/results/ready-result.ts'
import { shareKey } from '../../src/server/pipeline/results/visibility.ts'
import { createSubscribe } from '../../src/server/pipeline/subscribe/subscription.ts'

interface Context {
  readonly call: { readonly principal?: { readonly name: string; readonly visibility: string } }
  bytesRendered: number
}

const schema = buildSchema(
  'type Query { a: Int } type Subscription { secret(of: String): Secret } type Secret { text: String }',
)
const EVENTS = [{}, {}, {}]
/** How often a text was made. */
let made = 0

const Subscription = schema.getSubscriptionType()?.getFields().secret
const Text = schema.getType('Secret')
if (!Subscription || !Text || !('getFields' in Text)) throw new Error('the schema lacks its types')
Subscription.subscribe = async function* () {
  yield* EVENTS
}
Subscription.resolve = event => event
const field = Text.getFields().text
if (!field || !('resolve' in field)) throw new Error('the schema lacks its field')
field.resolve = (_event, _args, context: Context) => {
  made += 1
  const seen = context.call.principal?.visibility ?? 'everything'
  if (context.bytesRendered > 0) return `${seen} ${'x'.repeat(600_000)}`
  return seen
}

const large = new LargeEvents({ turns: new Turns(), patienceMs: 60_000, toClientResult: result => result })
const SOURCE = 'subscription ($of: String) { secret(of: $of) { text } }'

const contextOf = (visibility: string | null, bytesRendered: number): Context => ({
  call: visibility === null ? {} : { principal: { name: 'User:a', visibility } },
  bytesRendered,
})

/** The texts that each of these principals gets, all subscribed at once, event by event. */
const textsOf = async (visibilities: readonly (string | null)[], bytesRendered = 0) => {
  const subscribe = createSubscribe({ sharedResultBytes: 1 << 26, maxQueryFields: 1000 }, large)
  const streams = []
  for (const visibility of visibilities) {
    const contextValue = contextOf(visibility, bytesRendered)
    const results = await subscribe({ schema, document: parse(SOURCE), variableValues: { of: 'a' }, contextValue })
    if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
    streams.push(results)
  }
  const texts: string[][] = visibilities.map(() => [])
  for (const _ of EVENTS) {
    const round = await Promise.all(streams.map(stream => stream.next()))
    for (const [index, { value }] of round.entries()) {
      const json = value instanceof LargeResult ? Buffer.concat(value.pieces).toString() : serialised(value)
      texts[index]?.push(JSON.parse(json).data.secret.text.split(' ')[0])
      if (value instanceof LargeResult) value.drop()
    }
  }
  for (const stream of streams) await stream.return?.()
  return texts
}

test.each([
  ['small', 0],
  ['large', 600_000],
] as const)('%s results never cross from one visibility to another', async (_, bytes) => {
  made = 0
  const texts = await textsOf(['masked', 'whole', null, 'masked', 'whole', null], bytes)
  const expected = ['masked', 'whole', 'everything', 'masked', 'whole', 'everything']
  expect(texts).toEqual(expected.map(text => EVENTS.map(() => text)))
  // Made once for each event and visibility, not for each of the six.
  expect(made).toBe(3 * EVENTS.length)
})

test('two keys are equal only where visibility and values are', () => {
  const text = fc.oneof(fc.constant(''), fc.string(), fc.constantFrom('"', '" ', '\\', '"a" b'))
  fc.assert(
    fc.property(text, text, text, text, (oneSees, oneValue, otherSees, otherValue) => {
      // Values are the text of a JSON list, or nothing.
      const [one, other] = [JSON.stringify([oneValue]), JSON.stringify([otherValue])]
      const isSame = oneSees === otherSees && one === other
      expect(shareKey(oneSees, one) === shareKey(otherSees, other)).toBe(isSame)
    }),
  )
})
