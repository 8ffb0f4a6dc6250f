import { describe, expect, it } from 'vitest'
import { EncodeProblem, type SchemaCodec } from '../../../src/payloads/schema-codec.ts'
import { codecOf, proto3 } from './codec.ts'

const codec = proto3(`
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/duration.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/any.proto";
  import "google/protobuf/wrappers.proto";
  import "google/protobuf/field_mask.proto";
  import "confluent/type/decimal.proto";
  message Order {
    int32 number = 1; int64 wide = 2; uint32 count = 3; uint64 big = 4; float ratio = 5; double exact = 6; bool is_paid = 7;
    string note = 8; bytes raw = 9; Color color = 10; repeated Line lines = 11; map<int32, Line> by_number = 12;
    map<bool, string> by_bool = 13;
    oneof way { string post = 14; string pick_up = 15; }
    google.protobuf.Timestamp at = 16; google.protobuf.Duration took = 17; google.protobuf.Value value = 18;
    google.protobuf.Any any = 19; google.protobuf.BoolValue maybe = 20; google.protobuf.FieldMask mask = 21;
    confluent.type.Decimal price = 22; Order inner = 23; repeated sint32 deltas = 24;
  }
  message Line { string sku = 1; message Part { int32 size = 1; } }
  enum Color { NONE = 0; RED = 1; }
`)

const problemOf = (value: unknown, name?: string, by: SchemaCodec = codec): string | null => {
  try {
    by.encode(value, name)
    return null
  } catch (thrown) {
    if (thrown instanceof EncodeProblem) return `${thrown.path}: ${thrown.message}`
    throw thrown
  }
}

const INT32 = 'a whole number between -2147483648 and 2147483647'
const INT64 = 'a whole number between -9223372036854775808 and 9223372036854775807'

describe('a value that is written as Protobuf', () => {
  it.each([
    [{ number: 2 ** 31 }, `$.number: expected ${INT32}, found 2147483648`],
    [{ number: 1.5 }, `$.number: expected ${INT32}, found 1.5`],
    [{ number: 'x' }, `$.number: expected ${INT32}, found "x"`],
    [{ number: true }, `$.number: expected ${INT32}, found true`],
    [{ wide: '9223372036854775808' }, `$.wide: expected ${INT64}, found "9223372036854775808"`],
    [
      { wide: 2 ** 60 },
      `$.wide: expected ${INT64}, beyond ±(2^53 - 1) as text because JSON parsers round it, found 1152921504606847000`,
    ],
    [{ count: -1 }, '$.count: expected a whole number between 0 and 4294967295, found -1'],
    [{ big: '-1' }, '$.big: expected a whole number between 0 and 18446744073709551615, found "-1"'],
    [{ ratio: 1e39 }, '$.ratio: expected a number that fits 32 bits, found 1e+39'],
    [{ exact: 'many' }, '$.exact: expected a number, or the text NaN, Infinity or -Infinity, found "many"'],
    [{ isPaid: 1 }, '$.isPaid: expected true or false, found 1'],
    [{ note: 5 }, '$.note: expected a text, found 5'],
    [{ note: '\ud800' }, '$.note: the text has half a character (a lone surrogate), which UTF-8 cannot hold'],
    [{ raw: 'not base64!' }, '$.raw: expected bytes as base64, found "not base64!"'],
    [{ color: 'BLUE' }, '$.color: expected a value of Color (NONE, RED), found "BLUE"'],
    [{ lines: {} }, '$.lines: expected a list, found an object'],
    [{ lines: [{}, null] }, '$.lines[1]: expected an object, Line, found null'],
    [{ lines: [{ sku: 'a' }, { sku: [] }] }, '$.lines[1].sku: expected a text, found a list'],
    [{ byNumber: { x: {} } }, `$.byNumber.x: expected ${INT32}, found "x"`],
    [{ byNumber: { 5: { sku: 1 } } }, "$.byNumber['5'].sku: expected a text, found 1"],
    [{ byBool: { yes: '' } }, '$.byBool.yes: expected true or false, found "yes"'],
    [{ byBool: [] }, '$.byBool: expected an object, a map, found a list'],
    [{ post: 'a', pickUp: 'b' }, '$.pickUp: only one of post and pickUp may be set'],
    [
      { at: '2026-02-30T00:00:00Z' },
      '$.at: expected a time such as 2026-02-03T04:05:06.789Z, found "2026-02-30T00:00:00Z"',
    ],
    [{ took: '1m' }, '$.took: expected a duration in seconds such as 1.5s, found "1m"'],
    [{ value: { a: [undefined] } }, '$.value.a[0]: expected a JSON value, found nothing'],
    [{ any: { '@type': 'x/Line', sku: 5 } }, "$.any['@type'].sku: expected a text, found 5"],
    [{ any: { '@type': 'x/Unknown', value: '!' } }, '$.any.value: expected bytes as base64, found "!"'],
    [
      { any: { '@type': 'type.googleapis.com/shop.Oder', amount: 5 } },
      `$.any['@type']: the schema has no message "shop.Oder"`,
    ],
    [
      { any: { '@type': 'x/shop.Oder', value: 'AQI=', amount: 5 } },
      '$.any.amount: an Any of "shop.Oder" has only the fields @type and value',
    ],
    [
      { any: { '@type': 'x/google.protobuf.Duration', value: '1s', nanos: 5 } },
      '$.any.nanos: an Any of "google.protobuf.Duration" has only the fields @type and value',
    ],
    [{ any: { a: 1 } }, "$.any['@type']: expected a text, found nothing"],
    [{ maybe: 'yes' }, '$.maybe: expected true or false, found "yes"'],
    [{ mask: 5 }, '$.mask: expected a text, found 5'],
    [{ price: '1,5' }, '$.price: expected a decimal as text such as 12.50, found "1,5"'],
    [{ price: 2 ** 60 }, '$.price: has too many digits for a number: write it as text'],
    [{ price: 1234567890.1234567 }, '$.price: has too many digits for a number: write it as text'],
    [{ isPaid: true, is_paid: true }, '$.is_paid: the field is given twice, as isPaid and as is_paid'],
    [{ deltas: [1, '2', 2.5] }, `$.deltas[2]: expected ${INT32}, found 2.5`],
    [{ lines: [{ skew: 1 }] }, '$.lines[0].skew: Line has no field "skew"; it has sku'],
    [
      { 'odd name': 1 },
      '$[\'odd name\']: Order has no field "odd name"; it has number, wide, count, big, ratio, exact, isPaid, note, raw, color, …',
    ],
    [
      { constructor: 1 },
      '$.constructor: Order has no field "constructor"; it has number, wide, count, big, ratio, exact, isPaid, note, raw, color, …',
    ],
    [[], '$: expected an object, Order, found a list'],
    ['text', '$: expected an object, Order, found "text"'],
    [undefined, '$: expected an object, Order, found nothing'],
  ])('is refused with the path of the field that does not fit (%#)', (value, problem) => {
    expect(problemOf(value)).toBe(problem)
  })

  it.each([
    ['optional int32 foo_bar = 1; optional int32 fooBar = 2;', { foo_bar: 1, fooBar: 2 }],
    ['optional int32 fooBar = 1; optional int32 foo_bar = 2;', { fooBar: 1, foo_bar: 2 }],
    ['optional int32 x = 1 [json_name = "y"]; optional int32 y = 2;', { x: 1, y: 2 }],
    ['optional int32 x = 1 [json_name = "y"]; optional int32 y = 2 [json_name = "x"];', { y: 1, x: 2 }],
    [
      'optional int32 a = 1 [json_name = "b"]; optional int32 b = 2 [json_name = "c"]; optional int32 c = 3;',
      { b: 1, b2: 2, c: 3 },
    ],
  ])('has a name in JSON for each field of %s', (fields, value) => {
    const named = codecOf(`message A { ${fields} }`)
    const { bytes } = named.encode(value)
    expect(bytes.toString('hex')).toMatch(/^08011002/)
    expect(named.decode(bytes, 0, {}).value).toEqual(value)
  })

  it('may be nested up to a depth', () => {
    const nested = (levels: number): unknown => {
      let value: unknown = {}
      for (let level = 0; level < levels; level++) value = { inner: value }
      return value
    }
    const { bytes } = codec.encode(nested(127))
    expect(codec.decode(bytes, 0, {}).value).toEqual(nested(127))
    expect(problemOf(nested(128))).toMatch('nested deeper than 128 messages')
  })

  it('may have numbers as text, texts of numbers, the names of the schema, and null for an absent field', () => {
    const read = (value: unknown) => codec.decode(codec.encode(value).bytes, 0, {}).value
    expect(read({ number: '5', wide: 5, exact: '1.5e3', ratio: 'NaN', is_paid: true, color: 1, note: null })).toEqual({
      ...{ number: 5, wide: '5', exact: 1500, ratio: 'NaN', isPaid: true, color: 'RED' },
    })
    expect(read({ price: 12.5 })).toEqual({ price: '12.5' })
    expect(read({ price: -9007199254740991 })).toEqual({ price: '-9007199254740991' })
    expect(read({ raw: '_-8', at: '2026-01-01T01:30:00.5+01:30', took: '-0.25s', value: null, color: 7 })).toEqual({
      ...{ raw: '/+8=', at: '2026-01-01T00:00:00.500Z', took: '-0.250s', value: null, color: 7 },
    })
    expect(read({ any: { '@type': 'x/Unknown', value: 'AQI=' } })).toEqual({
      any: { '@type': 'x/Unknown', value: 'AQI=' },
    })
  })

  it('is of the first message, or of the one that is named', () => {
    expect(codec.encode({}).messageIndexes).toEqual([0])
    expect(codec.encode({}, 'Line').messageIndexes).toEqual([1])
    expect(codec.encode({ size: 5 }, 'Line.Part')).toEqual({
      bytes: Buffer.from('0805', 'hex'),
      messageIndexes: [1, 0],
    })
    expect(codec.encode({}, 'Part').messageIndexes).toEqual([1, 0])
    expect(problemOf({}, 'Parcel')).toBe('$: the schema has no message "Parcel"; it has Order, Line, Line.Part')
    const two = proto3('package p; message A { message X {} } message B { message X {} }')
    expect(problemOf({}, 'X', two)).toBe('$: "X" may be p.A.X or p.B.X')
    expect(two.encode({}, 'B.X').messageIndexes).toEqual([1, 0])
    expect(problemOf({}, undefined, proto3('enum E { NONE = 0; }'))).toBe('$: the schema has no message')
  })

  it('has the required fields, and only the known values of a closed enum', () => {
    const proto2 = codecOf('message M { required int32 id = 1; optional E e = 2; enum E { A = 1; } }')
    expect(problemOf({}, undefined, proto2)).toBe('$.id: M requires this field')
    expect(problemOf({ id: null }, undefined, proto2)).toBe('$.id: M requires this field')
    expect(problemOf({ id: 1, e: 5 }, undefined, proto2)).toBe('$.e: expected a value of M.E (A), found 5')
  })
})
