import type { Payload } from '../../kafka/payload.ts'
import type { RegisteredSchema } from '../../kafka/schemas.ts'
import type { SchemaCodec, SchemaText } from '../schema-codec.ts'
import type { Soon } from './reading.ts'

/** A schema with the texts of everything that it refers to. */
export interface FoundSchema {
  readonly schema: RegisteredSchema
  readonly text: SchemaText
}

/** Why there is no schema or no codec. */
export interface MissingSchema {
  readonly problem: string
}

/** How a payload says which schema it was written by. */
export interface Framing {
  /** Such as `schema 7`. */
  readonly name: string
  find(): Soon<FoundSchema | MissingSchema>
  /** Where the value begins. Protobuf has the indexes of its message before it. @throws DecodeProblem */
  body(found: FoundSchema): { readonly start: number; readonly messageIndexes?: readonly number[] | undefined }
}

/** The schemas of a registry. */
export interface Schemas {
  /** Null for a payload without a framing. */
  framingOf(payload: Payload): Framing | null
  latest(subject: string): Soon<FoundSchema | MissingSchema>
  compiled(found: FoundSchema): SchemaCodec | MissingSchema
}
