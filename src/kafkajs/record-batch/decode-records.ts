import { EventLoopSlices } from '../../async/event-loop-slices.ts'
import { asKafkaError, type KafkaError } from '../../kafka/kafka-error.ts'
import type { IsolationLevel, StoredMessage } from '../../kafka/message.ts'
import { type Offset, toOffset } from '../../kafka/offset.ts'
import { type AbortedTransaction, AbortedTransactions } from './aborted-transactions.ts'
import { BatchDecoder } from './batch-decoder.ts'
import { readFrame } from './batch-header.ts'
import {
  frameProblem,
  isMisplaced,
  misplaced,
  nothingWhole,
  type UndecodableBatch,
  undecodableBatch,
  undecodableRecords,
} from './undecodable-batch.ts'

/** How much a decode may take. */
export interface DecodeLimits {
  /**
   * Bytes that one batch may decompress to; more is a fault. Messages that take about as much together, objects included,
   * end the decoding early, without a fault: small answers can hold many batches that are large.
   */
  readonly maxDecompressedBytes: number
  /** Milliseconds of work after which the event loop gets a turn. */
  readonly sliceMs: number
}

/** One partition's part of a Fetch answer, and what it was asked for. */
export interface DecodeRequest {
  /** Record batches as stored, the last one possibly cut off. */
  readonly records: Buffer
  readonly partition: number
  /** The offset asked for: batches come whole, so earlier records may come with it. */
  readonly from: Offset
  readonly isolationLevel: IsolationLevel
  /** As the answer lists them. */
  readonly abortedTransactions: readonly AbortedTransaction[]
  readonly limits: DecodeLimits
}

/** What the bytes held. */
export interface DecodedRecords {
  /** Visible messages from the offset asked for on, ascending; uncompressed ones are views of the input. */
  readonly messages: readonly StoredMessage[]
  /**
   * Where the next fetch starts: after the last whole batch, be it empty or hidden; at the fault when there is one;
   * after the last message where the limit ended the decoding.
   */
  readonly next: Offset
  /** Memory that the messages keep alive, roughly. */
  readonly bytes: number
  /** Leader epoch of the last batch that was passed; -1 when none was. */
  readonly leaderEpoch: number
  /** The batch at which decoding stopped. Everything before it is in `messages`. */
  readonly fault?: UndecodableBatch
}

/** Decodes record batches, in slices that let the event loop turn. Never throws for what the bytes hold. */
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
    const stop = (error: KafkaError, told = frame): Reached => {
      return { position, fault: undecodableBatch(error, records, told, position) }
    }
    const problem = frame && frameProblem(frame)
    if (problem) return stop(problem)
    if (!frame || frame.nextOffset === null || frame.end > records.length) {
      // Since Fetch v3 the first batch comes whole: a part of it alone would be fetched again for ever.
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
