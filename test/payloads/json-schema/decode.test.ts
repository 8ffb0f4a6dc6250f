import { describe, expect, it } from 'vitest'
import { codecOf } from './codec.ts'

const codec = codecOf({ type: 'object' })
const read = (text: string | Buffer, path?: readonly string[]) => codec.decode(Buffer.from(text), 0, { path }).value

describe('JSON Schema payloads', () => {
  it('are read without a look at the schema', () => {
    expect(read('[1, "not an object"]')).toEqual([1, 'not an object'])
    expect(codecOf('this is no schema').decode(Buffer.from('{"a":1}'), 0, {}).value).toEqual({ a: 1 })
  })

  it('begin after their framing', () => {
    expect(codec.decode(Buffer.from('\0\0\0\0\x07{"a":1}'), 5, {}).value).toEqual({ a: 1 })
  })

  it('keep all digits of numbers beyond ±(2^53 - 1)', () => {
    expect(read('{"id":9007199254740993,"small":-9007199254740991}')).toEqual({
      id: '9007199254740993',
      small: -9007199254740991,
    })
  })

  it('give the value at a path', () => {
    expect(read('{"a":{"b":[1,2]}}', ['a', 'b'])).toEqual([1, 2])
    expect(read('{"a":{"b":[1,2]}}', ['a', 'c'])).toBeUndefined()
    expect(read('{"a":1}', ['constructor'])).toBeUndefined()
  })

  it('may have fields named __proto__ and constructor', () => {
    const value = read('{"__proto__":{"polluted":true},"constructor":1}')
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true},"constructor":1}')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it.each([
    ['nothing', '', 'empty'],
    ['half a text', '{"a":', 'not JSON text, or nested too deeply'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not valid UTF-8'],
    ['10 MB of brackets', '['.repeat(10_000_000), 'not JSON text, or nested too deeply'],
    ['more than can be shown', ' '.repeat(17_000_000), 'more than 16777216 bytes of JSON'],
  ])('that are %s are a problem', (_, text, problem) => {
    expect(() => read(text)).toThrow(problem)
  })
})
