import { describe, expect, it } from 'vitest'
import { readCbor } from '../../../src/payloads/formats/cbor.ts'
import { readMsgpack } from '../../../src/payloads/formats/msgpack.ts'
import { PLAIN_READERS, type PlainFormat } from '../../../src/payloads/read/plain-formats.ts'
import { DecodeProblem } from '../../../src/payloads/schema-codec.ts'
import { golden } from './golden.ts'

const bytesOf = (hex: string) => Buffer.from(hex, 'hex')

const problemOf = (read: () => unknown): string => {
  try {
    read()
  } catch (thrown) {
    if (thrown instanceof DecodeProblem) return thrown.message
    throw thrown
  }
  throw new Error('the bytes were read')
}

describe.each([
  ['CBOR', 'cbor.json', readCbor],
  ['MessagePack', 'msgpack.json', readMsgpack],
] as const)('%s', (_, file, read) => {
  const { values, problems } = golden(file)

  it.each(values)('0x%s is %j', (hex, value) => {
    expect(read(bytesOf(hex)).value).toEqual(value)
  })

  it.each(problems)('0x%s is refused: %s', (hex, problem) => {
    expect(problemOf(() => read(bytesOf(hex)))).toContain(problem)
  })
})

describe('formats of bare values', () => {
  const { values, problems } = golden<readonly [PlainFormat, string, unknown]>('plain.json')

  it.each(values)('%s 0x%s is %j', (format, hex, value) => {
    expect(PLAIN_READERS[format](bytesOf(hex)).value).toEqual(value)
  })

  it.each(problems)('%s refuses 0x%s: %s', (format, hex, problem) => {
    expect(problemOf(() => PLAIN_READERS[format](bytesOf(hex)))).toContain(problem)
  })
})
