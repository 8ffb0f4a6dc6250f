import type { ScramCredential, ScramUser } from '../../kafka/security.ts'
import type { ListOrder } from '../core/paging/connection.ts'
import { enumType, objectRef, parts } from '../core/schema-part.ts'

export const ScramMechanismEnum = enumType('ScramMechanism', {
  description: 'The hash algorithm of a SCRAM login.',
  values: {
    UNKNOWN: { description: 'A mechanism that the broker reports but this API does not know.' },
    SCRAM_SHA_256: { description: '`SCRAM-SHA-256`.' },
    SCRAM_SHA_512: { description: '`SCRAM-SHA-512`.' },
  } as const,
})

const ScramCredentialInfo = objectRef<ScramCredential>('ScramCredentialInfo').implement({
  description:
    'A mechanism by which a user can log in. Kafka never returns the password or anything to derive it from.',
  fields: t => ({
    mechanism: t.expose('mechanism', { description: 'The mechanism.', type: ScramMechanismEnum }),
    iterations: t.exposeInt('iterations', {
      description: 'How many times the password was hashed. More iterations make guessing slower.',
    }),
  }),
})

export const UserScramCredentials = objectRef<ScramUser>('UserScramCredentials').implement({
  description: 'A user who can log in by SCRAM: with a name and a password whose hash Kafka stores.',
  fields: t => ({
    name: t.exposeString('name', {
      description: 'The user’s name. Access control lists call the user `User:` plus this name.',
    }),
    credentialInfos: t.field({
      description: 'The mechanisms by which the user can log in.',
      type: [ScramCredentialInfo],
      resolve: ({ credentials }) => credentials,
    }),
  }),
})

/** The only order of users. */
export const scramUserOrder: ListOrder<ScramUser> = {
  list: 'scramUsers',
  direction: 'ASC',
  shapes: [['string']],
  keyOf: ({ name }) => [name],
}

/** What this file adds to a schema. */
export const scramParts = parts(ScramMechanismEnum, ScramCredentialInfo, UserScramCredentials)
