import type { ApiRequest } from '../../wire/api-request.ts'

/** A credential to delete, as on the wire. */
export interface WireScramDeletion {
  readonly user: string
  readonly mechanism: number
}

/** A credential to create or replace, as on the wire. */
export interface WireScramUpsert extends WireScramDeletion {
  readonly iterations: number
  readonly salt: Buffer
  /** PBKDF2 of the password. It is as secret as the password: anyone who has it can log in. */
  readonly saltedPassword: Buffer
}

/** The result of all changes to one user. */
export interface AlterScramResult {
  readonly name: string
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** AlterUserScramCredentials v0. Returns one result per user, however many credentials change. */
export const alterUserScramCredentialsRequest = (
  upserts: readonly WireScramUpsert[],
  deletions: readonly WireScramDeletion[],
): ApiRequest<readonly AlterScramResult[]> => ({
  apiKey: 51,
  apiName: 'AlterUserScramCredentials',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(deletions, ({ user, mechanism }) => writer.compactString(user).int8(mechanism).noTags())
    writer.compactArray(upserts, ({ user, mechanism, iterations, salt, saltedPassword }) =>
      writer
        .compactString(user)
        .int8(mechanism)
        .int32(iterations)
        .compactBytes(salt)
        .compactBytes(saltedPassword)
        .noTags(),
    )
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => {
      const result = {
        name: reader.compactString() ?? '',
        errorCode: reader.int16(),
        errorMessage: reader.compactString(),
      }
      reader.skipTags()
      return result
    })
  },
})
