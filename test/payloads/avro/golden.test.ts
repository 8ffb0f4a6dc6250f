import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codecOf } from './codec.ts'

/** Bytes that Python's fastavro 1.13.1 wrote, with the JSON that is expected of them. */
interface Golden {
  readonly about: string
  readonly schema: unknown
  readonly hex: string
  readonly json: unknown
}

const folder = new URL('./golden/', import.meta.url)

describe.each(readdirSync(folder))('golden %s', file => {
  const cases: readonly Golden[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))

  it.each(cases)('$about', ({ schema, hex, json }) => {
    const codec = codecOf(schema)
    expect(codec.decode(Buffer.from(hex, 'hex'), 0, {}).value).toEqual(json)
    expect(codec.encode(json).bytes.toString('hex')).toBe(hex)
  })
})
