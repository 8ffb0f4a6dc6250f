import type { CompatibilityLevel } from '../../kafka/schemas.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { mutationField, objectRef, parts } from '../core/schema-part.ts'
import { checkSubject, newSchemaArguments, newSchemaOf } from './new-schema.ts'
import { changeRegistry } from './registry-change.ts'
import { CompatibilityLevelEnum } from './registry-enums.ts'
import { SchemaVersion, type SchemaVersionNode } from './schema-version-type.ts'
import { Subject, type SubjectNode, subjectNamed } from './subject-type.ts'

interface RegisterShape {
  readonly errors: readonly FailureShape[]
  readonly schemaVersion: SchemaVersionNode | null
}

const RegisterSchemaPayload = objectRef<RegisterShape>('RegisterSchemaPayload').implement({
  description: 'The result of `registerSchema`.',
  interfaces: [MutationPayload],
  fields: t => ({
    schemaVersion: t.expose('schemaVersion', {
      description: 'The version that has the schema now; null if it was refused.',
      type: SchemaVersion,
      nullable: true,
    }),
  }),
})

const registerSchemaMutation = mutationField('registerSchema', t =>
  t.field({
    description:
      'Registers a schema as the next version of a subject, and creates the subject with its first schema. If the subject already has this schema, nothing changes and that version is the result. A schema that breaks the rule of the subject is refused with INCOMPATIBLE_SCHEMA and the reasons; text that is no schema with INVALID_SCHEMA.',
    type: RegisterSchemaPayload,
    args: newSchemaArguments(t.arg),
    resolve: async (_, { subject, ...schema }, context) => {
      checkSubject('subject', subject)
      const wanted = newSchemaOf(schema)
      const { errors, result } = await changeRegistry(context, (registry, call) =>
        registry.registerSchema(call, subject, wanted),
      )
      return { errors, schemaVersion: result }
    },
  }),
)

interface AlterShape {
  readonly errors: readonly FailureShape[]
  readonly compatibilityLevel: CompatibilityLevel | null
  readonly subject: SubjectNode | null
}

const AlterCompatibilityPayload = objectRef<AlterShape>('AlterCompatibilityPayload').implement({
  description: 'The result of `alterCompatibility`.',
  interfaces: [MutationPayload],
  fields: t => ({
    compatibilityLevel: t.expose('compatibilityLevel', {
      description: 'The rule that is in force now; null if the change was refused.',
      type: CompatibilityLevelEnum,
      nullable: true,
    }),
    subject: t.expose('subject', {
      description: 'The subject; null for the registry’s own rule, or if the change was refused.',
      type: Subject,
      nullable: true,
    }),
  }),
})

const alterCompatibilityMutation = mutationField('alterCompatibility', t =>
  t.field({
    description:
      'Sets the rule for new versions of one subject, or of all subjects that have none of their own. Versions that are registered already stay, even if they break the new rule.',
    type: AlterCompatibilityPayload,
    args: {
      subject: t.arg.string({ description: 'The subject. Default: the registry’s own rule.' }),
      compatibilityLevel: t.arg({ type: CompatibilityLevelEnum, required: true, description: 'The new rule.' }),
    },
    resolve: async (_, { subject = null, compatibilityLevel }, context) => {
      if (subject !== null) checkSubject('subject', subject)
      const { errors, result } = await changeRegistry(context, (registry, call) =>
        registry.alterCompatibility(call, subject, compatibilityLevel),
      )
      const isDone = result !== null && subject !== null
      return { errors, compatibilityLevel: result, subject: isDone ? subjectNamed(subject) : null }
    },
  }),
)

/** What this file adds to a schema. */
export const registerSchemaParts = parts(
  RegisterSchemaPayload,
  registerSchemaMutation,
  AlterCompatibilityPayload,
  alterCompatibilityMutation,
)
