import { asKafkaError, isFailure, KafkaError } from '../../kafka/errors/kafka-error.ts'
import { type Call, uninterrupted } from '../../kafka/ports/call.ts'
import type { SecurityAdmin } from '../../kafka/ports/security-admin.ts'
import type { ScramDeletion, ScramOutcomes, ScramUpsert, ScramUser } from '../../kafka/security.ts'
import { shortened, textProblem } from '../../kafka/text.ts'
import { badInput, translating } from '../core/errors/failures.ts'
import { type FailureShape, MutationPayload } from '../core/outcomes/mutation-failure.ts'
import { failuresOf } from '../core/outcomes/outcomes.ts'
import { inputType, mutationField, objectRef, parts } from '../core/schema-part.ts'
import { ScramMechanismEnum, UserScramCredentials } from './scram-type.ts'

const ScramUpsertInput = inputType('ScramUpsertInput', {
  description: 'A credential to create, or to replace if the user already has one for this mechanism.',
  fields: t => ({
    user: t.string({ required: true, description: 'The name of the user.' }),
    mechanism: t.field({
      type: ScramMechanismEnum,
      required: true,
      description: 'The hash algorithm of the login.',
    }),
    iterations: t.int({
      required: true,
      defaultValue: 4096,
      description: 'How many times the password is hashed: 4096, the default, to 16384.',
    }),
    password: t.field({
      type: 'Password',
      required: true,
      description: 'The password. The server sends only a salted hash of it to Kafka, and nobody can read it back.',
    }),
  }),
})

const ScramDeletionInput = inputType('ScramDeletionInput', {
  description: 'A credential to delete.',
  fields: t => ({
    user: t.string({ required: true, description: 'The name of the user.' }),
    mechanism: t.field({ type: ScramMechanismEnum, required: true, description: 'The mechanism of the credential.' }),
  }),
})

interface ScramShape {
  readonly errors: readonly FailureShape[]
  /** The users whose credentials were changed. */
  readonly changed: readonly string[]
}

const ScramPayload = objectRef<ScramShape>('ScramPayload').implement({
  description: 'The result of `alterUserScramCredentials`.',
  interfaces: [MutationPayload],
  fields: t => ({
    users: t.field({
      description:
        'The users with changed credentials, in their new state. A user without any credential left is left out. Null with an error if they cannot be read.',
      type: [UserScramCredentials],
      nullable: true,
      resolve: ({ changed }, _, { ports, call }): Promise<readonly ScramUser[]> | [] =>
        changed.length === 0 ? [] : translating(() => ports.security.describeScramUsers(uninterrupted(call), changed)),
    }),
  }),
})

/** The problem of each item, if any. Kafka's response could not distinguish two items of one user and mechanism. */
const problemsOf = (all: readonly ScramDeletion[]): ((one: ScramDeletion) => KafkaError | null) => {
  const keyOf = ({ user, mechanism }: ScramDeletion) => `${mechanism} ${user}`
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const key of all.map(keyOf)) (seen.has(key) ? repeated : seen).add(key)
  return one => {
    const problem = textProblem('the name of a user', one.user)
    if (problem !== null) return new KafkaError('INVALID_REQUEST', problem)
    if (!repeated.has(keyOf(one))) return null
    const text = `${shortened(one.user)} is named more than once for ${one.mechanism} in this request.`
    return new KafkaError('DUPLICATE_RESOURCE', text)
  }
}

const alter = async (
  call: Call,
  security: SecurityAdmin,
  upserts: readonly ScramUpsert[],
  deletions: readonly ScramDeletion[],
): Promise<ScramOutcomes> => {
  const problemOf = problemsOf([...upserts, ...deletions])
  const sound = <T extends ScramDeletion>(all: readonly T[]) => all.filter(one => problemOf(one) === null)
  const everyOne = (error: KafkaError) => ({
    upserts: sound(upserts).map(() => error),
    deletions: sound(deletions).map(() => error),
  })
  const done = await security.alterScramCredentials(call, sound(upserts), sound(deletions)).catch((thrown: unknown) => {
    if (thrown instanceof KafkaError) return everyOne(thrown)
    throw thrown
  })
  const [ofUpserts, ofDeletions] = [done.upserts.values(), done.deletions.values()]
  const missing = () => asKafkaError(new Error('Kafka’s response has no result for this item.'))
  return {
    upserts: upserts.map(one => problemOf(one) ?? ofUpserts.next().value ?? missing()),
    deletions: deletions.map(one => problemOf(one) ?? ofDeletions.next().value ?? missing()),
  }
}

const alterUserScramCredentialsMutation = mutationField('alterUserScramCredentials', t =>
  t.field({
    description:
      'Creates, replaces and deletes the credentials with which users log in by SCRAM, as `kafka-configs --alter --entity-type users` does. When the response arrives, they are in effect on every broker; open connections stay open.',
    type: ScramPayload,
    args: {
      upserts: t.arg({ type: [ScramUpsertInput], description: 'Credentials to create or replace.' }),
      deletions: t.arg({ type: [ScramDeletionInput], description: 'Credentials to delete.' }),
    },
    resolve: async (_, { upserts, deletions }, { ports, call, loaders, limits }) => {
      const { max } = limits.page
      const [created, deleted] = [upserts ?? [], deletions ?? []]
      const count = created.length + deleted.length
      if (count > max) throw badInput('upserts', `and deletions take at most ${max} items, this request has ${count}.`)
      const outcomes = await alter(uninterrupted(call), ports.security, created, deleted)
      loaders.forget()
      const users = [...outcomes.upserts, ...outcomes.deletions].flatMap(user => (isFailure(user) ? [] : [user]))
      return {
        errors: [...failuresOf(outcomes.upserts, ['upserts']), ...failuresOf(outcomes.deletions, ['deletions'])],
        changed: [...new Set(users)],
      }
    },
  }),
)

/** What this file adds to a schema. */
export const alterScramParts = parts(
  ScramUpsertInput,
  ScramDeletionInput,
  ScramPayload,
  alterUserScramCredentialsMutation,
)
