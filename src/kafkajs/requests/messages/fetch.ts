import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { ByteWriter } from '../../wire/byte-writer.ts'

/** Where to fetch one partition from. */
export interface FetchPosition {
  readonly topic: string
  readonly topicId: string
  readonly partition: number
  /** The leader epoch known here. A broker that knows a newer one refuses, so a demoted leader never answers. */
  readonly leaderEpoch: number
  readonly offset: bigint
  /** Epoch of the last message read; -1 for none. With it the broker reports where its log diverges. */
  readonly lastFetchedEpoch: number
}

/** Bounds of a fetch. */
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

/** One partition in a Fetch response; offsets are -1 if not reported. */
export interface FetchedPartition {
  /**
   * The requested topic id. Below `FETCH_BY_ID` the broker returns a name, which may belong to another topic by now.
   */
  readonly topicId: string
  readonly partition: number
  readonly errorCode: number
  readonly highWatermark: bigint
  readonly lastStableOffset: bigint
  readonly logStartOffset: bigint
  /** Where the leader's log diverges from what was read, after an unclean election; null if it does not. */
  readonly divergingEndOffset: bigint | null
  readonly abortedTransactions: readonly AbortedTransaction[]
  /** Undecoded record batches; the last one may be cut off. */
  readonly records: Buffer
}

/** Decodes to the error code of the response and its partitions. */
export type FetchRequest = ApiRequest<{ errorCode: number; partitions: readonly FetchedPartition[] }>

export const FETCH = 1
/**
 * Kafka 0.11 and newer. 13 names topics by id, 12 reports diverging logs, 9 adds the leader epoch. Before 10 a broker
 * returns no Zstandard; before 5 it does not report where a log starts.
 */
export const FETCH_VERSIONS = [5, 6, 7, 8, 9, 10, 11, 12, 13] as const
export const FETCH_BY_ID = 13
const FLEXIBLE = 12
const WITH_RACK = 11
const WITH_EPOCH = 9
const WITH_SESSION = 7

const NOTHING = Buffer.alloc(0)
const DIVERGING_EPOCH_TAG = 0

const writePosition = (writer: ByteWriter, position: FetchPosition, maxBytes: number, version: number): void => {
  writer.int32(position.partition)
  if (version >= WITH_EPOCH) writer.int32(position.leaderEpoch)
  writer.int64(position.offset)
  if (version >= FLEXIBLE) writer.int32(position.lastFetchedEpoch)
  writer.int64(-1n).int32(maxBytes)
  if (version >= FLEXIBLE) writer.noTags()
}

/**
 * Groups adjacent positions of one topic. A topic may appear several times, because the broker serves positions in this
 * order.
 */
const runsOfTopics = (positions: readonly FetchPosition[]): [FetchPosition, FetchPosition[]][] => {
  const runs: [FetchPosition, FetchPosition[]][] = []
  for (const position of positions) {
    const last = runs.at(-1)
    if (last?.[0].topicId === position.topicId) last[1].push(position)
    else runs.push([position, [position]])
  }
  return runs
}

/** Reads a partition's tagged fields. Only the diverging epoch is used. */
const readDivergingEndOffset = (reader: ByteReader): bigint | null => {
  let endOffset: bigint | null = null
  for (let left = reader.uvarint(); left > 0; left--) {
    const tag = reader.uvarint()
    const value = reader.raw(reader.uvarint())
    if (tag === DIVERGING_EPOCH_TAG) endOffset = value.readBigInt64BE(4)
  }
  return endOffset
}

const readRecords = (reader: ByteReader, isFlexible: boolean): Buffer => {
  if (!isFlexible) return reader.bytes() ?? NOTHING
  const length = reader.uvarint()
  return length === 0 ? NOTHING : reader.raw(length - 1)
}

const readPartition = (reader: ByteReader, topicId: string, version: number): FetchedPartition => {
  const isFlexible = version >= FLEXIBLE
  const fixed = {
    topicId,
    partition: reader.int32(),
    errorCode: reader.int16(),
    highWatermark: reader.int64(),
    lastStableOffset: reader.int64(),
    logStartOffset: reader.int64(),
  }
  const readAborted = () => {
    const aborted = { producerId: reader.int64(), firstOffset: reader.int64() }
    if (isFlexible) reader.skipTags()
    return aborted
  }
  const abortedTransactions = isFlexible ? reader.compactArray(readAborted) : reader.array(readAborted)
  // Preferred read replica: only set for clients that name their rack.
  if (version >= WITH_RACK) reader.int32()
  const records = readRecords(reader, isFlexible)
  const divergingEndOffset = isFlexible ? readDivergingEndOffset(reader) : null
  return { ...fixed, abortedTransactions, records, divergingEndOffset }
}

const writeHead = (writer: ByteWriter, bounds: FetchBounds, version: number): void => {
  writer.int32(-1).int32(bounds.maxWaitMs).int32(1).int32(bounds.maxBytes).boolean(bounds.isReadCommitted)
  if (version >= WITH_SESSION) writer.int32(0).int32(-1) // no fetch session
}

const encodeFlexible = (
  writer: ByteWriter,
  positions: readonly FetchPosition[],
  maxBytes: number,
  version: number,
): void => {
  writer.compactArray(runsOfTopics(positions), ([{ topic, topicId }, partitions]) => {
    if (version >= FETCH_BY_ID) writer.uuid(topicId)
    else writer.compactString(topic)
    writer.compactArray(partitions, position => writePosition(writer, position, maxBytes, version)).noTags()
  })
  writer
    .compactArray([], () => {})
    .compactString('')
    .noTags()
}

const encodePlain = (
  writer: ByteWriter,
  positions: readonly FetchPosition[],
  maxBytes: number,
  version: number,
): void => {
  writer.array(runsOfTopics(positions), ([{ topic }, partitions]) => {
    writer.string(topic).array(partitions, position => writePosition(writer, position, maxBytes, version))
  })
  if (version >= WITH_SESSION) writer.array([], () => {})
  if (version >= WITH_RACK) writer.string('')
}

const readTopics = (
  reader: ByteReader,
  idOf: ReadonlyMap<string, string>,
  version: number,
): readonly FetchedPartition[] => {
  const isFlexible = version >= FLEXIBLE
  const readName = () => idOf.get((isFlexible ? reader.compactString() : reader.string()) ?? '') ?? ''
  const readTopic = () => {
    const topicId = version >= FETCH_BY_ID ? reader.uuid() : readName()
    const read = () => readPartition(reader, topicId, version)
    const partitions = isFlexible ? reader.compactArray(read) : reader.array(read)
    if (isFlexible) reader.skipTags()
    return partitions
  }
  return (isFlexible ? reader.compactArray(readTopic) : reader.array(readTopic)).flat()
}

/**
 * Fetch by topic id (v13 and newer) and leader epoch (v9 and newer): after a topic is recreated or a leader moves, the
 * broker returns an error instead of wrong messages. Without the epoch, versions from 11 on let a former leader answer
 * as a follower. Below v13 a request must not contain two topics of the same name.
 */
export const fetchRequest = (
  positions: readonly FetchPosition[],
  bounds: FetchBounds,
  version: number,
): FetchRequest => ({
  apiKey: FETCH,
  apiName: 'Fetch',
  apiVersion: version,
  isFlexible: version >= FLEXIBLE,
  encode: writer => {
    writeHead(writer, bounds, version)
    const encode = version >= FLEXIBLE ? encodeFlexible : encodePlain
    encode(writer, positions, bounds.maxBytesPerPartition, version)
  },
  decode: reader => {
    reader.throttleTime()
    const errorCode = version >= WITH_SESSION ? reader.int16() : 0
    if (version >= WITH_SESSION) reader.int32() // session id
    const idOf = new Map(positions.map(({ topic, topicId }) => [topic, topicId]))
    return { errorCode, partitions: readTopics(reader, idOf, version) }
  },
})
