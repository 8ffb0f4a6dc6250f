import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { codecOf, hex } from './codec.ts'

/** Each schema has a file of values, which Google's Python package (`json_format`, protobuf 7.36) wrote. */
const GOLDEN = join(import.meta.dirname, 'golden')

const Cases = z.array(
  z.object({ message: z.string(), indexes: z.array(z.number()), hex: z.string(), json: z.unknown() }),
)

const names = readdirSync(GOLDEN)
  .filter(file => file.endsWith('.proto'))
  .map(file => file.slice(0, -'.proto'.length))

describe.each(names)('%s.proto', name => {
  const codec = codecOf(readFileSync(join(GOLDEN, `${name}.proto`), 'utf8'))
  const cases = Cases.parse(JSON.parse(readFileSync(join(GOLDEN, `${name}.json`), 'utf8')))

  it.each(cases)('reads $message as Google does', ({ indexes, hex: bytes, json }) => {
    expect(codec.decode(hex(bytes), 0, { messageIndexes: indexes }).value).toEqual(json)
  })

  it.each(cases)('writes $message as Google does', ({ message, indexes, hex: bytes, json }) => {
    const encoded = codec.encode(json, message)
    expect(encoded.messageIndexes).toEqual(indexes)
    expect(encoded.bytes.toString('hex')).toBe(bytes)
  })

  it.each(cases)('reads each field of $message alone as within the whole', ({ indexes, hex: bytes, json }) => {
    for (const [field, value] of Object.entries(z.record(z.string(), z.unknown()).parse(json)))
      expect(codec.decode(hex(bytes), 0, { messageIndexes: indexes, path: [field] }).value).toEqual(value)
  })
})
