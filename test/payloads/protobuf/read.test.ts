import { describe, expect, it } from 'vitest'
import { codecOf, decoded, hex, proto3 } from './codec.ts'

const codec = proto3(`
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/wrappers.proto";
  import "confluent/type/decimal.proto";
  import "google/type/money.proto";
  message M {
    int32 n = 1; string s = 2; M m = 3; repeated int32 list = 4; map<string, M> map = 5;
    oneof o { string a = 6; M b = 7; google.protobuf.Timestamp t = 8; }
    google.protobuf.Timestamp at = 9;
    confluent.type.Decimal price = 10;
    google.type.Money money = 11;
    float f = 12; double d = 13; optional int32 explicit = 14; Color color = 15;
    google.protobuf.Int64Value wide = 16;
  }
  enum Color { NONE = 0; RED = 1; }
`)
const join = (...parts: readonly string[]): string => parts.join('')

describe('the Protobuf reader', () => {
  it('leaves out fields that are absent, and default values of fields without presence as producers do', () => {
    expect(decoded(codec, '')).toEqual({})
    expect(decoded(codec, '70 00')).toEqual({ explicit: 0 })
    // A producer that writes them anyway has them shown.
    expect(decoded(codec, '08 00')).toEqual({ n: 0 })
  })

  it('takes the last value of a field, adds to lists and merges messages', () => {
    expect(decoded(codec, '08 01 08 02 12 01 61 12 01 62')).toEqual({ n: 2, s: 'b' })
    expect(decoded(codec, '20 01 22 02 02 03 20 04')).toEqual({ list: [1, 2, 3, 4] })
    expect(decoded(codec, '1a 02 08 01 1a 03 12 01 61 1a 02 20 05')).toEqual({ m: { n: 1, s: 'a', list: [5] } })
    expect(decoded(codec, '2a 07 0a 01 6b 12 02 08 01 2a 07 0a 01 6b 12 02 20 02')).toEqual({
      map: { k: { list: [2] } },
    })
  })

  it('merges well-known types that come twice', () => {
    expect(decoded(codec, '4a 02 08 01 4a 02 10 07')).toEqual({ at: '1970-01-01T00:00:01.000000007Z' })
    expect(decoded(codec, '42 02 08 01 42 02 10 07')).toEqual({ t: '1970-01-01T00:00:01.000000007Z' })
    const group = codecOf(`import "google/protobuf/timestamp.proto";
      message M { optional group G = 1 { optional google.protobuf.Timestamp at = 1; } optional int32 n = 2; }`)
    expect(decoded(group, '0b 0a 02 08 01 0a 02 10 07 0c 10 05')).toEqual({
      g: { at: '1970-01-01T00:00:01.000000007Z' },
      n: 5,
    })
    expect(JSON.stringify(decoded(codec, '4a 02 08 01 08 05 4a 02 10 07'))).toBe(
      '{"at":"1970-01-01T00:00:01.000000007Z","n":5}',
    )
  })

  it('keeps the last member of a oneof', () => {
    expect(decoded(codec, '32 01 61 3a 02 08 01')).toEqual({ b: { n: 1 } })
    expect(decoded(codec, '3a 02 08 01 32 01 61')).toEqual({ a: 'a' })
    expect(decoded(codec, '3a 02 08 01 3a 02 20 02')).toEqual({ b: { n: 1, list: [2] } })
    expect(codec.decode(hex('3a 02 08 01 32 01 61'), 0, { path: ['b', 'n'] }).value).toBeUndefined()
  })

  it('shows the first value of a closed enum for an entry of a map without a value', () => {
    const closed = codecOf('enum E { A = 1; B = 0; } message M { map<string, E> map = 1; }')
    expect(decoded(closed, '0a 03 0a 01 6b')).toEqual({ map: { k: 'A' } })
  })

  it('shows enum numbers without a name, and skips unknown fields', () => {
    expect(decoded(codec, '78 01')).toEqual({ color: 'RED' })
    expect(decoded(codec, '78 63')).toEqual({ color: 99 })
    expect(
      decoded(codec, join('a0 1f 05', 'aa 1f 01 00', 'a5 1f 00 00 00 00', 'a1 1f 00 00 00 00 00 00 00 00', '08 03')),
    ).toEqual({
      n: 3,
    })
    expect(decoded(codec, 'a3 1f 08 01 0b 0c a4 1f 08 03')).toEqual({ n: 3 })
  })

  it('shows floats by their shortest decimal, and what JSON has no number for by its name', () => {
    for (const value of [0.1, 3.4, 1e-7, 16777216, 123456.79, 3.4028235e38, 1.1754944e-38, -2047.999, 4096.001]) {
      const bytes = Buffer.alloc(5, 0x65)
      bytes.writeFloatLE(value, 1)
      expect(codec.decode(bytes, 0, {}).value).toEqual({ f: value })
    }
    expect(decoded(codec, '65 00 00 c0 7f 69 00 00 00 00 00 00 f0 ff')).toEqual({ f: 'NaN', d: '-Infinity' })
  })

  it('shows decimals of Confluent exactly, whatever their size', () => {
    expect(decoded(codec, '52 08 0a 02 04 d2 10 04 18 02')).toEqual({ price: '12.34' })
    expect(decoded(codec, '52 05 0a 01 ff 18 03')).toEqual({ price: '-0.001' })
    expect(decoded(codec, '52 00')).toEqual({ price: '0' })
    expect(decoded(codec, join('52 12 0a 10', 'ff'.repeat(16)))).toEqual({ price: '-1' })
    expect(decoded(codec, '52 07 0a 01 01 18 80 80 04')).toEqual({
      price: { value: 'AQ==', precision: 0, scale: 65_536 },
    })
    for (const price of [
      '0.00',
      '-12.50',
      '99999999999999999999999999999999999999.99',
      '-128',
      '127',
      '128',
      '-129',
      '255',
      '-256',
    ]) {
      expect(codec.decode(codec.encode({ price }).bytes, 0, {}).value).toEqual({ price })
    }
  })

  it('shows times that are out of range by their parts, which can be written again', () => {
    const parts = { at: { seconds: '253402300800', nanos: 0 } }
    const { bytes } = codec.encode(parts)
    expect(codec.decode(bytes, 0, {}).value).toEqual(parts)
  })

  it('knows the files of Google and Confluent that their compilers bring along', () => {
    expect(decoded(codec, '5a 07 0a 03 45 55 52 10 05')).toEqual({ money: { currencyCode: 'EUR', units: '5' } })
    const files = ['google/protobuf/descriptor.proto', 'google/protobuf/api.proto', 'google/protobuf/type.proto']
    const more = [
      'google/type/color.proto',
      'google/type/datetime.proto',
      'google/type/phone_number.proto',
      'confluent/meta.proto',
    ]
    for (const file of [...files, ...more]) expect(() => proto3(`import "${file}"; message M {}`)).not.toThrow()
  })

  it('reads the message that the framing names, and names one that does not exist', () => {
    const file = proto3(
      'message A { message B { int32 b = 1; } map<string, B> m = 1; message C { int32 c = 1; } } message D { int32 d = 1; }',
    )
    const read = (messageIndexes: readonly number[]) => file.decode(hex('08 05'), 0, { messageIndexes }).value
    expect(read([0, 0])).toEqual({ b: 5 })
    expect(read([0, 1])).toEqual({ c: 5 })
    expect(read([1])).toEqual({ d: 5 })
    expect(() => read([2])).toThrow('the schema has no message with the indexes [2]')
    expect(() => read([0, 0, 0])).toThrow('the schema has no message with the indexes [0, 0, 0]')
    expect(() => read([])).toThrow('the schema has no message with the indexes []')
  })

  it('builds only the value at a path', () => {
    const bytes = codec.encode({
      m: { m: { s: 'deep', list: [1, 2] } },
      map: { k: { n: 1 } },
      at: '2026-01-01T00:00:00Z',
      wide: '5',
    }).bytes
    const at = (...path: (string | number)[]) => codec.decode(bytes, 0, { path }).value
    expect(at('m', 'm', 's')).toBe('deep')
    expect(at('m', 'm', 'list', 1)).toBe(2)
    expect(at('m', 'm')).toEqual({ s: 'deep', list: [1, 2] })
    expect(at('map', 'k', 'n')).toBe(1)
    expect(at('at')).toBe('2026-01-01T00:00:00Z')
    expect(at('wide')).toBe('5')
    for (const path of [
      ['m', 'x'],
      ['x'],
      ['m', 'm', 'm', 'm'],
      ['list', 0],
      ['at', 'seconds'],
      ['map', 'constructor'],
      [0],
    ])
      expect(at(...path)).toBeUndefined()
    expect(at()).toEqual(codec.decode(bytes, 0, {}).value)
  })

  it('begins after the framing', () => {
    expect(codec.decode(hex('00 00 00 00 07 00 08 05'), 6, {}).value).toEqual({ n: 5 })
  })

  it('reads types of references by their scope', () => {
    const common = {
      name: 'common/money.proto',
      schema: 'syntax = "proto3"; package shop.common; message Money { int64 units = 1; }',
    }
    const order = codecOf(
      'syntax = "proto3"; package shop.orders; import "common/money.proto"; message Order { common.Money total = 1; }',
      [common],
    )
    expect(decoded(order, '0a 02 08 05')).toEqual({ total: { units: '5' } })
  })
})
