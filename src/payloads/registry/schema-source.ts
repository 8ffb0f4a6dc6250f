import type { ErrorCode } from '../../kafka/errors/kafka-error.ts'
import type { RegisteredSchema } from '../../kafka/schemas.ts'
import type { SchemaCodec, SchemaText } from '../schema-codec.ts'

/** A schema with the texts of everything that it refers to. */
export interface FoundSchema {
  readonly schema: RegisteredSchema
  readonly text: SchemaText
}

/** Why there is no schema: a sentence without the final period, such as `the schema registry has no schema 7`. */
export interface MissingSchema {
  readonly problem: string
  /** Default: SCHEMA_REGISTRY_FAILED. */
  readonly code?: ErrorCode
}

/** A schema, or why there is none. */
export type SchemaLookup = FoundSchema | MissingSchema

/** An answer at once if it is known, which is the rule; a promise while the registry is asked. It never rejects. */
export type SoonLookup = SchemaLookup | Promise<SchemaLookup>

/** How bytes name the schema that they were written by. */
export type SchemaPointer =
  | { readonly kind: 'id'; readonly id: number }
  | { readonly kind: 'guid'; readonly guid: string }
  /** Apicurio's number of a version, where it is not the number of the schema. */
  | { readonly kind: 'globalId'; readonly globalId: number }
  /** Apicurio's id of eight bytes: older clients write the number of a version, newer ones that of the schema. */
  | { readonly kind: 'longId'; readonly id: number }
  /** Apicurio's name of a subject. Without a version the latest one. */
  | { readonly kind: 'artifact'; readonly subject: string; readonly version: number | null }

/**
 * The schemas of a registry, for decoders and encoders. Schemas are kept for ever (in a cache of limited size), the latest
 * version of a subject for seconds, failures briefly. Any number of callers that need the same schema make one request. While
 * the registry does not answer, unknown schemas are answered at once with the reason.
 */
export interface SchemaSource {
  /** `context`: the context of the id, such as `.staging`, for registries with contexts. Default: the registry's own. */
  byId(id: number, context?: string): SoonLookup
  byGuid(guid: string): SoonLookup
  latest(subject: string): SoonLookup
  byVersion(subject: string, version: number): SoonLookup
  /** Follows what a framing says. */
  find(pointer: SchemaPointer, context?: string): SoonLookup
  /** The codec of a found schema. It is made once and kept with the schema. Asked for again, a problem is the same. */
  compiled(found: FoundSchema): SchemaCodec | MissingSchema
}

/** Makes the codec of a schema. @throws SchemaProblem */
export type CompileSchema = (text: SchemaText) => SchemaCodec

/** Type guard for a lookup without a result. */
export const isMissing = (lookup: SchemaLookup | SchemaCodec | MissingSchema): lookup is MissingSchema =>
  'problem' in lookup
