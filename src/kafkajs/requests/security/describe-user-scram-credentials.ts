import type { ApiRequest } from '../../wire/api-request.ts'

/** One user's credentials on the wire: mechanism 1 is SCRAM-SHA-256, 2 is SCRAM-SHA-512. */
export interface WireScramUser {
  readonly name: string
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly credentials: readonly { readonly mechanism: number; readonly iterations: number }[]
}

/** The users, or an error. */
export interface DescribedScramUsers {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly users: readonly WireScramUser[]
}

/**
 * DescribeUserScramCredentials v0; null requests every user, sent as an empty list. Kafka also accepts a null list, but
 * then never answers a principal without DESCRIBE on the cluster: the broker fails while it writes the refusal (4.3.1).
 */
export const describeUserScramCredentialsRequest = (
  names: readonly string[] | null,
): ApiRequest<DescribedScramUsers> => ({
  apiKey: 50,
  apiName: 'DescribeUserScramCredentials',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(names ?? [], name => writer.compactString(name).noTags()).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const errorCode = reader.int16()
    const errorMessage = reader.compactString()
    const users = reader.compactArray(() => {
      const user = {
        name: reader.compactString() ?? '',
        errorCode: reader.int16(),
        errorMessage: reader.compactString(),
        credentials: reader.compactArray(() => {
          const credential = { mechanism: reader.int8(), iterations: reader.int32() }
          reader.skipTags()
          return credential
        }),
      }
      reader.skipTags()
      return user
    })
    return { errorCode, errorMessage, users }
  },
})
