import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { mutationField, objectRef, parts } from '../core/schema-part.ts'
import { checkSubject } from './new-schema.ts'
import { changeRegistry } from './registry-change.ts'
import { subjectGlobalId } from './subject-type.ts'

interface DeleteSubjectShape {
  readonly errors: readonly FailureShape[]
  readonly deletedVersions: readonly number[]
  readonly deletedSubject: string | null
}

const DeleteSubjectPayload = objectRef<DeleteSubjectShape>('DeleteSubjectPayload').implement({
  description: 'The result of `deleteSubject`.',
  interfaces: [MutationPayload],
  fields: t => ({
    deletedVersions: t.exposeIntList('deletedVersions', {
      description: 'The versions that were deleted. Empty if the deletion was refused.',
    }),
    deletedId: t.id({
      description:
        'The global id (`Subject.id`) of the deleted subject; null if the deletion was refused. A client uses it to remove the subject from its cache.',
      nullable: true,
      resolve: ({ deletedSubject }, _, context) =>
        deletedSubject === null ? null : subjectGlobalId(deletedSubject, context),
    }),
  }),
})

const PERMANENT =
  'Delete for good. The schemas can then not be found by id any more, and messages that were written with them become unreadable.'

const deleteSubjectMutation = mutationField('deleteSubject', t =>
  t.field({
    description:
      'Deletes a subject with all its versions. Without `permanent` this is a soft deletion: no new version is checked against them, but old messages stay readable, because the schemas are still found by id. Refused while another schema refers to one of the versions.',
    type: DeleteSubjectPayload,
    args: {
      subject: t.arg.string({ required: true, description: 'The name of the subject.' }),
      permanent: t.arg.boolean({ defaultValue: false, description: PERMANENT }),
    },
    resolve: async (_, { subject, permanent }, context) => {
      checkSubject('subject', subject)
      const { errors, result } = await changeRegistry(context, (registry, call) =>
        registry.deleteSubject(call, subject, { permanent: permanent ?? false }),
      )
      return { errors, deletedVersions: result ?? [], deletedSubject: result === null ? null : subject }
    },
  }),
)

interface DeleteVersionShape {
  readonly errors: readonly FailureShape[]
  readonly deletedVersion: number | null
}

const DeleteSchemaVersionPayload = objectRef<DeleteVersionShape>('DeleteSchemaVersionPayload').implement({
  description: 'The result of `deleteSchemaVersion`.',
  interfaces: [MutationPayload],
  fields: t => ({
    deletedVersion: t.exposeInt('deletedVersion', {
      description: 'The version that was deleted; null if the deletion was refused.',
      nullable: true,
    }),
  }),
})

const deleteSchemaVersionMutation = mutationField('deleteSchemaVersion', t =>
  t.field({
    description:
      'Deletes one version of a subject, softly unless `permanent` is given. The other versions keep their numbers. Refused while another schema refers to it.',
    type: DeleteSchemaVersionPayload,
    args: {
      subject: t.arg.string({ required: true, description: 'The name of the subject.' }),
      version: t.arg.int({ required: true, description: 'The number of the version.' }),
      permanent: t.arg.boolean({ defaultValue: false, description: PERMANENT }),
    },
    resolve: async (_, { subject, version, permanent }, context) => {
      checkSubject('subject', subject)
      const { errors, result } = await changeRegistry(context, (registry, call) =>
        registry.deleteVersion(call, { subject, version }, { permanent: permanent ?? false }),
      )
      return { errors, deletedVersion: result }
    },
  }),
)

/** What this file adds to a schema. */
export const deleteSchemasParts = parts(
  DeleteSubjectPayload,
  deleteSubjectMutation,
  DeleteSchemaVersionPayload,
  deleteSchemaVersionMutation,
)
