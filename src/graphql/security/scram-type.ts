import type { ScramCredential, ScramUser } from '../../kafka/security.ts'
import type { ListOrder } from '../connection.ts'
import { enumType, objectRef, parts } from '../schema-part.ts'

/** How SCRAM hashes. */
export const ScramMechanismEnum = enumType('ScramMechanism', {
  description: 'How a password is hashed when a user logs in by SCRAM.',
  values: {
    UNKNOWN: { description: 'A mechanism that the broker names and this API does not know.' },
    SCRAM_SHA_256: { description: '`SCRAM-SHA-256`.' },
    SCRAM_SHA_512: { description: '`SCRAM-SHA-512`.' },
  } as const,
})

const ScramCredentialInfo = objectRef<ScramCredential>('ScramCredentialInfo').implement({
  description: 'That a user can log in by a mechanism. Kafka never tells the password, nor anything to find it from.',
  fields: t => ({
    mechanism: t.expose('mechanism', { description: 'The mechanism.', type: ScramMechanismEnum }),
    iterations: t.exposeInt('iterations', {
      description: 'How often the password was hashed: the more, the longer guessing takes.',
    }),
  }),
})

/** A user who can log in by SCRAM. */
export const UserScramCredentials = objectRef<ScramUser>('UserScramCredentials').implement({
  description: 'A user who can log in by SCRAM (a name and a password that Kafka itself keeps, hashed).',
  fields: t => ({
    name: t.exposeString('name', {
      description: 'The name; access control lists call the user `User:` and this name.',
    }),
    credentialInfos: t.field({
      description: 'The mechanisms by which the user can log in.',
      type: [ScramCredentialInfo],
      resolve: ({ credentials }) => credentials,
    }),
  }),
})

/** The one order of users. */
export const scramUserOrder: ListOrder<ScramUser> = {
  list: 'scramUsers',
  direction: 'ASC',
  shapes: [['string']],
  keyOf: ({ name }) => [name],
}

/** What this file adds to a schema. */
export const scramParts = parts(ScramMechanismEnum, ScramCredentialInfo, UserScramCredentials)
