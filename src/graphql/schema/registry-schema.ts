import type { FolderParts } from '../core/schema-part.ts'
import { deleteSchemasParts } from '../registry/delete-schemas.ts'
import { SchemaReferenceInput } from '../registry/new-schema.ts'
import { registerSchemaParts } from '../registry/register-schema.ts'
import { registryEnumsParts } from '../registry/registry-enums.ts'
import { schemaRegistryParts } from '../registry/schema-registry-type.ts'
import { schemaParts } from '../registry/schema-type.ts'
import { SchemaVersion } from '../registry/schema-version-type.ts'
import { subjectParts } from '../registry/subject-type.ts'
import { subjectsParts } from '../registry/subjects.ts'
import { topicSchemaFields } from '../registry/topic-schemas.ts'

/** What the schema says of the schema registry. */
export const registrySchema: FolderParts = {
  reads: [
    registryEnumsParts,
    SchemaReferenceInput,
    SchemaVersion,
    subjectParts,
    schemaParts,
    schemaRegistryParts,
    subjectsParts,
    topicSchemaFields,
  ],
  writes: [registerSchemaParts, deleteSchemasParts],
}
