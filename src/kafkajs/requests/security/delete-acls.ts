import type { AclBinding, AclFilter } from '../../../kafka/acls.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { readEntry, readPattern, writeAcl } from './acl-wire.ts'

/** The result of one ACL that a filter matched. */
interface DeletedAcl {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly acl: AclBinding
}

/** The result of one filter, at its index in the request. */
export interface DeleteAclsResult {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly matching: readonly DeletedAcl[]
}

const readMatching = (reader: ByteReader): DeletedAcl => {
  const deleted = {
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
    acl: { ...readPattern(reader), ...readEntry(reader) },
  }
  reader.skipTags()
  return deleted
}

/** DeleteAcls v3 (Kafka 3.3 and newer). */
export const deleteAclsRequest = (filters: readonly AclFilter[]): ApiRequest<readonly DeleteAclsResult[]> => ({
  apiKey: 31,
  apiName: 'DeleteAcls',
  apiVersion: 3,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(filters, filter => writeAcl(writer, filter)).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => {
      const result = {
        errorCode: reader.int16(),
        errorMessage: reader.compactString(),
        matching: reader.compactArray(() => readMatching(reader)),
      }
      reader.skipTags()
      return result
    })
  },
})
