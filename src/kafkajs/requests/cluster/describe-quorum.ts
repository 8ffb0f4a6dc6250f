import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { ByteWriter } from '../../wire/byte-writer.ts'

/** The leader of the controllers. */
export interface QuorumLeader {
  readonly errorCode: number
  /** Node id; -1 during an election. */
  readonly leaderId: number
}

/** One node's copy of the log on the wire: -1 for unknown values, a zero UUID for no directory. */
export interface WireQuorumReplica {
  readonly replicaId: number
  readonly replicaDirectoryId: string
  readonly logEndOffset: bigint
  readonly lastFetchTimestamp: bigint
  readonly lastCaughtUpTimestamp: bigint
}

/** The whole quorum, as its leader reports it. */
export interface DescribedQuorum extends QuorumLeader {
  readonly errorMessage: string | null
  readonly leaderEpoch: number
  readonly highWatermark: bigint
  readonly voters: readonly WireQuorumReplica[]
  readonly observers: readonly WireQuorumReplica[]
}

const API_KEY = 55
const API_NAME = 'DescribeQuorum'

const readLeader = (reader: ByteReader): QuorumLeader => {
  const errorCode = reader.int16()
  const isEmpty = reader.uvarint() <= 1
  if (errorCode !== 0 || isEmpty) return { errorCode, leaderId: -1 }
  reader.compactString() // topic name
  reader.uvarint() // number of partitions: one was requested
  reader.int32() // partition
  // The rest (epoch, voters, observers) is not needed and stays unread.
  return { errorCode: reader.int16(), leaderId: reader.int32() }
}

const readReplica = (reader: ByteReader): WireQuorumReplica => {
  const replica = {
    replicaId: reader.int32(),
    replicaDirectoryId: reader.uuid(),
    logEndOffset: reader.int64(),
    lastFetchTimestamp: reader.int64(),
    lastCaughtUpTimestamp: reader.int64(),
  }
  reader.skipTags()
  return replica
}

const readQuorum = (reader: ByteReader): DescribedQuorum => {
  const errorCode = reader.int16()
  const errorMessage = reader.compactString()
  const isEmpty = reader.uvarint() <= 1
  if (errorCode !== 0 || isEmpty) {
    return { errorCode, errorMessage, leaderId: -1, leaderEpoch: 0, highWatermark: -1n, voters: [], observers: [] }
  }
  reader.compactString() // topic name
  reader.uvarint() // number of partitions: one was requested
  reader.int32() // partition
  return {
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
    leaderId: reader.int32(),
    leaderEpoch: reader.int32(),
    highWatermark: reader.int64(),
    voters: reader.compactArray(() => readReplica(reader)),
    observers: reader.compactArray(() => readReplica(reader)),
  }
}

const encodeQuestion = (writer: ByteWriter): void => {
  writer.compactArray(['__cluster_metadata'], topic => {
    writer.compactString(topic)
    writer.compactArray([0], partition => writer.int32(partition).noTags())
    writer.noTags()
  })
  writer.noTags()
}

/** DescribeQuorum v0 (KRaft, Kafka 3.0 and newer). The leader of `__cluster_metadata` is the active controller. */
export const describeQuorumLeaderRequest = (): ApiRequest<QuorumLeader> => ({
  apiKey: API_KEY,
  apiName: API_NAME,
  apiVersion: 0,
  isFlexible: true,
  encode: encodeQuestion,
  decode: readLeader,
})

/** DescribeQuorum v2 (Kafka 3.9 and newer): the leader, the voters and the observers of `__cluster_metadata`. */
export const describeQuorumRequest = (): ApiRequest<DescribedQuorum> => ({
  apiKey: API_KEY,
  apiName: API_NAME,
  apiVersion: 2,
  isFlexible: true,
  encode: encodeQuestion,
  decode: readQuorum,
})
