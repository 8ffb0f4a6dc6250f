import avsc from 'avsc'
import { describe, expect, it } from 'vitest'
import { codecOf, decoded } from './codec.ts'

const long = (value: number): string => avsc.Type.forSchema('long').toBuffer(value).toString('hex')

const problem = (schema: unknown, hex: string, path: readonly (string | number)[] = []): string => {
  try {
    codecOf(schema).decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 0, { path })
    return 'none'
  } catch (error) {
    return String(error)
  }
}

const empty = { type: 'record', name: 'E', fields: [] }
const list = { type: 'record', name: 'N', fields: [{ name: 'n', type: ['null', 'N'] }] }
const lists = { type: 'record', name: 'L', fields: [{ name: 'l', type: { type: 'array', items: 'L' } }] }

describe('poison payloads', () => {
  it.each([
    [
      '10^8 nulls in six bytes',
      { type: 'array', items: 'null' },
      `${long(1e8)}00`,
      'DecodeProblem: more than 100000 values at byte 4',
    ],
    [
      '10^8 empty records',
      { type: 'array', items: empty },
      `${long(1e8)}00`,
      'DecodeProblem: more than 100000 values at byte 4',
    ],
    [
      '10^8 items in one byte',
      { type: 'array', items: 'null' },
      `${long(-1e8)}0000`,
      'DecodeProblem: more than 100000 values at byte 4',
    ],
    [
      'more items than a number holds',
      { type: 'array', items: 'int' },
      `${'ff'.repeat(9)}0100`,
      'DecodeProblem: more than 100000 values at byte 10',
    ],
    [
      'blocks of nulls',
      { type: 'array', items: 'null' },
      `${long(60_000).repeat(2)}00`,
      'DecodeProblem: more than 100000 values at byte 6',
    ],
    [
      'a list of a million levels',
      list,
      '02'.repeat(1_000_000),
      'DecodeProblem: nested deeper than 128 levels at byte 128',
    ],
    ['lists in lists', lists, '02'.repeat(1_000_000), 'DecodeProblem: nested deeper than 128 levels at byte 64'],
    ['text of 2^62 bytes', 'string', 'feffffffffffffff7f', 'DecodeProblem: an impossible length at byte 9'],
    ['text of a negative length', 'string', '01', 'DecodeProblem: an impossible length at byte 1'],
    ['a number of eleven bytes', 'long', 'ff'.repeat(11), 'DecodeProblem: a number of more than 64 bits at byte 10'],
    ['a number of 70 bits', 'long', `${'ff'.repeat(9)}02`, 'DecodeProblem: a number of more than 64 bits at byte 10'],
    ['an int of 33 bits', 'int', '8080808020', 'DecodeProblem: an int of more than 32 bits at byte 5'],
    ['an unknown branch', ['null', 'int'], '04', 'DecodeProblem: unknown branch of a union 2 at byte 1'],
    [
      'an unknown symbol',
      { type: 'enum', name: 'E', symbols: ['A'] },
      '02',
      'DecodeProblem: unknown symbol 1 at byte 1',
    ],
    ['a boolean of 2', 'boolean', '02', 'DecodeProblem: an impossible boolean at byte 1'],
    ['no bytes', 'int', '', 'DecodeProblem: truncated at byte 0'],
    [
      'a fixed type of 2^50 bytes',
      { type: 'fixed', name: 'F', size: 2 ** 50 },
      '00',
      'DecodeProblem: truncated at byte 1',
    ],
  ])('%s', (_, schema, hex, expected) => {
    expect(problem(schema, hex)).toBe(expected)
    // The same limits hold where values are only passed.
    expect(problem(schema, hex, ['nothing'])).toBe(expected)
  })

  it('with more JSON than the limit: long names for each of many records', () => {
    const record = { type: 'record', name: 'R', fields: [{ name: 'n'.repeat(10_000), type: 'null' }] }
    expect(problem({ type: 'array', items: record }, `${long(50_000)}00`)).toMatch(/more than 16777216 bytes as JSON/)
  })

  it('with a decimal of a megabyte', () => {
    const decimal = { type: 'bytes', logicalType: 'decimal', precision: 1000, scale: 2 }
    expect(problem(decimal, `${long(1_000_000)}${'7f'.repeat(1_000_000)}`)).toMatch(/a decimal of more than 512 bytes/)
  })

  it('with names that are traps in JavaScript', () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__']
    const schema = { type: 'record', name: 'T', fields: names.map(name => ({ name, type: 'int' })) }
    const codec = codecOf(schema)
    const bytes = Buffer.from('02'.repeat(names.length), 'hex')
    const { value } = codec.decode(bytes, 0, {})
    expect(JSON.stringify(value)).toBe(`{${names.map(name => `"${name}":1`).join(',')}}`)
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(codec.encode(JSON.parse(JSON.stringify(value))).bytes).toEqual(bytes)
    for (const name of names) expect(codec.decode(bytes, 0, { path: [name] }).value).toBe(1)
    expect(codec.decode(bytes, 0, { path: ['constructor', 'name'] }).value).toBeUndefined()
  })

  it('with keys of maps that are traps in JavaScript', () => {
    const map = { type: 'map', values: { type: 'map', values: 'int' } }
    const key = (name: string) => long(name.length) + Buffer.from(name).toString('hex')
    const hex = `04 ${key('__proto__')} 02 ${key('polluted')} 02 00 ${key('constructor')} 00 00`.replaceAll(' ', '')
    const value = decoded(map, hex)
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":1},"constructor":{}}')
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(
      codecOf(map)
        .encode(JSON.parse(JSON.stringify(value)))
        .bytes.toString('hex'),
    ).toBe(hex)
    expect(codecOf(map).decode(Buffer.from(hex, 'hex'), 0, { path: ['__proto__', 'polluted'] }).value).toBe(1)
  })

  it('with names that end code', () => {
    const evil = "x'];globalThis.polluted=1;//"
    const schema = {
      type: 'record',
      name: evil,
      fields: [{ name: evil, type: { type: 'enum', name: '`1`', symbols: [evil] } }],
    }
    expect(decoded(schema, '00')).toEqual({ [evil]: evil })
    expect(Reflect.get(globalThis, 'polluted')).toBeUndefined()
  })

  it('with text that is not UTF-8: the bytes that are none become U+FFFD', () => {
    expect(decoded('string', '04 ff 61')).toBe('\uFFFDa')
  })
})

describe('blocks with their size', () => {
  const schema = {
    type: 'record',
    name: 'R',
    fields: [
      { name: 'a', type: { type: 'array', items: 'int' } },
      { name: 'm', type: { type: 'map', values: 'int' } },
      { name: 'last', type: 'int' },
    ],
  }
  // Two blocks of two items each, a map in a block, and a last number.
  const hex = '03 04 02 04 03 04 06 08 00 01 06 02 61 0a 00 0c'

  it('are read whole, and passed by the size if a path needs nothing of them', () => {
    expect(decoded(schema, hex)).toEqual({ a: [1, 2, 3, 4], m: { a: 5 }, last: 6 })
    const at = (...path: readonly (string | number)[]) =>
      codecOf(schema).decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 0, { path }).value
    expect([at('a', 0), at('a', 1), at('a', 2), at('a', 3), at('a', 4)]).toEqual([1, 2, 3, 4, undefined])
    expect([at('m', 'a'), at('m', 'b'), at('last')]).toEqual([5, undefined, 6])
  })

  it('may not be longer than the payload', () => {
    expect(problem(schema, '03 7e 02 04 00 00 0c', ['last'])).toBe('DecodeProblem: truncated at byte 7')
  })
})
