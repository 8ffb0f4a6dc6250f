import { describe, expect, it } from 'vitest'
import { EncodeProblem } from '../../../src/payloads/schema-codec.ts'
import { decoded, encoded } from './codec.ts'

describe('decimals of fixed types', () => {
  const fixed = (size: number) => ({ type: 'fixed', name: 'F', size, logicalType: 'decimal', precision: 2 })

  it.each([1, 2, 6, 7, 13, 512])('of %i bytes are written with all of them', size => {
    expect(encoded(fixed(size), '-1')).toBe('ff'.repeat(size))
    expect(decoded(fixed(size), 'ff'.repeat(size))).toBe('-1')
    expect(decoded(fixed(size), encoded(fixed(size), '99'))).toBe('99')
  })

  it.each([0, 513, 50_000_000, 900_000_000, Number.MAX_SAFE_INTEGER])('of %i bytes are bytes', size => {
    for (const value of ['1', '-1', -1])
      expect(() => encoded(fixed(size), value)).toThrow(new EncodeProblem('$', `must be ${size} bytes in base64`))
  })

  it('are read back when they are too large for a decimal', () => {
    const bytes = Buffer.alloc(513, 1)
    expect(decoded(fixed(513), bytes.toString('hex'))).toBe(bytes.toString('base64'))
    expect(encoded(fixed(513), bytes.toString('base64'))).toBe(bytes.toString('hex'))
  })
})
