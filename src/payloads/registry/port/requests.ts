import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { DeletedOption } from '../../../kafka/ports/schema-registry.ts'
import type { NewSchema } from '../../../kafka/schemas.ts'

/** The query for things that were deleted softly as well. */
export const DELETED = { deleted: 'true' } as const

/** The query for an option of a port. */
export const deletedQuery = ({ isDeleted }: DeletedOption): Readonly<Record<string, string>> =>
  isDeleted ? DELETED : {}

/** The body that registers or checks a schema. */
export const bodyOf = ({ schema, schemaType, references }: NewSchema) => ({ schema, schemaType, references })

const NOT_FOUND: ReadonlySet<string> = new Set(['SUBJECT_NOT_FOUND', 'SCHEMA_NOT_FOUND', 'SCHEMA_VERSION_NOT_FOUND'])

/** Whether the registry answered that it has no such thing. */
export const isNotFound = (thrown: unknown): boolean => thrown instanceof KafkaError && NOT_FOUND.has(thrown.code)

/** The answer, or `absent` if the registry has no such thing. */
export const orAbsent = async <T, A>(asked: Promise<T>, absent: A): Promise<T | A> => {
  try {
    return await asked
  } catch (thrown) {
    if (isNotFound(thrown)) return absent
    throw thrown
  }
}
