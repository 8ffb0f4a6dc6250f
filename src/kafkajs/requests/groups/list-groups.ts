import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import { sliced } from '../../wire/sliced.ts'

/** API key of ListGroups, to look up a broker's versions. */
export const LIST_GROUPS = 16

/** One group on the wire; `type` is null if the broker does not report it. */
export interface ListedGroup {
  readonly groupId: string
  readonly protocolType: string
  readonly state: string
  readonly type: string | null
}

/** The groups that one broker coordinates, or an error. */
export interface ListedGroups {
  readonly errorCode: number
  readonly groups: readonly ListedGroup[]
}

const readGroup = (reader: ByteReader, version: number): ListedGroup => {
  const group = {
    groupId: reader.compactString() ?? '',
    protocolType: reader.compactString() ?? '',
    state: reader.compactString() ?? '',
    type: version < 5 ? null : reader.compactString(),
  }
  reader.skipTags()
  return group
}

/** ListGroups v4 (Kafka 2.6) or v5 (Kafka 3.8), which reports types: every group that the broker coordinates. */
export const listGroupsRequest = (version: number): ApiRequest<ListedGroups> => ({
  apiKey: LIST_GROUPS,
  apiName: 'ListGroups',
  apiVersion: version,
  isFlexible: true,
  encode: writer => {
    // No filter by state or type.
    writer.compactArray([], () => {})
    if (version >= 5) writer.compactArray([], () => {})
    writer.noTags()
  },
  decode: async reader => {
    reader.throttleTime()
    return { errorCode: reader.int16(), groups: await sliced(reader, () => readGroup(reader, version)) }
  },
})
