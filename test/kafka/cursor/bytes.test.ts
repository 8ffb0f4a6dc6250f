import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader, MalformedBytes } from '../../../src/kafka/cursor/byte-reader.ts'
import { ByteWriter } from '../../../src/kafka/cursor/byte-writer.ts'

const reader = (...bytes: number[]) => new ByteReader(Buffer.from(bytes))

describe('bytes of a cursor', () => {
  it('hold any offset and any number', () => {
    const writer = new ByteWriter()
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.nat(Number.MAX_SAFE_INTEGER), (offset, number) => {
        writer.rewind(0)
        writer.bigVarint(offset)
        writer.varint(number)
        const read = new ByteReader(Buffer.from(writer.written()))
        expect([read.bigVarint(), read.varint(Number.MAX_SAFE_INTEGER), read.isAtEnd]).toEqual([offset, number, true])
      }),
    )
  })

  it('that hold more than 63 bits are malformed', () => {
    expect(() => reader(...Array.from({ length: 9 }, () => 0xff), 0x01).bigVarint()).toThrow(MalformedBytes)
  })

  it('with padding bytes in a number are malformed', () => {
    expect(() => reader(0x81, 0x00).bigVarint()).toThrow(/padding bytes/)
    expect(reader(0x00).bigVarint()).toBe(0n)
  })

  it('with a number above the allowed maximum are malformed', () => {
    expect(() => reader(0x0b).varint(10)).toThrow(/too large/)
  })

  it('that end too early are malformed', () => {
    expect(() => reader().byte()).toThrow(MalformedBytes)
    expect(() => reader(1).bytes(2)).toThrow(MalformedBytes)
    expect(() => reader(0x80).bigVarint()).toThrow(MalformedBytes)
  })
})
