import type { AclBinding } from '../../../kafka/acls.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import { writeAcl } from './acl-wire.ts'

/** The result of one ACL, at its index in the request. */
export interface CreateAclResult {
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** CreateAcls v3 (Kafka 3.3 and newer). */
export const createAclsRequest = (acls: readonly AclBinding[]): ApiRequest<readonly CreateAclResult[]> => ({
  apiKey: 30,
  apiName: 'CreateAcls',
  apiVersion: 3,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(acls, acl => writeAcl(writer, acl)).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => {
      const result = { errorCode: reader.int16(), errorMessage: reader.compactString() }
      reader.skipTags()
      return result
    })
  },
})
