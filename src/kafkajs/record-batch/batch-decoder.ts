import type { StoredMessage } from '../../kafka/message.ts'
import type { AbortedTransactions } from './aborted-transactions.ts'
import { type BatchHeader, readHeader } from './batch-header.ts'
import { isAbortMarker } from './control-record.ts'
import type { EventLoopSlices } from './event-loop-slices.ts'
import { checkCrc, openRecords } from './open-batch.ts'
import { RecordReader } from './record-reader.ts'

/** Records between two looks at the clock: 64 take about 20 µs, a look 0.04 µs. */
const RECORDS_PER_LOOK = 64

/** What a decoder needs beside the batches. */
export interface BatchDecoderOptions {
  readonly partition: number
  /** Bytes that one batch may decompress to, and about as many that all messages together may take. */
  readonly maxDecompressedBytes: number
  readonly slices: EventLoopSlices
  readonly aborted: AbortedTransactions
}

/** Which offsets a batch takes, and from which on its records are wanted. */
export interface BatchPlace {
  readonly baseOffset: bigint
  readonly nextOffset: bigint
  readonly from: bigint
}

/** Decodes whole batches of magic 2, one after the other, and gathers the visible messages. */
export class BatchDecoder {
  readonly messages: StoredMessage[] = []
  /** Memory that the messages keep alive beside the input. */
  bytes = 0
  /** Whether a message is a view of the input itself. */
  keepsInput = false
  /** Leader epoch of the last batch that was passed; -1 before the first. */
  leaderEpoch = -1
  readonly #options: BatchDecoderOptions

  constructor(options: BatchDecoderOptions) {
    this.#options = options
  }

  /** Whether the messages take as much memory as they may: what follows has to be read by another decoder. */
  get isFull(): boolean {
    return this.bytes >= this.#options.maxDecompressedBytes
  }

  /**
   * Adds a batch's visible messages and answers the offset up to which it is read: its end, unless the memory is full
   * before. When it throws, it has added none.
   * @throws KafkaError CORRUPT_MESSAGE, UNSUPPORTED_COMPRESSION_TYPE, DECODE_LIMIT
   */
  async decode(batch: Buffer, place: BatchPlace): Promise<bigint> {
    const { aborted, slices } = this.#options
    checkCrc(batch)
    const header = readHeader(batch)
    const { producerId, isTransactional, leaderEpoch } = header.info
    aborted.advance(place.nextOffset)
    const isSuspect = aborted.has(producerId)
    let reached = place.nextOffset
    if (header.isControl) {
      if (isSuspect && (await this.#isAbort(batch, header, place))) aborted.end(producerId)
    } else if (!isTransactional || !isSuspect) reached = await this.#add(batch, header, place)
    this.leaderEpoch = leaderEpoch
    if (slices.isOver) await slices.next()
    return reached
  }

  async #isAbort(batch: Buffer, header: BatchHeader, place: BatchPlace): Promise<boolean> {
    const reader = await this.#open(batch, header, { ...place, from: place.baseOffset })
    const records: StoredMessage[] = []
    reader.read(1, records)
    return isAbortMarker(records[0])
  }

  async #add(batch: Buffer, header: BatchHeader, place: BatchPlace): Promise<bigint> {
    const { slices, maxDecompressedBytes } = this.#options
    const { messages } = this
    const before = messages.length
    const reader = await this.#open(batch, header, place)
    let isFull = false
    try {
      while (!isFull && reader.read(RECORDS_PER_LOOK, messages)) {
        isFull = this.bytes + reader.overhead > maxDecompressedBytes
        if (slices.isOver) await slices.next()
      }
    } catch (error) {
      messages.length = before
      throw error
    }
    const last = messages.at(-1)
    if (messages.length === before || !last) return place.nextOffset
    if (header.compression === 0) this.keepsInput = true
    else this.bytes += reader.size
    this.bytes += reader.overhead
    return isFull ? last.offset + 1n : place.nextOffset
  }

  async #open(batch: Buffer, header: BatchHeader, { baseOffset, from }: BatchPlace): Promise<RecordReader> {
    const { partition, maxDecompressedBytes } = this.#options
    const records = await openRecords(batch, header, maxDecompressedBytes)
    return new RecordReader(records, header, { partition, baseOffset, from }, maxDecompressedBytes)
  }
}
