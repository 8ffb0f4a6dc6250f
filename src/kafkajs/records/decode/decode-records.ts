import { EventLoopSlices } from '../../../async/event-loop-slices.ts'
import { asKafkaError, type KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { IsolationLevel, StoredMessage } from '../../../kafka/message.ts'
import { type Offset, toOffset } from '../../../kafka/offset.ts'
import { readFrame } from '../parts/batch-header.ts'
import { type AbortedTransaction, AbortedTransactions } from './aborted-transactions.ts'
import { BatchDecoder } from './batch-decoder.ts'
import {
  frameProblem,
  isMisplaced,
  misplaced,
  nothingWhole,
  type UndecodableBatch,
  undecodableBatch,
  undecodableRecords,
} from './undecodable-batch.ts'

/** Limits of decoding. */
export interface DecodeLimits {
  /**
   * Maximum size of one decompressed batch; a larger one is a fault. If the messages together, including objects, take
   * about as much, decoding ends early without a fault, because a small response can contain many large batches.
   */
  readonly maxDecompressedBytes: number
  /** Work in milliseconds before yielding to the event loop. */
  readonly sliceMs: number
}

/** One partition's part of a Fetch response, and its request. */
export interface DecodeRequest {
  /** Record batches as stored; the last one may be cut off. */
  readonly records: Buffer
  readonly partition: number
  /** The requested offset. Batches are complete, so earlier records may precede it. */
  readonly from: Offset
  readonly isolationLevel: IsolationLevel
  /** As listed in the response. */
  readonly abortedTransactions: readonly AbortedTransaction[]
  readonly limits: DecodeLimits
}

/** The decoded contents. */
export interface DecodedRecords {
  /** Visible messages from the requested offset on, ascending. Uncompressed ones are views of the input. */
  readonly messages: readonly StoredMessage[]
  /**
   * Start of the next fetch: after the last complete batch, even if it is empty or hidden; at the fault, if there is
   * one; after the last message, if the limit ended decoding.
   */
  readonly next: Offset
  /** Approximate memory that the messages keep alive. */
  readonly bytes: number
  /** Leader epoch of the last batch read; -1 if none was. */
  readonly leaderEpoch: number
  /** The batch at which decoding stopped. `messages` contains everything before it. */
  readonly fault?: UndecodableBatch
}

/** Decodes record batches in slices, and yields to the event loop between them. Never throws because of the input. */
export const decodeRecords = async (request: DecodeRequest): Promise<DecodedRecords> => {
  const { records, limits, isolationLevel, abortedTransactions, partition } = request
  const decoder = new BatchDecoder({
    partition,
    maxDecompressedBytes: limits.maxDecompressedBytes,
    slices: new EventLoopSlices(limits.sliceMs),
    aborted: new AbortedTransactions(isolationLevel, abortedTransactions),
  })
  const { position, fault } = await decodeBatches(records, request.from, decoder)
  const { messages, leaderEpoch } = decoder
  const bytes = decoder.bytes + (decoder.keepsInput ? records.length : 0)
  return fault
    ? { messages, next: fault.at, bytes, leaderEpoch, fault }
    : { messages, next: position, bytes, leaderEpoch }
}

interface Reached {
  readonly position: Offset
  readonly fault: UndecodableBatch | null
}

const decodeBatches = async (records: Buffer, from: Offset, decoder: BatchDecoder): Promise<Reached> => {
  let position = from
  let passed = -1n
  for (let start = 0; start < records.length; ) {
    const frame = readFrame(records, start)
    const stop = (error: KafkaError, described = frame): Reached => {
      return { position, fault: undecodableBatch(error, records, described, position) }
    }
    const problem = frame && frameProblem(frame)
    if (problem) return stop(problem)
    if (!frame || frame.nextOffset === null || frame.end > records.length) {
      // Since Fetch v3 the first batch is always complete. A partial one would be fetched again forever.
      return start === 0 ? stop(nothingWhole()) : { position, fault: null }
    }
    const { magic, baseOffset, nextOffset } = frame
    if (isMisplaced(records, frame, { position, passed })) return stop(misplaced(), { ...frame, nextOffset: null })
    passed = nextOffset
    if (nextOffset > position) {
      try {
        const place = { magic, baseOffset, nextOffset, from: position }
        const decoded = await decoder.decode(records.subarray(start, frame.end), place)
        position = toOffset(decoded.position)
        if (decoded.lost !== null) return { position, fault: undecodableRecords(decoded.lost) }
      } catch (error) {
        return stop(asKafkaError(error, 'CORRUPT_MESSAGE'))
      }
      if (decoder.isFull) return { position, fault: null }
    }
    start = frame.end
  }
  return { position, fault: null }
}
