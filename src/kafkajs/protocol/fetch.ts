import type { ApiRequest } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'

/** From where one partition is fetched. */
export interface FetchPosition {
  readonly topicId: string
  readonly partition: number
  /** The leader epoch known here: a broker that knows a newer one refuses, so a demoted leader never answers. */
  readonly leaderEpoch: number
  readonly offset: bigint
  /** Epoch of the last message read, -1 for none: the broker then tells where its log parts from it. */
  readonly lastFetchedEpoch: number
}

/** How a fetch is bounded. */
export interface FetchBounds {
  readonly isReadCommitted: boolean
  readonly maxWaitMs: number
  readonly maxBytes: number
  readonly maxBytesPerPartition: number
}

/** A transaction of this producer that began at `firstOffset` was aborted. */
export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: bigint
}

/** One partition's part of a Fetch answer; offsets are -1 where the broker did not tell. */
export interface FetchedPartition {
  readonly topicId: string
  readonly partition: number
  readonly errorCode: number
  readonly highWatermark: bigint
  readonly lastStableOffset: bigint
  readonly logStartOffset: bigint
  /** Where the leader's log parts from what was read, after an unclean election; null when it does not. */
  readonly divergingEndOffset: bigint | null
  readonly abortedTransactions: readonly AbortedTransaction[]
  /** Record batches as they are, the last one possibly cut off. */
  readonly records: Buffer
}

const NOTHING = Buffer.alloc(0)
const DIVERGING_EPOCH_TAG = 0

const writePosition = (writer: ByteWriter, position: FetchPosition, maxBytes: number): void => {
  writer.int32(position.partition).int32(position.leaderEpoch).int64(position.offset)
  writer.int32(position.lastFetchedEpoch).int64(-1n).int32(maxBytes).noTags()
}

/** Neighbours of one topic together. A topic may come again further on: the broker serves positions in this order. */
const byTopic = (positions: readonly FetchPosition[]): [string, FetchPosition[]][] => {
  const runs: [string, FetchPosition[]][] = []
  for (const position of positions) {
    const last = runs.at(-1)
    if (last?.[0] === position.topicId) last[1].push(position)
    else runs.push([position.topicId, [position]])
  }
  return runs
}

/** Reads the tagged fields of a partition; of them only the diverging epoch matters here. */
const readDivergingEndOffset = (reader: ByteReader): bigint | null => {
  let endOffset: bigint | null = null
  for (let left = reader.uvarint(); left > 0; left--) {
    const tag = reader.uvarint()
    const value = reader.raw(reader.uvarint())
    if (tag === DIVERGING_EPOCH_TAG) endOffset = value.readBigInt64BE(4)
  }
  return endOffset
}

const readPartition = (reader: ByteReader, topicId: string): FetchedPartition => {
  const fixed = {
    topicId,
    partition: reader.int32(),
    errorCode: reader.int16(),
    highWatermark: reader.int64(),
    lastStableOffset: reader.int64(),
    logStartOffset: reader.int64(),
  }
  const abortedTransactions = reader.compactArray(() => {
    const aborted = { producerId: reader.int64(), firstOffset: reader.int64() }
    reader.skipTags()
    return aborted
  })
  reader.int32() // preferred read replica: only ever set for a client that names its rack
  const length = reader.uvarint()
  const records = length === 0 ? NOTHING : reader.raw(length - 1)
  return { ...fixed, abortedTransactions, records, divergingEndOffset: readDivergingEndOffset(reader) }
}

/**
 * Fetch v13 (Kafka 3.1 and newer), by topic id and leader epoch: a recreated topic or a moved leader answers with an
 * error instead of somebody else's messages. Without the epoch, versions from 11 on let a former leader answer as a follower.
 * Decodes to the error code of the whole answer and its partitions.
 */
export const fetchRequest = (
  positions: readonly FetchPosition[],
  bounds: FetchBounds,
): ApiRequest<{ errorCode: number; partitions: readonly FetchedPartition[] }> => ({
  apiKey: 1,
  apiName: 'Fetch',
  apiVersion: 13,
  isFlexible: true,
  encode: writer => {
    writer.int32(-1).int32(bounds.maxWaitMs).int32(1).int32(bounds.maxBytes).boolean(bounds.isReadCommitted)
    writer.int32(0).int32(-1) // no fetch session
    writer.compactArray(byTopic(positions), ([topicId, partitions]) => {
      writer.uuid(topicId)
      writer.compactArray(partitions, position => writePosition(writer, position, bounds.maxBytesPerPartition)).noTags()
    })
    writer
      .compactArray([], () => {})
      .compactString('')
      .noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const errorCode = reader.int16()
    reader.int32() // session id
    const topics = reader.compactArray(() => {
      const topicId = reader.uuid()
      const partitions = reader.compactArray(() => readPartition(reader, topicId))
      reader.skipTags()
      return partitions
    })
    return { errorCode, partitions: topics.flat() }
  },
})
