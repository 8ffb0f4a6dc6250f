import type { SchemaVersion as SchemaVersionShape, SubjectVersion } from '../../kafka/schemas.ts'
import { objectRef } from '../core/schema-part.ts'

/** A version of a subject in a resolver. Its schema loads on demand. */
export interface SchemaVersionNode extends SubjectVersion {
  readonly schema?: SchemaVersionShape['schema']
}

/** Fields in `subject-type.ts` and `schema-type.ts` lead to the subject and the schema. */
export const SchemaVersion = objectRef<SchemaVersionNode>('SchemaVersion').implement({
  description:
    'One version of a subject: the schema that was registered as the first, second, … of that name. A version never changes. A change of a schema is registered as the next version.',
  fields: t => ({
    version: t.exposeInt('version', { description: 'Its number in the subject, counted from 1.' }),
  }),
})
