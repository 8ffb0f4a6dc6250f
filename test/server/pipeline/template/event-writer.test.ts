import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Turns } from '../../../../src/async/turns.ts'
import { piecesInTurns } from '../../../../src/server/pipeline/results/plain-json.ts'
import { EventWriter } from '../../../../src/server/pipeline/template/event-writer.ts'
import { rendererInJs } from '../../../../src/server/pipeline/template/renderer-in-js.ts'
import { oddPayload, oddText } from './odd-payloads.ts'

/** A value to write, and its JSON. */
interface Value {
  readonly write: (to: EventWriter) => void
  readonly json: string
}

const stringOf = (bytes: Buffer): string => (isUtf8(bytes) ? JSON.stringify(bytes.toString()) : 'null')

const longText = fc.integer({ min: 1, max: 60_000 }).map(length => '"\ud83d€'.repeat(length))

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constant({ write: (to: EventWriter) => to.null(), json: 'null' }),
  fc.boolean().map(one => ({ write: (to: EventWriter) => to.boolean(one), json: String(one) })),
  fc
    .oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(-0, 9, 10, 99, 100, 2 ** 53 - 1, -(2 ** 53) + 1))
    .map(one => ({ write: (to: EventWriter) => to.integer(one), json: JSON.stringify(one) })),
  fc
    .oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -9n, max: 2n ** 54n }))
    .map(one => ({ write: (to: EventWriter) => to.digits(one), json: `"${one}"` })),
  fc
    .oneof({ weight: 20, arbitrary: oddText }, longText)
    .map(one => ({ write: (to: EventWriter) => to.string(one), json: JSON.stringify(one) })),
  oddPayload.map(one => ({ write: (to: EventWriter) => to.utf8(one), json: stringOf(one) })),
  oddPayload.map(one => ({ write: (to: EventWriter) => to.hex(one), json: `"${one.toString('hex')}"` })),
  oddPayload.map(one => ({ write: (to: EventWriter) => to.base64(one), json: `"${one.toString('base64')}"` })),
  fc.jsonValue().map(one => ({ write: (to: EventWriter) => to.json(one), json: JSON.stringify(one) })),
)

const COMMA = Buffer.from(',')

const written = (to: EventWriter, values: readonly Value[]) => {
  to.begin()
  for (const { write } of values) {
    write(to)
    to.constant(COMMA)
  }
  return to.finish()
}

const expected = (values: readonly Value[]): Buffer => Buffer.from(values.map(({ json }) => `${json},`).join(''))

describe.each([
  ['WebAssembly', new EventWriter()],
  ['JavaScript', new EventWriter(rendererInJs())],
])('events in %s', (_, to) => {
  it('are what JSON.stringify writes, at once and in pieces', async () => {
    const events = fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 30 }), async values => {
      const json = expected(values)
      expect(written(to, values).bytes.equals(json)).toBe(true)
      const pieces = await piecesInTurns(written(to, values).pieces(), new Turns())
      expect(Buffer.concat(pieces).equals(json)).toBe(true)
    })
    await fc.assert(events, { numRuns: 200 })
  })

  it('may be much longer than the memory they are written in', () => {
    const values = Array.from({ length: 500 }, (__, at) => {
      const bytes = Buffer.from('\u0001é'.repeat(1000 + at))
      return { write: (each: EventWriter) => each.utf8(bytes), json: stringOf(bytes) }
    })
    expect(written(to, values).bytes.equals(expected(values))).toBe(true)
  })

  it('keep nothing of an event that was not finished', () => {
    to.begin()
    to.utf8(Buffer.alloc(400_000, 'x'))
    to.string('lost')
    expect(written(to, []).bytes.toString()).toBe('')
    const one = { write: (each: EventWriter) => each.integer(1), json: '1' }
    expect(written(to, [one]).bytes.toString()).toBe('1,')
  })

  it('give way to the event loop while a large payload is rendered', async () => {
    let ms = 0
    const turns = new Turns(() => (ms += 5))
    to.begin()
    to.utf8(Buffer.alloc(2_000_000, '\0'))
    await piecesInTurns(to.finish().pieces(), turns)
    expect(turns.givenWay).toBeGreaterThan(5)
  })
})
