/** The language that a schema is written in. `JSON` is JSON Schema, as registries call it. */
export type SchemaType = 'AVRO' | 'PROTOBUF' | 'JSON'

/** The rule for new versions of a subject. */
export type CompatibilityLevel =
  | 'NONE'
  | 'BACKWARD'
  | 'BACKWARD_TRANSITIVE'
  | 'FORWARD'
  | 'FORWARD_TRANSITIVE'
  | 'FULL'
  | 'FULL_TRANSITIVE'

/** A version of a subject. */
export interface SubjectVersion {
  readonly subject: string
  readonly version: number
}

/** A reference of one schema to another: the name that the schema's text uses, and where the other schema is. */
export interface SchemaReference extends SubjectVersion {
  readonly name: string
}

/** A schema of a registry. */
export interface RegisteredSchema {
  /** The registry's number; null for a registry that has only GUIDs. */
  readonly schemaId: number | null
  readonly guid: string | null
  readonly schemaType: SchemaType
  /** The text as it was registered. */
  readonly schema: string
  readonly references: readonly SchemaReference[]
}

/** A version of a subject with its schema. */
export interface SchemaVersion extends SubjectVersion {
  readonly schema: RegisteredSchema
}

/** A schema that somebody wants to register or check. */
export interface NewSchema {
  readonly schemaType: SchemaType
  readonly schema: string
  readonly references: readonly SchemaReference[]
}

/** Whether a schema may become the next version of a subject. */
export interface CompatibilityResult {
  readonly isCompatible: boolean
  readonly reasons: readonly CompatibilityReason[]
}

/** Why it may not. */
export interface CompatibilityReason {
  /** Where in the schema; null if the registry does not say. */
  readonly path: string | null
  readonly message: string
}
