import { describe, expect, it } from 'vitest'
import { compileAvro } from '../../../src/payloads/avro/compile-avro.ts'
import { SchemaProblem } from '../../../src/payloads/schema-codec.ts'
import { codecOf, decoded } from './codec.ts'

const named = (name: string, more: object = {}) => ({ type: 'record', name, fields: [], ...more })
const field = (type: unknown, name = 'f') => ({ name, type })

describe('a schema', () => {
  it.each([
    ['unknown type shop.Money in the field shop.Order.f', named('shop.Order', { fields: [field('Money')] })],
    ['unknown type constructor in the schema', 'constructor'],
    ['unknown type __proto__ in the schema', { type: '__proto__' }],
    ['the type A is defined twice', [named('A'), named('A')]],
    ['a type cannot have the name string', named('string')],
    ['a type without a name in the schema', { type: 'record', fields: [] }],
    ['the record A has no list of fields', { type: 'record', name: 'A' }],
    ['the record A has a field without a name', named('A', { fields: [{ type: 'int' }] })],
    ['the record A has two fields f', named('A', { fields: [field('int'), field('long')] })],
    ['the field A.f has no type: expected a name, an object or a list', named('A', { fields: [{ name: 'f' }] })],
    ['the schema has no type: expected a name, an object or a list', { type: 'array' }],
    ['the enum E has no list of symbols', { type: 'enum', name: 'E', symbols: [] }],
    ['the enum E has no list of symbols', { type: 'enum', name: 'E', symbols: ['A', 1] }],
    ['the enum E has two symbols A', { type: 'enum', name: 'E', symbols: ['A', 'A'] }],
    ['the fixed type F has no size', { type: 'fixed', name: 'F', size: -1 }],
    ['a union inside a union in the schema', [['null']]],
    ['a union with two branches int in the schema', ['int', 'int']],
    ['the schema has no type: expected a name, an object or a list', 5],
  ])('is refused: %s', (problem, schema) => {
    expect(() => codecOf(schema)).toThrow(new SchemaProblem(problem))
  })

  it('is refused if it is not JSON, too long, too deep, or has too many types', () => {
    const compile = (schema: string) => () => compileAvro({ schemaType: 'AVRO', schema, references: [] })
    expect(compile('{')).toThrow(new SchemaProblem('the schema is not valid JSON'))
    expect(compile(`"${' '.repeat(5_000_000)}"`)).toThrow('more than 4194304 characters')
    expect(compile('['.repeat(1_000_000))).toThrow('the schema is not valid JSON')
    expect(compile(`${'{"type":"array","items":'.repeat(1000)}"int"${'}'.repeat(1000)}`)).toThrow(
      'types nested deeper than 64 levels',
    )
    const many = named('A', { fields: Array.from({ length: 30_000 }, (_, index) => field('int', `f${index}`)) })
    expect(() => codecOf(many)).toThrow('more than 20000 types')
  })

  it('may refer to other schemas, also to those that they refer to', () => {
    const money = named('shop.Money', { fields: [field('long', 'cents')] })
    const line = named('shop.Line', { fields: [field('Money', 'price')] })
    const order = named('shop.Order', { fields: [field('shop.Line', 'line'), field('Money', 'total')] })
    const codec = codecOf(order, [money, line, money])
    expect(codec.decode(Buffer.from('0204', 'hex'), 0, {}).value).toEqual({
      line: { price: { cents: 1 } },
      total: { cents: 2 },
    })
    expect(() => codecOf(order, [line])).toThrow('unknown type shop.Money in the field shop.Line.price')
  })

  it('may have a chain of 10,000 references', () => {
    const chain = Array.from({ length: 9000 }, (_, index) =>
      named(`R${index}`, { fields: index === 0 ? [] : [field(`R${index - 1}`)] }),
    )
    const codec = codecOf(named('Last', { fields: [field('R100')] }), chain)
    expect(JSON.stringify(codec.decode(Buffer.alloc(0), 0, {}).value)).toHaveLength('{"f":}'.length * 101 + 2)
    expect(() => codecOf('R8999', chain).decode(Buffer.alloc(0), 0, {})).toThrow('nested deeper than 128 levels')
  })

  it('finds names in its namespaces', () => {
    const inner = { type: 'enum', name: 'Colour', namespace: 'paint', symbols: ['RED'] }
    const outer = {
      type: 'record',
      name: 'Car',
      namespace: 'shop',
      fields: [field(inner, 'a'), field('paint.Colour', 'b')],
    }
    expect(decoded(outer, '00 00')).toEqual({ a: 'RED', b: 'RED' })
    expect(() => codecOf({ ...outer, fields: [field(inner, 'a'), field('Colour', 'b')] })).toThrow(
      'unknown type shop.Colour',
    )
  })

  it.each([
    [{ type: { type: 'int' } }, '02', 1],
    [{ type: { type: 'array', items: { type: 'string', 'avro.java.string': 'String' } } }, '02 02 61 00', ['a']],
    [{ type: 'error', name: 'E', fields: [field('int')] }, '02', { f: 1 }],
    [{ type: 'long', logicalType: 'unknown' }, '02', 1],
    [{ type: 'long', logicalType: 'constructor' }, '02', 1],
    [{ type: 'long', logicalType: 'date' }, '02', 1],
    // The specification ignores a logical type that does not fit.
    [{ type: 'bytes', logicalType: 'decimal', precision: 2, scale: 3 }, '02 01', 'AQ=='],
    [{ type: 'bytes', logicalType: 'decimal', precision: 1_000_000_000, scale: 1_000_000_000 }, '02 01', 'AQ=='],
    [{ type: 'fixed', name: 'F', size: 1, logicalType: 'decimal', precision: 3 }, '01', 'AQ=='],
    // Names that other languages would refuse.
    [named('a-b.c d', { fields: [field('int', 'first-name'), field('int', '0')] }), '02 04', { 'first-name': 1, 0: 2 }],
  ])('%j', (schema, hex, value) => {
    expect(decoded(schema, hex)).toEqual(value)
  })
})
