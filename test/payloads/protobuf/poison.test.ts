import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { WireReader } from '../../../src/payloads/protobuf/decode/wire-reader.ts'
import { codecOf, decoded, hex, proto3 } from './codec.ts'

const GOLDEN = join(import.meta.dirname, 'golden')
const Cases = z.array(z.object({ indexes: z.array(z.number()), hex: z.string() }))

/** A length-delimited field around some bytes. */
const field = (number: number, inner: Buffer): Buffer => {
  const length: number[] = []
  for (let rest = inner.length; ; rest >>>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest)
    if (rest <= 127) break
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), inner])
}

/** One message within the other. */
const nested = (number: number, levels: number): Buffer => {
  let bytes: Buffer = Buffer.alloc(0)
  for (let level = 0; level < levels; level++) bytes = field(number, bytes)
  return bytes
}

const tree = proto3(
  'message Tree { Tree left = 1; repeated Tree many = 2; map<string, Tree> named = 3; string text = 4; }',
)

describe('hostile Protobuf bytes', () => {
  it.each(['scalars', 'maps', 'proto2', 'well-known', 'editions', 'oneofs'])(
    'cut off anywhere in a message of %s.proto are a problem or the beginning of the message',
    name => {
      const codec = codecOf(readFileSync(join(GOLDEN, `${name}.proto`), 'utf8'))
      const cases = Cases.parse(JSON.parse(readFileSync(join(GOLDEN, `${name}.json`), 'utf8')))
      for (const { indexes, hex: text } of cases) {
        const bytes = hex(text)
        for (let length = 0; length < bytes.length; length++) {
          try {
            codec.decode(bytes.subarray(0, length), 0, { messageIndexes: indexes })
          } catch (error) {
            expect(error).toHaveProperty('name', 'DecodeProblem')
          }
        }
      }
    },
  )

  it('say where they are cut off', () => {
    expect(() => decoded(tree, '22 05 61')).toThrow('truncated at byte 2')
    expect(() => decoded(tree, '0a 02 22')).toThrow('truncated at byte 2')
    expect(() => decoded(tree, '22')).toThrow('truncated at byte 1')
  })

  it.each([
    ['messages', 1],
    ['items of lists', 2],
    ['entries of maps', 3],
    ['unknown fields', 9],
  ])('with 100 KB of nested %s are read up to a depth', (_, number) => {
    const bytes = nested(number, 20_000)
    if (number === 9) expect(tree.decode(bytes, 0, {}).value).toEqual({})
    else if (number === 3) expect(() => tree.decode(bytes, 0, {})).not.toThrow(RangeError)
    else expect(() => tree.decode(bytes, 0, {})).toThrow('nested deeper than 128 levels')
  })

  it('with 10 MB of groups that begin and never end are a problem', () => {
    const proto2 = codecOf('message M { optional group G = 1 { optional G g = 2; optional int32 n = 3; } }')
    for (const byte of [0x0b, 0x2b, 0x13])
      expect(() => proto2.decode(Buffer.alloc(10_000_000, byte), 0, {})).toThrow(/nested deeper|truncated|ends at byte/)
    expect(() => tree.decode(Buffer.alloc(10_000_000, 0x4b), 0, {})).toThrow('nested deeper than 128 levels')
    expect(() => decoded(proto2, '0b 18 01 14')).toThrow('a group ends at byte 4 that did not begin')
    expect(() => decoded(proto2, '0c')).toThrow('a group ends at byte 1 that did not begin')
    expect(decoded(proto2, '0b 18 01 0c')).toEqual({ g: { n: 1 } })
  })

  it('with Any within Any for ever are read up to a depth', () => {
    const codec = proto3('import "google/protobuf/any.proto"; message M { google.protobuf.Any any = 1; }')
    const url = Buffer.from('/google.protobuf.Any')
    let bytes: Buffer = Buffer.alloc(0)
    for (let level = 0; level < 200; level++) bytes = Buffer.concat([field(1, url), field(2, bytes)])
    expect(() => codec.decode(field(1, bytes), 0, {})).toThrow('nested deeper than 128 levels')
  })

  it('with Any that comes twice at each level are read once', () => {
    const codec = proto3('import "google/protobuf/any.proto"; message E { google.protobuf.Any any = 1; }')
    const url = field(1, Buffer.from('/E'))
    let bytes: Buffer = Buffer.alloc(0)
    let value: object = {}
    for (let level = 0; level < 30; level++) {
      bytes = Buffer.concat([field(1, Buffer.concat([url, field(2, bytes)])), hex('0a00')])
      value = { any: { '@type': '/E', ...value } }
    }
    const counted = vi.spyOn(WireReader.prototype, 'count')
    using _ = { [Symbol.dispose]: () => counted.mockRestore() }
    expect(codec.decode(bytes, 0, {}).value).toEqual(value)
    expect(counted.mock.calls.length).toBeLessThan(30 * 4)
  })

  it('with values or bytes beyond the limits in messages that come twice stop at the limit', () => {
    const codec = proto3(
      'import "google/protobuf/struct.proto"; message M { repeated M many = 1; google.protobuf.ListValue list = 2; }',
    )
    const twice = Buffer.concat([field(2, Buffer.alloc(120_000, hex('0a00'))), hex('1200')])
    expect(() => codec.decode(Buffer.concat([field(1, twice), field(1, twice)]), 0, {})).toThrow(
      'more than 100000 values',
    )
    const unknown = Buffer.concat([field(2, field(9, Buffer.alloc(9_000_000))), hex('1200')])
    expect(codec.decode(field(1, unknown), 0, {}).value).toEqual({ many: [{ list: [] }] })
    expect(() => codec.decode(Buffer.concat([field(1, unknown), field(1, unknown)]), 0, {})).toThrow(
      'more than 16777216 bytes of messages that come in parts',
    )
  })

  it('with a JSON value that is nested for ever are read up to a depth', () => {
    const codec = proto3('import "google/protobuf/struct.proto"; message M { google.protobuf.Value value = 1; }')
    let bytes: Buffer = Buffer.alloc(0)
    for (let level = 0; level < 1000; level++) bytes = field(6, field(1, bytes))
    expect(() => codec.decode(field(1, bytes), 0, {})).toThrow('nested deeper than 128 levels')
  })

  it('with too many values stop at the limit', () => {
    const lists = proto3('message M { repeated int32 packed = 1; repeated M many = 2; map<int32, int32> map = 3; }')
    expect(() => lists.decode(field(1, Buffer.alloc(100_000_000)), 0, {})).toThrow('more than 100000 values')
    expect(() => lists.decode(Buffer.alloc(2_000_000, hex('1200')), 0, {})).toThrow('more than 100000 values')
    expect(() => lists.decode(Buffer.alloc(2_000_000, hex('1a00')), 0, {})).not.toThrow(RangeError)
  })

  it('that are larger as JSON than can be shown stop at the limit', () => {
    expect(() => tree.decode(field(4, Buffer.alloc(17_000_000, 0x61)), 0, {})).toThrow('more than 16777216 bytes')
    const bytes = proto3('message M { bytes b = 1; }')
    expect(() => bytes.decode(field(1, Buffer.alloc(13_000_000)), 0, {})).toThrow('more than 16777216 bytes')
  })

  it.each([
    ['a number of 11 bytes', '08 ff ff ff ff ff ff ff ff ff ff 01', 'has more than 10 bytes'],
    ['a field with the number 0', '00 01', 'the field number before byte 1 is 0'],
    ['a wire type that does not exist', '0f', 'the wire type 7 before byte 1 does not exist'],
    ['a length beyond the end', '22 ff ff ff ff 0f', 'truncated at byte 6'],
    ['a text that is not UTF-8', '22 02 c3 28', 'the text at byte 2 is not UTF-8'],
  ])('with %s are a problem', (_, text, problem) => {
    expect(() => decoded(tree, text)).toThrow(problem)
  })

  it('with overlong numbers and huge unknown field numbers are read', () => {
    const codec = proto3('message M { int32 a = 1; bool b = 2; int64 c = 3; }')
    expect(decoded(codec, '88 80 80 00 81 80 80 80 80 00')).toEqual({ a: 1 })
    expect(decoded(codec, 'f8 ff ff ff 0f 01 08 05')).toEqual({ a: 5 })
    expect(decoded(codec, '10 80 80 80 80 80 80 80 80 80 01')).toEqual({ b: true })
    expect(decoded(codec, '08 ff ff ff ff 1f')).toEqual({ a: -1 })
  })

  it('with a field of another wire type skip it, as an unknown field', () => {
    const codec = proto3(
      'message M { int32 a = 1; string b = 2; repeated string c = 3; M d = 4; map<string, int32> e = 5; }',
    )
    expect(decoded(codec, '0a 01 61 10 05 18 05 20 05 28 05 08 07')).toEqual({ a: 7 })
    expect(decoded(codec, '2a 04 08 01 12 00 08 07')).toEqual({ a: 7, e: { '': 0 } })
  })
})

describe('hostile names', () => {
  it('are only names', () => {
    const codec = proto3(`
      message M {
        string a = 1 [json_name = "__proto__"];
        M b = 2 [json_name = "constructor"];
        repeated string c = 3 [json_name = "toString"];
        map<string, M> d = 4 [json_name = "hasOwnProperty"];
        string e = 5 [json_name = "x\\"];process.exit();//"];
        oneof o { string f = 6 [json_name = "valueOf"]; M g = 7 [json_name = "isPrototypeOf"]; }
      }`)
    const text =
      '{"__proto__":"p","constructor":{"__proto__":"q","toString":["t"]},"toString":["s"],"hasOwnProperty":{"__proto__":{"constructor":{}},"constructor":{}},"x\\"];process.exit();//":"e","isPrototypeOf":{"valueOf":""}}'
    const { bytes } = codec.encode(JSON.parse(text))
    const { value } = codec.decode(bytes, 0, {})
    expect(JSON.stringify(value)).toBe(text)
    expect(codec.decode(bytes, 0, { path: ['constructor', 'toString', 0] }).value).toBe('t')
    // A message that comes twice is merged with the one before it, and with nothing that all objects inherit.
    expect(JSON.stringify(codec.decode(Buffer.concat([bytes, hex('1200')]), 0, {}).value)).toBe(text)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(Reflect.get({}, 'toString')).toBe(Object.prototype.toString)
  })

  it('of messages and packages are only names', () => {
    const codec = codecOf(`syntax = "proto3"; package constructor.__proto__;
      message toString { hasOwnProperty a = 1; message hasOwnProperty { __proto__ b = 1; } message __proto__ { int32 c = 1; } }`)
    expect(codec.encode({ a: { b: { c: 1 } } }, 'constructor.__proto__.toString').bytes.toString('hex')).toBe(
      '0a040a020801',
    )
    expect(codec.encode({ c: 1 }, '__proto__').messageIndexes).toEqual([0, 1])
  })
})

describe('hostile schemas', () => {
  const reference = (name: string, schema: string) => ({ name, schema })

  it.each([
    ['is too large', `message M {} // ${'x'.repeat(1_100_000)}`, 'more than 1048576 characters'],
    ['declares too much', `message M { ${'int32 a = 1;'.repeat(30_000)} }`, 'more than 20000 messages, fields'],
    ['nests messages for ever', 'message M {'.repeat(50_000), 'nested deeper than 32 levels'],
    ['nests groups for ever', `message M { ${'optional group G = 1 {'.repeat(30_000)}`, 'nested deeper than 32 levels'],
    ['nests options for ever', `option (a) = ${'{ a: '.repeat(100_000)}`, 'the end'],
    ['has a string without an end', `option a = "${'\\\\'.repeat(1000)}`, 'expected a closing quote'],
    ['has a comment without an end', '/* message M {}', 'no message'],
    ['has a name without an end', `message ${'M'.repeat(600)} {}`, 'more than 512 characters'],
    ['has many names', `package ${'a.'.repeat(400)}a; message M {}`, 'more than 512 characters'],
    ['is nothing but a byte', '\u0000', 'line 1: expected message'],
    ['has a field of the number 0', 'message M { optional int32 a = 0; }', 'between 1 and 536870911'],
    ['has a field of a huge number', 'message M { optional int32 a = 536870912; }', 'between 1 and 536870911'],
    [
      'has a field of a number that is none',
      'message M { optional int32 a = 99999999999999999999; }',
      'line 1: expected the number',
    ],
    [
      'has two fields of one number',
      'message M { optional int32 a = 1; optional int32 b = 1; }',
      'two fields with the number 1',
    ],
    [
      'has two fields of one name',
      'message M { optional int32 a = 1; optional int32 a = 2; }',
      'two fields with the name "a"',
    ],
    ['has two types of one name', 'message M {} enum M { A = 0; }', 'two types have the name "M"'],
    ['has a field of an unknown type', 'message M { optional N n = 1; }', 'M has a field of the unknown type "N"'],
    ['has a map with keys of a type that cannot be one', 'message M { map<double, int32> m = 1; }', 'cannot have keys'],
    [
      'imports a file',
      'import "/etc/passwd"; message M {}',
      'the import "/etc/passwd" is neither among the references',
    ],
    ['imports a page', 'import "http://127.0.0.1/a.proto"; message M {}', 'is neither among the references'],
    ['is of an edition that does not exist', 'edition = "2099"; message M {}', '"2099" is not one of the editions'],
  ])('that %s is a problem', (_, schema, problem) => {
    expect(() => codecOf(schema).encode({})).toThrow(problem)
  })

  it('with many fields of one type in a deep package look the type up once', () => {
    const fields = Array.from({ length: 500 }, (_, index) => `N f${index} = ${index + 1};`)
    const outwards = vi.spyOn(String.prototype, 'lastIndexOf')
    using _ = { [Symbol.dispose]: () => outwards.mockRestore() }
    codecOf(`syntax = "proto3"; package ${'a.'.repeat(200)}a; message M { ${fields.join(' ')} } message N {}`)
    const lookups = outwards.mock.calls.length
    expect(lookups).toBeLessThan(500)
  })

  it('that import each other in a circle are read once each', () => {
    const codec = codecOf('syntax = "proto3"; import "a"; import "main"; message M { A a = 1; }', [
      reference('a', 'syntax = "proto3"; import "b"; import "a"; message A { B b = 1; }'),
      reference('b', 'syntax = "proto3"; import "a"; message B { A a = 1; string s = 2; }'),
      reference('main', 'syntax = "proto3";'),
    ])
    expect(decoded(codec, '0a 06 0a 04 0a 02 0a 00')).toEqual({ a: { b: { a: { b: {} } } } })
  })

  it('cannot replace the well-known types', () => {
    const codec = codecOf(
      'syntax = "proto3"; import "google/protobuf/timestamp.proto"; message M { google.protobuf.Timestamp at = 1; }',
      [
        reference(
          'google/protobuf/timestamp.proto',
          'syntax = "proto3"; package google.protobuf; message Timestamp { string s = 1; }',
        ),
      ],
    )
    expect(decoded(codec, '0a 02 08 01')).toEqual({ at: '1970-01-01T00:00:01Z' })
  })
})
