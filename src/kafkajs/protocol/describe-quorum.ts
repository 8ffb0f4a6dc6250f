import type { ApiRequest } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'

/** Who leads the controllers. */
export interface QuorumLeader {
  readonly errorCode: number
  /** Node id; -1 while one is being elected. */
  readonly leaderId: number
}

const readPartition = (reader: ByteReader): QuorumLeader => {
  reader.int32() // partition
  // What follows (epoch, voters, observers) is not needed, so the answer is not read to its end.
  return { errorCode: reader.int16(), leaderId: reader.int32() }
}

const readLeader = (reader: ByteReader): QuorumLeader => {
  const errorCode = reader.int16()
  const isEmpty = reader.uvarint() <= 1
  if (errorCode !== 0 || isEmpty) return { errorCode, leaderId: -1 }
  reader.compactString() // topic name
  reader.uvarint() // number of partitions: one was asked for
  return readPartition(reader)
}

/** DescribeQuorum v0 (KRaft, Kafka 3.0 and newer): the leader of `__cluster_metadata` is the active controller. */
export const describeQuorumRequest = (): ApiRequest<QuorumLeader> => ({
  apiKey: 55,
  apiName: 'DescribeQuorum',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(['__cluster_metadata'], topic => {
      writer.compactString(topic)
      writer.compactArray([0], partition => writer.int32(partition).noTags())
      writer.noTags()
    })
    writer.noTags()
  },
  decode: readLeader,
})
