import type { StoredMessage } from '../../kafka/message.ts'
import type { AbortedTransactions } from './aborted-transactions.ts'
import { type BatchHeader, readHeader } from './batch-header.ts'
import { isAbortMarker } from './control-record.ts'
import type { EventLoopSlices } from './event-loop-slices.ts'
import { checkCrc, openRecords } from './open-batch.ts'
import { RecordReader } from './record-reader.ts'

/** What a message costs beside its bytes: the object, two Buffers and an offset (326 bytes measured on Node 20). */
const MESSAGE_OVERHEAD = 330
/** Records between two looks at the clock: 64 take about 20 µs, a look 0.04 µs. */
const RECORDS_PER_LOOK = 64

/** What a decoder needs beside the batches. */
export interface BatchDecoderOptions {
  readonly partition: number
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

  /**
   * Adds all of a batch's visible messages or, when it throws, none of them.
   * @throws KafkaError CORRUPT_MESSAGE, UNSUPPORTED_COMPRESSION_TYPE, DECODE_LIMIT
   */
  async decode(batch: Buffer, place: BatchPlace): Promise<void> {
    const { aborted, slices } = this.#options
    checkCrc(batch)
    const header = readHeader(batch)
    const { producerId, isTransactional, leaderEpoch } = header.info
    aborted.advance(place.nextOffset)
    const isSuspect = aborted.has(producerId)
    if (header.isControl) {
      if (isSuspect && (await this.#isAbort(batch, header, place))) aborted.end(producerId)
    } else if (!isTransactional || !isSuspect) await this.#add(batch, header, place)
    this.leaderEpoch = leaderEpoch
    if (slices.isOver) await slices.next()
  }

  async #isAbort(batch: Buffer, header: BatchHeader, place: BatchPlace): Promise<boolean> {
    const records: StoredMessage[] = []
    await this.#read(batch, header, { ...place, from: place.baseOffset }, records)
    return isAbortMarker(records[0])
  }

  async #add(batch: Buffer, header: BatchHeader, place: BatchPlace): Promise<void> {
    const before = this.messages.length
    try {
      const size = await this.#read(batch, header, place, this.messages)
      const added = this.messages.length - before
      if (added === 0) return
      this.bytes += added * MESSAGE_OVERHEAD
      if (header.compression === 0) this.keepsInput = true
      else this.bytes += size
    } catch (error) {
      this.messages.length = before
      throw error
    }
  }

  async #read(batch: Buffer, header: BatchHeader, place: BatchPlace, into: StoredMessage[]): Promise<number> {
    const { partition, maxDecompressedBytes, slices } = this.#options
    const records = await openRecords(batch, header, maxDecompressedBytes)
    const reader = new RecordReader(records, header, { partition, baseOffset: place.baseOffset, from: place.from })
    while (reader.read(RECORDS_PER_LOOK, into)) if (slices.isOver) await slices.next()
    return records.length
  }
}
