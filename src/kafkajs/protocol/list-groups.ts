import type { ApiRequest } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'
import { sliced } from './sliced.ts'

/** API key of ListGroups, to look it up among a broker's versions. */
export const LIST_GROUPS = 16

/** One group as on the wire; `type` is null where the broker does not tell it. */
export interface ListedGroup {
  readonly groupId: string
  readonly protocolType: string
  readonly state: string
  readonly type: string | null
}

/** The groups that one broker coordinates, or why it does not tell. */
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

/** ListGroups v4 (Kafka 2.6) or v5 (Kafka 3.8), which tells types: every group that the asked broker coordinates. */
export const listGroupsRequest = (version: number): ApiRequest<ListedGroups> => ({
  apiKey: LIST_GROUPS,
  apiName: 'ListGroups',
  apiVersion: version,
  isFlexible: true,
  encode: writer => {
    // No filter of states, none of types.
    writer.compactArray([], () => {})
    if (version >= 5) writer.compactArray([], () => {})
    writer.noTags()
  },
  decode: async reader => {
    reader.throttleTime()
    return { errorCode: reader.int16(), groups: await sliced(reader, () => readGroup(reader, version)) }
  },
})
