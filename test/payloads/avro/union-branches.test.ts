import { describe, expect, it } from 'vitest'
import { compileAvro } from '../../../src/payloads/avro/compile-avro.ts'

const union = (...branches: readonly unknown[]) =>
  compileAvro({ schemaType: 'AVRO', schema: JSON.stringify(branches), references: [] })

describe('text in a union', () => {
  it.each(['5', '9007199254740993', 'NaN', '2026-11-28', ''])('%j is the string that it was read as', text => {
    for (const codec of [union('null', 'long', 'string'), union('double', 'string'), union('string', 'long')]) {
      const { bytes } = codec.encode(text)
      const { value } = codec.decode(bytes, 0, {})
      expect(value).toBe(text)
      expect(codec.encode(value).bytes.equals(bytes)).toBe(true)
    }
  })

  it('of digits is a long where the union has no string', () => {
    const codec = union('null', 'long')
    expect(codec.decode(codec.encode('9007199254740993').bytes, 0, {}).value).toBe('9007199254740993')
  })

  it('that is a long beside a string is named', () => {
    const codec = union('null', 'long', 'string')
    const value = { long: '9007199254740993' }
    expect(codec.decode(codec.encode(value).bytes, 0, {}).value).toEqual(value)
  })
})
