import type {
  CompatibilityLevel,
  CompatibilityResult,
  NewSchema,
  RegisteredSchema,
  SchemaVersion,
  SubjectVersion,
} from '../schemas.ts'
import type { Call } from './call.ts'

/** Whether deleted subjects or versions (soft deletion) are included. */
export interface DeletedOption {
  readonly isDeleted: boolean
}

/**
 * A schema registry with Confluent's API. Without a registry every method but `isConfigured` rejects with
 * SCHEMA_REGISTRY_NOT_CONFIGURED. Kafka and the registry fail independently.
 * @throws KafkaError SCHEMA_REGISTRY_UNAVAILABLE if it does not answer in time, like every method here.
 */
export interface SchemaRegistry {
  isConfigured(call: Call): boolean
  /** The names of all subjects, sorted. `isDeleted`: those that were deleted softly as well. */
  listSubjects(call: Call, options: DeletedOption): Promise<readonly string[]>
  /** The numbers of a subject's versions, ascending; null if there is no such subject. */
  listVersions(call: Call, subject: string, options: DeletedOption): Promise<readonly number[] | null>
  /** One version; null if there is none. A number also finds a version that was deleted softly. */
  describeVersion(call: Call, subject: string, version: number | 'latest'): Promise<SchemaVersion | null>
  /** The schema with this id; null if there is none. */
  describeSchema(call: Call, schemaId: number): Promise<RegisteredSchema | null>
  /** The versions that have this schema. Empty if there is no such schema. */
  listUses(call: Call, schemaId: number): Promise<readonly SubjectVersion[]>
  /** The level of a subject; null asks for the registry's own, which is also that of a subject without one. */
  compatibilityLevel(call: Call, subject: string | null): Promise<CompatibilityLevel>
  /** READWRITE, READONLY, IMPORT, …; null if the registry has none. */
  mode(call: Call): Promise<string | null>
  /** Checks against the versions that the subject's level names. A subject without versions is compatible with anything. */
  checkCompatibility(call: Call, subject: string, schema: NewSchema): Promise<CompatibilityResult>
  /** Registers, or finds the version that has this schema already. @throws KafkaError INCOMPATIBLE_SCHEMA, INVALID_SCHEMA */
  registerSchema(call: Call, subject: string, schema: NewSchema): Promise<SchemaVersion>
  /** Null for the registry's own level. */
  alterCompatibility(call: Call, subject: string | null, level: CompatibilityLevel): Promise<CompatibilityLevel>
  /** Returns the deleted versions. `permanent` first deletes softly where that has not been done. @throws KafkaError SUBJECT_NOT_FOUND */
  deleteSubject(call: Call, subject: string, options: { readonly permanent: boolean }): Promise<readonly number[]>
  /** @throws KafkaError SUBJECT_NOT_FOUND, SCHEMA_VERSION_NOT_FOUND */
  deleteVersion(call: Call, version: SubjectVersion, options: { readonly permanent: boolean }): Promise<number>
}
