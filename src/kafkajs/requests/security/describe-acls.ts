import type { AclBinding, AclFilter } from '../../../kafka/acls.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { readEntry, readPattern, writeAcl } from './acl-wire.ts'

/** The ACLs that match a filter, or an error. */
export interface DescribedAcls {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly acls: readonly AclBinding[]
}

const readResource = (reader: ByteReader): readonly AclBinding[] => {
  const pattern = readPattern(reader)
  const acls = reader.compactArray(() => {
    const entry = readEntry(reader)
    reader.skipTags()
    return { ...pattern, ...entry }
  })
  reader.skipTags()
  return acls
}

/** DescribeAcls v3 (Kafka 3.3 and newer). Any broker answers it. */
export const describeAclsRequest = (filter: AclFilter): ApiRequest<DescribedAcls> => ({
  apiKey: 29,
  apiName: 'DescribeAcls',
  apiVersion: 3,
  isFlexible: true,
  encode: writer => {
    // The filter is the whole request, so its tags are the request's.
    writeAcl(writer, filter)
  },
  decode: reader => {
    reader.throttleTime()
    return {
      errorCode: reader.int16(),
      errorMessage: reader.compactString(),
      acls: reader.compactArray(() => readResource(reader)).flat(),
    }
  },
})
