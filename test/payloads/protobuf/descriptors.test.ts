import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { compileProtobuf } from '../../../src/payloads/protobuf/compile-protobuf.ts'
import { isDescriptor } from '../../../src/payloads/protobuf/schema/descriptor/read-descriptor.ts'
import { Tokens } from '../../../src/payloads/protobuf/schema/tokens.ts'
import { SchemaProblem } from '../../../src/payloads/schema-codec.ts'

interface Golden {
  readonly schema: string
  readonly references: readonly { readonly name: string; readonly schema: string }[]
  readonly messages: readonly { readonly json: unknown; readonly base64: string }[]
}

/** Written by Confluent's Python client, which registers descriptors in base64. */
const golden: Golden = JSON.parse(readFileSync(new URL('golden/descriptors.json', import.meta.url), 'utf8'))
const text = { schemaType: 'PROTOBUF', schema: golden.schema, references: golden.references } as const
const ORDER = [1]

describe('a schema that is a descriptor in base64', () => {
  it('reads and writes as the .proto text that it was made of', () => {
    const codec = compileProtobuf(text)
    for (const { json, base64 } of golden.messages) {
      const bytes = Buffer.from(base64, 'base64')
      expect(codec.decode(bytes, 0, { messageIndexes: ORDER }).value).toEqual(json)
      const written = codec.encode(json, 'shop.Order')
      expect(written.messageIndexes).toEqual(ORDER)
      expect(codec.decode(written.bytes, 0, { messageIndexes: ORDER }).value).toEqual(json)
    }
  })

  it.each(['AAAA', 'Zm9v', '////', golden.schema.slice(0, 100), `${'Cg'.repeat(100_000)}==`])(
    'that is damaged is a problem of the schema: %.20s',
    schema => {
      expect(() => compileProtobuf({ ...text, schema })).toThrow(SchemaProblem)
    },
  )

  it('may end with white space, and a schema of newlines is none', () => {
    const codec = compileProtobuf({ ...text, schema: `${golden.schema}\r\n \n` })
    expect(codec.encode({}, 'shop.Order').messageIndexes).toEqual(ORDER)
    expect(isDescriptor(`${'\n'.repeat(1_000_000)};`)).toBe(false)
  })

  it('is read with types of descriptors that are parsed once', () => {
    const schema = Buffer.from('22030a014d', 'hex').toString('base64')
    compileProtobuf({ ...text, schema, references: [] })
    const advance = vi.spyOn(Tokens.prototype, 'advance')
    using _ = { [Symbol.dispose]: () => advance.mockRestore() }
    compileProtobuf({ ...text, schema, references: [] })
    expect(advance).not.toHaveBeenCalled()
  })

  it('is refused with too many oneofs', () => {
    // A message of 60,005 bytes: the name M and 30,001 oneofs without a name.
    const bytes = Buffer.concat([
      Buffer.from('22e5d4030a014d', 'hex'),
      Buffer.alloc(60_002, Buffer.from('4200', 'hex')),
    ])
    expect(() => compileProtobuf({ ...text, schema: bytes.toString('base64') })).toThrow('more than 20000 messages')
  })

  it('is refused with messages that are nested too deeply', () => {
    let inner = Buffer.from('0a014d', 'hex')
    const nested = (tag: number, bytes: Buffer): Buffer => {
      const length: number[] = []
      for (let left = bytes.length; ; left >>>= 7) {
        length.push(left > 0x7f ? (left & 0x7f) | 0x80 : left)
        if (left <= 0x7f) break
      }
      return Buffer.concat([Buffer.from([tag, ...length]), bytes])
    }
    for (let depth = 0; depth < 40; depth++) inner = Buffer.concat([Buffer.from('0a014d', 'hex'), nested(0x1a, inner)])
    const schema = nested(0x22, inner).toString('base64')
    expect(() => compileProtobuf({ ...text, schema })).toThrow('nested more than 32 deep')
  })
})
