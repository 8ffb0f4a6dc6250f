import type { SchemaType } from '../../src/kafka/schemas.ts'

/** A schema, and the same values in the forms of both sides. */
export interface InteropCase {
  readonly name: string
  readonly language: SchemaType
  readonly schema: string
  /** The files that a .proto file imports, by the names that it uses. */
  readonly imports?: Readonly<Record<string, string>>
  /** The Protobuf message. */
  readonly message?: string
  /** JSON values as this API takes and shows them. */
  readonly ours: readonly unknown[]
  /** What Confluent's client takes and shows for them: see `confluent_peer.py`. Default: the same. */
  readonly theirs?: readonly unknown[]
  /** Whether Confluent's client names the branch of a union. */
  readonly names?: boolean
}

const avro = (name: string, fields: readonly unknown[]): string =>
  JSON.stringify({ type: 'record', name, namespace: 'shop', fields })

const field = (name: string, type: unknown) => ({ name, type })
const logical = (type: string, logicalType: string, more: object = {}) => ({ type, logicalType, ...more })

const UUID = '0b1f8f4c-6a3d-4f6e-9c57-2d1f0a7b8c9d'

const PRIMITIVES: InteropCase = {
  name: 'Avro: every primitive type, with the numbers that JSON cannot hold',
  language: 'AVRO',
  schema: avro('Primitives', [
    field('small', 'int'),
    field('large', 'long'),
    field('least', 'long'),
    field('ratio', 'double'),
    field('short', 'float'),
    field('odd', 'double'),
    field('flag', 'boolean'),
    field('nothing', 'null'),
    field('text', 'string'),
    field('raw', 'bytes'),
    field('hash', { type: 'fixed', name: 'Hash', size: 4 }),
    field('colour', { type: 'enum', name: 'Colour', symbols: ['RED', 'GREEN'] }),
  ]),
  ours: [
    {
      small: -5,
      large: '9007199254740993',
      least: '-9223372036854775808',
      ratio: 0.1,
      short: 1.5,
      odd: 'NaN',
      flag: true,
      nothing: null,
      text: 'Zoë 🎈 \u0000 "quoted"',
      raw: 'AP+A',
      hash: '3q2+7w==',
      colour: 'GREEN',
    },
  ],
  theirs: [
    {
      small: -5,
      large: { $int: '9007199254740993' },
      least: { $int: '-9223372036854775808' },
      ratio: 0.1,
      short: 1.5,
      odd: { $float: 'NaN' },
      flag: true,
      nothing: null,
      text: 'Zoë 🎈 \u0000 "quoted"',
      raw: { $bytes: 'AP+A' },
      hash: { $bytes: '3q2+7w==' },
      colour: 'GREEN',
    },
  ],
}

const LOGICAL: InteropCase = {
  name: 'Avro: decimals, dates, times and UUIDs',
  language: 'AVRO',
  schema: avro('Logical', [
    field('price', logical('bytes', 'decimal', { precision: 12, scale: 2 })),
    field('debt', logical('bytes', 'decimal', { precision: 30, scale: 10 })),
    field('tax', { type: 'fixed', name: 'Tax', size: 8, logicalType: 'decimal', precision: 15, scale: 3 }),
    field('day', logical('int', 'date')),
    field('time', logical('int', 'time-millis')),
    field('at', logical('long', 'timestamp-millis')),
    field('exactly', logical('long', 'timestamp-micros')),
    field('key', logical('string', 'uuid')),
  ]),
  ours: [
    {
      price: '1234.50',
      debt: '-12345678901234567890.0123456789',
      tax: '-0.075',
      day: '2026-11-28',
      time: '18:30:00.123',
      at: '2026-11-28T18:30:00.123Z',
      exactly: '1969-12-31T23:59:59.999999Z',
      key: UUID,
    },
  ],
  theirs: [
    {
      price: { $decimal: '1234.50' },
      debt: { $decimal: '-12345678901234567890.0123456789' },
      tax: { $decimal: '-0.075' },
      day: { $time: '2026-11-28' },
      time: { $time: '18:30:00.123000' },
      at: { $time: '2026-11-28T18:30:00.123000+00:00' },
      exactly: { $time: '1969-12-31T23:59:59.999999+00:00' },
      key: { $uuid: UUID },
    },
  ],
}

const CARD = { type: 'record', name: 'Card', fields: [field('number', 'string')] }
const CASH = { type: 'record', name: 'Cash', fields: [field('number', 'string')] }

const UNIONS: InteropCase = {
  name: 'Avro: unions, also of two records with the same fields',
  language: 'AVRO',
  schema: avro('Unions', [
    field('note', ['null', 'string']),
    field('either', ['null', 'long', 'string']),
    field('payment', [CARD, CASH]),
  ]),
  names: true,
  ours: [
    { note: null, either: 5, payment: { 'shop.Cash': { number: 'none' } } },
    { note: 'hi', either: '5', payment: { 'shop.Card': { number: '42' } } },
    { note: '', either: { long: '9007199254740993' }, payment: { 'shop.Card': { number: '' } } },
  ],
  theirs: [
    { note: null, either: 5, payment: { $union: ['shop.Cash', { number: 'none' }] } },
    { note: 'hi', either: '5', payment: { $union: ['shop.Card', { number: '42' }] } },
    { note: '', either: { $int: '9007199254740993' }, payment: { $union: ['shop.Card', { number: '' }] } },
  ],
}

const tree = (value: number, ...children: readonly object[]) => ({ value, children, counts: { [`n${value}`]: value } })

const RECURSIVE: InteropCase = {
  name: 'Avro: arrays, maps and a record of itself',
  language: 'AVRO',
  schema: avro('Tree', [
    field('value', 'int'),
    field('children', { type: 'array', items: 'Tree' }),
    field('counts', { type: 'map', values: 'long' }),
  ]),
  ours: [tree(1), tree(1, tree(2, tree(3)), tree(4))],
}

const MONEY =
  'syntax = "proto3"; package common; message Money { string currency = 1; int64 units = 2; sint32 nanos = 3; }'

const ORDER = `
syntax = "proto3";
package shop;
import "common/money.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/wrappers.proto";
message First { string unused = 1; }
message Order {
  message Line {
    string article = 1;
    common.Money price = 2;
    message Tax { double rate = 1; }
    repeated Tax taxes = 3;
  }
  enum State { UNKNOWN = 0; OPEN = 1; CLOSED = -2; }
  int64 id = 1;
  uint64 large_id = 2;
  repeated Line lines = 3;
  map<string, int64> counts = 4;
  map<int32, Line> by_number = 5;
  State state = 6;
  oneof payment { string card = 7; int32 cash = 8; }
  google.protobuf.Timestamp at = 9;
  google.protobuf.Duration took = 10;
  google.protobuf.Int64Value maybe = 11;
  bytes raw = 12;
  double odd = 13;
  float ratio = 14;
  fixed64 fixed = 15;
  sfixed32 signed_fixed = 16;
  repeated sint64 deltas = 17;
  bool flag = 18;
}
`

const PROTOBUF: InteropCase = {
  name: 'Protobuf: the second message of a file, with an import and well-known types',
  language: 'PROTOBUF',
  schema: ORDER,
  imports: { 'common/money.proto': MONEY },
  message: 'shop.Order',
  ours: [
    {
      id: '-9223372036854775808',
      largeId: '18446744073709551615',
      lines: [
        { article: 'tea', price: { currency: 'EUR', units: '9007199254740993', nanos: -5 }, taxes: [{ rate: 0.07 }] },
        { article: 'Zoë 🎈' },
      ],
      counts: { a: '1', '': '-1' },
      byNumber: { '-7': { article: 'by number' } },
      state: 'CLOSED',
      cash: 0,
      at: '2026-11-28T18:30:00.123456789Z',
      took: '-1.500s',
      maybe: '0',
      raw: 'AP+A',
      odd: 'NaN',
      ratio: 1.5,
      fixed: '9007199254740993',
      signedFixed: -1,
      deltas: ['0', '-9007199254740993', '9223372036854775807'],
      flag: true,
    },
    { state: 'OPEN', card: '42' },
    {},
  ],
}

const NESTED: InteropCase = {
  name: 'Protobuf: a message inside a message inside a message',
  language: 'PROTOBUF',
  schema: ORDER,
  imports: { 'common/money.proto': MONEY },
  message: 'shop.Order.Line.Tax',
  ours: [{ rate: 0.19 }],
}

const JSON_SCHEMA: InteropCase = {
  name: 'JSON Schema: nested objects, lists and choices',
  language: 'JSON',
  schema: JSON.stringify({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Order',
    type: 'object',
    properties: {
      id: { type: 'integer' },
      lines: { type: 'array', items: { $ref: '#/definitions/line' } },
      state: { enum: ['OPEN', 'CLOSED'] },
      note: { oneOf: [{ type: 'null' }, { type: 'string' }] },
    },
    required: ['id'],
    definitions: { line: { type: 'object', properties: { article: { type: 'string' }, price: { type: 'number' } } } },
  }),
  ours: [
    { id: 1, lines: [{ article: 'Zoë 🎈', price: 2.5 }], state: 'OPEN', note: null },
    { id: -9007199254740991, lines: [], note: 'hi' },
  ],
}

/** The types that peers get wrong, and everything else that both sides must read alike. */
export const CASES: readonly InteropCase[] = [PRIMITIVES, LOGICAL, UNIONS, RECURSIVE, PROTOBUF, NESTED, JSON_SCHEMA]
