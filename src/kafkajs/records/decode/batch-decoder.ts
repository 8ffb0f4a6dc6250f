import type { EventLoopSlices } from '../../../async/event-loop-slices.ts'
import { asKafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { StoredMessage } from '../../../kafka/message.ts'
import { openLegacy } from '../legacy/open-legacy.ts'
import { type BatchHeader, MAGIC, readHeader } from '../parts/batch-header.ts'
import type { EntryReader } from '../parts/entry-reader.ts'
import type { LostRecords } from '../parts/lost-records.ts'
import type { AbortedTransactions } from './aborted-transactions.ts'
import { isAbortMarker } from './control-record.ts'
import { checkCrc, openRecords } from './open-batch.ts'
import { RecordReader } from './record-reader.ts'

/** Records between two clock checks: 64 records take about 20 µs, a check 0.04 µs. */
const RECORDS_PER_CLOCK_CHECK = 64

/** What a decoder needs besides the batches. */
export interface BatchDecoderOptions {
  readonly partition: number
  /** Maximum size of one decompressed batch; the messages together may take about as much. */
  readonly maxDecompressedBytes: number
  readonly slices: EventLoopSlices
  readonly aborted: AbortedTransactions
}

/** The offsets of an entry, and the first one wanted. */
export interface EntryPlace {
  readonly magic: number
  /** In formats v0 and v1: the entry's only or last offset. */
  readonly baseOffset: bigint
  readonly nextOffset: bigint
  readonly from: bigint
}

/** How far an entry was read. */
export interface DecodedEntry {
  /** The end of the entry, unless memory is full or records are lost. */
  readonly position: bigint
  readonly lost: LostRecords | null
}

/** Decodes complete entries of a log in order, and collects the visible messages. */
export class BatchDecoder {
  readonly messages: StoredMessage[] = []
  /** Memory that the messages keep alive besides the input. */
  bytes = 0
  /** Whether a message is a view of the input itself. */
  keepsInput = false
  /** Leader epoch of the last batch read; -1 before the first. */
  leaderEpoch = -1
  readonly #options: BatchDecoderOptions

  constructor(options: BatchDecoderOptions) {
    this.#options = options
  }

  /** Whether the memory limit is reached. A new decoder must then read the rest. */
  get isFull(): boolean {
    return this.bytes >= this.#options.maxDecompressedBytes
  }

  /**
   * Adds an entry's visible messages. If it throws, it has added none.
   * @throws KafkaError CORRUPT_MESSAGE, UNSUPPORTED_COMPRESSION_TYPE, DECODE_LIMIT
   */
  async decode(entry: Buffer, place: EntryPlace): Promise<DecodedEntry> {
    const { slices } = this.#options
    const decoded = place.magic === MAGIC ? await this.#batch(entry, place) : await this.#legacy(entry, place)
    if (slices.isOver) await slices.next()
    return decoded
  }

  async #batch(batch: Buffer, place: EntryPlace): Promise<DecodedEntry> {
    const { aborted } = this.#options
    checkCrc(batch)
    const header = readHeader(batch)
    const { producerId, isTransactional, leaderEpoch } = header.info
    aborted.advance(place.nextOffset)
    const isSuspect = aborted.has(producerId)
    let decoded: DecodedEntry = { position: place.nextOffset, lost: null }
    if (header.isControl) {
      if (isSuspect && (await this.#isAbort(batch, header, place))) aborted.end(producerId)
    } else if (!isTransactional || !isSuspect) {
      decoded = await this.#add(await this.#open(batch, header, place), place, header.compression === 0)
    }
    this.leaderEpoch = leaderEpoch
    return decoded
  }

  async #legacy(entry: Buffer, place: EntryPlace): Promise<DecodedEntry> {
    const { partition, maxDecompressedBytes, slices } = this.#options
    const { reader, isCompressed } = await openLegacy(entry, { ...place, partition }, maxDecompressedBytes, slices)
    return this.#add(reader, place, !isCompressed)
  }

  async #isAbort(batch: Buffer, header: BatchHeader, place: EntryPlace): Promise<boolean> {
    const reader = await this.#open(batch, header, { ...place, from: place.baseOffset })
    const records: StoredMessage[] = []
    reader.read(1, records)
    return isAbortMarker(records[0])
  }

  async #add(reader: EntryReader, place: EntryPlace, isView: boolean): Promise<DecodedEntry> {
    const { slices, maxDecompressedBytes } = this.#options
    const { messages } = this
    const before = messages.length
    let isFull = false
    let lost: LostRecords | null = null
    try {
      while (!isFull && reader.read(RECORDS_PER_CLOCK_CHECK, messages)) {
        isFull = this.bytes + reader.overhead > maxDecompressedBytes
        if (slices.isOver) await slices.next()
      }
      lost = reader.lost
    } catch (thrown) {
      const last = messages.length > before ? messages.at(-1) : undefined
      if (last === undefined) throw thrown
      // Like Kafka's consumer: records before a damaged one are delivered.
      lost = { error: asKafkaError(thrown, 'CORRUPT_MESSAGE'), at: last.offset + 1n, next: place.nextOffset }
    }
    this.#hold(reader, before, isView)
    const last = messages.at(-1)
    const reached = isFull && messages.length > before && last ? last.offset + 1n : place.nextOffset
    return lost !== null && lost.next > lost.at ? { position: lost.at, lost } : { position: reached, lost: null }
  }

  #hold(reader: EntryReader, before: number, isView: boolean): void {
    if (this.messages.length === before) return
    if (isView) this.keepsInput = true
    else this.bytes += reader.size
    this.bytes += reader.overhead
  }

  async #open(batch: Buffer, header: BatchHeader, { baseOffset, from }: EntryPlace): Promise<RecordReader> {
    const { partition, maxDecompressedBytes } = this.#options
    const records = await openRecords(batch, header, maxDecompressedBytes)
    return new RecordReader(records, header, { partition, baseOffset, from }, maxDecompressedBytes)
  }
}
