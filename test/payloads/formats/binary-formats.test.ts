import { encode as encodeMsgpack } from '@msgpack/msgpack'
import { encode as encodeCbor } from 'cborg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueAt } from '../../../src/kafka/payload/json-path.ts'
import { readCbor } from '../../../src/payloads/formats/cbor.ts'
import type { Format } from '../../../src/payloads/formats/format.ts'
import { readMsgpack } from '../../../src/payloads/formats/msgpack.ts'
import { DECODE_LIMITS, DecodeProblem } from '../../../src/payloads/schema-codec.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

/** JSON values without -0, which JSON text does not keep, and without numbers that become text. */
const jsonValues = fc
  .jsonValue({ maxDepth: 4 })
  .map(value => JSON.parse(JSON.stringify(value)))
  .filter(value => !/\d{16}|\de/i.test(JSON.stringify(value)))

const FORMATS: readonly (readonly [string, (value: unknown) => Uint8Array, Format])[] = [
  ['MessagePack', value => encodeMsgpack(value), readMsgpack],
  ['CBOR', value => encodeCbor(value), readCbor],
]

const problemOf = (read: Format, bytes: Buffer): DecodeProblem => {
  try {
    read(bytes)
  } catch (thrown) {
    if (thrown instanceof DecodeProblem) return thrown
    throw thrown
  }
  throw new Error('the bytes were read')
}

describe.each(FORMATS)('%s', (_, encode, read) => {
  const bytesOf = (value: unknown) => Buffer.from(encode(value))

  it(`reads what another library writes (seed ${SEED})`, () => {
    fc.assert(
      fc.property(jsonValues, value => {
        expect(read(bytesOf(value)).value).toEqual(value)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it(`builds only the value at a path, which is that of the whole (seed ${SEED})`, () => {
    const steps = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat(2)), { maxLength: 3 })
    const trees = fc.letrec(tie => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.integer({ min: -9, max: 9 }),
        fc.string({ maxLength: 3 }),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('tree')),
      ),
    })).tree
    fc.assert(
      fc.property(trees, steps, (tree, path) => {
        expect(read(bytesOf(tree), path).value).toEqual(valueAt(tree, path))
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it(`answers any bytes with a value or a problem, and damage in one place with either (seed ${SEED})`, () => {
    fc.assert(
      fc.property(jsonValues, fc.nat(), fc.nat(255), (value, at, byte) => {
        const bytes = bytesOf(value)
        bytes[at % bytes.length] = byte
        try {
          JSON.stringify(read(bytes).value)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(DecodeProblem)
        }
      }),
      { seed: SEED, numRuns: 2000 },
    )
  })

  it(`says where a truncated payload ends (seed ${SEED})`, () => {
    fc.assert(
      fc.property(jsonValues, fc.nat(), (value, cut) => {
        const bytes = bytesOf([value, 'end'])
        expect(problemOf(read, bytes.subarray(0, cut % bytes.length)).message).toMatch(/truncated/)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('keeps keys that are traps as ordinary fields', () => {
    const fields = ['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":1}}', '{"toString":"x"}']
    for (const text of fields) expect(JSON.stringify(read(bytesOf(JSON.parse(text))).value)).toBe(text)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('finds a key of digits by a number in the path', () => {
    const value = { '1': ['a', { '0': 'b' }] }
    for (const path of [[1], ['1'], [1, 1, 0], [1, '1'], [0]])
      expect(read(bytesOf(value), path).value).toEqual(valueAt(value, path))
  })

  it('refuses more values than the limit', () => {
    const bytes = bytesOf(Array.from({ length: DECODE_LIMITS.values + 1 }, () => null))
    expect(problemOf(read, bytes).message).toBe('more than 100000 values')
    expect(read(bytesOf(Array.from({ length: DECODE_LIMITS.values - 1 }, () => null))).value).toHaveLength(99_999)
  })

  it('refuses values beside the path as well: they are passed over, and counted', () => {
    const bytes = bytesOf({ a: 1, b: Array.from({ length: DECODE_LIMITS.values }, () => null) })
    expect(() => read(bytes, ['a'])).toThrow('more than 100000 values')
  })

  it('refuses text that becomes more JSON than the limit', () => {
    const bytes = bytesOf(Array.from({ length: 17 }, () => 'x'.repeat(1_000_000)))
    expect(problemOf(read, bytes).message).toBe('more than 16777216 bytes of JSON')
  })
})

describe('10 MB of nesting', () => {
  it.each([
    ['MessagePack lists', 0x91, readMsgpack],
    ['MessagePack maps of maps', 0x81, readMsgpack],
    ['CBOR lists', 0x81, readCbor],
    ['CBOR lists without a length', 0x9f, readCbor],
    ['CBOR maps', 0xa1, readCbor],
    ['CBOR tags', 0xc6, readCbor],
    ['CBOR tags of times', 0xc1, readCbor],
    ['CBOR big numbers', 0xc2, readCbor],
    ['CBOR decimals', 0xc4, readCbor],
    ['CBOR parts of a text', 0x7f, readCbor],
  ] as const)('of %s is refused', (_, byte, read) => {
    expect(problemOf(read, Buffer.alloc(10_000_000, byte)).message).toMatch(
      /nested deeper|the key of a map is|tags around|around no number|no bytes|no pair|another type|does not use/,
    )
  })

  it('of decimals in decimals is refused', () => {
    expect(() => readCbor(Buffer.from('c482'.repeat(1_000_000), 'hex'))).toThrow('a tag around no number')
  })
})

it.each([
  ['text', 0x7f, 0x60],
  ['bytes', 0x5f, 0x40],
])('CBOR %s of more parts than the limit is refused, also beside the path', (_, head, part) => {
  const of = (parts: number) =>
    Buffer.concat([Buffer.from([0xa1, 0x61, 0x61, head]), Buffer.alloc(parts, part), Buffer.from([0xff])])
  expect(problemOf(readCbor, of(300_000)).message).toBe('more than 100000 parts')
  expect(() => readCbor(of(300_000), ['b'])).toThrow('more than 100000 parts')
  expect(readCbor(of(100_000)).value).toEqual({ a: '' })
})

it.each([
  ['MessagePack', '8101a178', readMsgpack],
  ['CBOR', 'a1016178', readCbor],
])('the key 1 of a map of %s is found by a number and by text', (_, hex, read) => {
  const bytes = Buffer.from(hex, 'hex')
  expect(read(bytes).value).toEqual({ '1': 'x' })
  for (const step of [1, '1']) expect(read(bytes, [step]).value).toBe('x')
})

it('a CBOR number of a megabyte is refused', () => {
  const bytes = Buffer.concat([Buffer.from('c25a000f4240', 'hex'), Buffer.alloc(1_000_000, 0xff)])
  expect(() => readCbor(bytes)).toThrow('a number of 1000000 bytes: at most 256 are read')
})
