import type { SchemaType } from '../../../kafka/schemas.ts'
import { type SchemaCodec, SchemaProblem } from '../../schema-codec.ts'
import type { CompileSchema, FoundSchema, MissingSchema } from '../schema-source.ts'

/** How schemas of each language are compiled. */
export type Compilers = Readonly<Record<SchemaType, CompileSchema>>

/** Compiles each schema once. The codec, or why there is none, lives as long as the schema. */
export class CodecCache {
  readonly #compilers: Compilers
  readonly #codecs = new WeakMap<FoundSchema, SchemaCodec | MissingSchema>()

  constructor(compilers: Compilers) {
    this.#compilers = compilers
  }

  of(found: FoundSchema): SchemaCodec | MissingSchema {
    const known = this.#codecs.get(found)
    if (known !== undefined) return known
    const codec = this.#compile(found)
    this.#codecs.set(found, codec)
    return codec
  }

  #compile({ text }: FoundSchema): SchemaCodec | MissingSchema {
    try {
      return this.#compilers[text.schemaType](text)
    } catch (thrown) {
      // Other people write schemas: whatever a compiler throws is the schema's problem, not this server's.
      const why = thrown instanceof Error ? thrown.message : String(thrown)
      return { problem: thrown instanceof SchemaProblem ? why : `the schema cannot be used: ${why}` }
    }
  }
}
