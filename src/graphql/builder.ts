import SchemaBuilder from '@pothos/core'
import type { GraphQLContext } from './context.ts'

/** The types that every part of the schema is built with. No plugins: each would wrap the resolvers of every message. */
export interface SchemaTypes {
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

/** Collects the types, fields and arguments that the other modules of this folder register. */
export const builder = new SchemaBuilder<SchemaTypes>({ defaultFieldNullability: false })
