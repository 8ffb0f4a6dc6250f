import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'

/** A running reassignment on the wire. */
export interface WireReassignment {
  readonly topic: string
  readonly partition: number
  readonly replicas: readonly number[]
  readonly addingReplicas: readonly number[]
  readonly removingReplicas: readonly number[]
}

/** All running reassignments, or an error. */
export interface ListedReassignments {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly reassignments: readonly WireReassignment[]
}

const readTopic = (reader: ByteReader): readonly WireReassignment[] => {
  const nodeIds = () => reader.compactArray(() => reader.int32())
  const topic = reader.compactString() ?? ''
  const moves = reader.compactArray(() => {
    const partition = reader.int32()
    const move = { topic, partition, replicas: nodeIds(), addingReplicas: nodeIds(), removingReplicas: nodeIds() }
    reader.skipTags()
    return move
  })
  reader.skipTags()
  return moves
}

/** ListPartitionReassignments v0 (Kafka 2.4 and newer) for all topics. Returns only partitions that are moving. */
export const listPartitionReassignmentsRequest = (timeoutMs: number): ApiRequest<ListedReassignments> => ({
  apiKey: 46,
  apiName: 'ListPartitionReassignments',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.int32(timeoutMs).compactArray(null, () => {})
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const errorCode = reader.int16()
    const errorMessage = reader.compactString()
    return { errorCode, errorMessage, reassignments: reader.compactArray(() => readTopic(reader)).flat() }
  },
})
