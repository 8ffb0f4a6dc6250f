import SchemaBuilder, { type ArgBuilder } from '@pothos/core'
import type { GraphQLContext } from './context.ts'

/** The context and the scalars of the schema, for Pothos. */
interface OwnTypes {
  Context: GraphQLContext
  DefaultFieldNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    Long: { Input: bigint; Output: bigint }
    DateTime: { Input: number; Output: number }
    Duration: { Input: number; Output: number }
    Bytes: { Input: Buffer; Output: Buffer }
    Cursor: { Input: string; Output: string }
    Password: { Input: string; Output: never }
    JSON: { Input: unknown; Output: unknown }
    UUID: { Input: string; Output: string }
  }
}

/** The types that every part of the schema is built with. */
export type SchemaTypes = PothosSchemaTypes.ExtendDefaultTypes<OwnTypes>

/** Collects the parts of one schema. */
export type Builder = PothosSchemaTypes.SchemaBuilder<SchemaTypes>

/** A builder for one schema. No plugins: each would wrap the resolvers of every message. */
export const createBuilder = (): Builder => new SchemaBuilder<OwnTypes>({ defaultFieldNullability: false })

/** Declares the arguments of a field: `t.arg`. */
export type ArgumentBuilder = ArgBuilder<SchemaTypes>
