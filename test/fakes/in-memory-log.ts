import type { EpochMs } from '../../src/kafka/epoch-ms.ts'
import type { IsolationLevel, StoredMessage } from '../../src/kafka/message.ts'
import { type Offset, plus, toOffset } from '../../src/kafka/offset.ts'

type RecordState = 'plain' | 'open' | 'committed' | 'aborted' | 'control' | 'poisoned'

interface LogRecord {
  readonly offset: Offset
  readonly message: StoredMessage | null
  readonly transaction: string | null
  readonly epoch: number
  state: RecordState
}

/** The result of a read of an in-memory log. */
export type LogReading =
  | {
      readonly kind: 'slice'
      readonly messages: readonly StoredMessage[]
      readonly next: Offset
      readonly leaderEpoch: number
      readonly bytes: number
    }
  | { readonly kind: 'undecodable'; readonly next: Offset }

const BYTES_BESIDE_PAYLOAD = 70

/** One partition's log in memory. Offsets, retention, compaction, truncation and transactions behave like Kafka's. */
export class InMemoryLog {
  start = toOffset(0)
  end = toOffset(0)
  #records: LogRecord[] = []
  /** The start of each leader epoch. */
  #epochs = [{ epoch: 0, start: toOffset(0) }]

  /** Appends the result of `message` for the next offset; returns that offset. */
  append(message: ((offset: Offset) => StoredMessage) | null, state: RecordState, transaction: string | null): Offset {
    const offset = this.end
    const { epoch = 0 } = this.#epochs.at(-1) ?? {}
    const made = message?.(offset) ?? null
    const written = made && { ...made, batch: { ...made.batch, leaderEpoch: epoch } }
    this.#records.push({ offset, message: written, transaction, epoch, state })
    this.end = plus(offset, 1)
    return offset
  }

  /** Ends the open records of a transaction and appends its control record. Returns false if it has none here. */
  endTransaction(transaction: string, state: 'committed' | 'aborted'): boolean {
    const open = this.#records.filter(record => record.transaction === transaction && record.state === 'open')
    for (const record of open) record.state = state
    if (open.length > 0) this.append(null, 'control', null)
    return open.length > 0
  }

  /** DeleteRecords and retention: the log then starts at `before`. */
  deleteBefore(before: Offset): void {
    this.start = before
    this.#records = this.#records.filter(record => record.offset >= before)
  }

  /** Simulates an unclean election: everything from `end` on is lost. */
  truncate(end: Offset): void {
    this.end = end
    if (this.start > end) this.start = end
    this.#records = this.#records.filter(record => record.offset < end)
    const { epoch = 0 } = this.#epochs.at(-1) ?? {}
    this.#epochs = [...this.#epochs.filter(({ start }) => start < end), { epoch: epoch + 1, start: end }]
  }

  /** Where this log diverges from one whose message before `position` has `epoch`; null if it does not. */
  divergesAt(position: Offset, epoch: number): Offset | null {
    const known = this.#epochs.filter(each => each.epoch <= epoch).at(-1)
    const end = this.#epochs.find(each => each.epoch > epoch)?.start ?? this.end
    return known?.epoch !== epoch || end < position ? end : null
  }

  /** Simulates compaction: removes these offsets, but keeps the ends of the log. */
  compact(offsets: ReadonlySet<Offset>): void {
    this.#records = this.#records.filter(record => !offsets.has(record.offset))
  }

  /** Makes the record at `offset` unreadable, like a damaged batch with one record. */
  poison(offset: Offset): void {
    for (const record of this.#records) if (record.offset === offset) record.state = 'poisoned'
  }

  /** High watermark or last stable offset. */
  endFor(isolationLevel: IsolationLevel): Offset {
    if (isolationLevel === 'READ_UNCOMMITTED') return this.end
    return this.#records.find(record => record.state === 'open')?.offset ?? this.end
  }

  /** The first message at or after a time; null if none is that recent. */
  firstAt(timestamp: EpochMs, isolationLevel: IsolationLevel): StoredMessage | null {
    const end = this.endFor(isolationLevel)
    const found = this.#records.find(
      ({ offset, message }) => message !== null && offset < end && message.timestamp >= timestamp,
    )
    return found?.message ?? null
  }

  /** The first message with the greatest timestamp; null if there is none. */
  youngest(): StoredMessage | null {
    return this.#records.reduce<StoredMessage | null>(
      (found, { message }) => (message !== null && message.timestamp > (found?.timestamp ?? -1) ? message : found),
      null,
    )
  }

  /** Reads from an offset within the log: at least one record, then up to `maxBytes`. */
  read(from: Offset, maxBytes: number, isolationLevel: IsolationLevel): LogReading {
    const end = this.endFor(isolationLevel)
    const messages: StoredMessage[] = []
    let next = from
    let bytes = 0
    let leaderEpoch = -1
    const slice = (end: Offset) => ({ kind: 'slice', messages, next: end, leaderEpoch, bytes }) as const
    for (let at = this.#indexOf(from); at < this.#records.length; at++) {
      const record = this.#records[at]
      if (record === undefined || record.offset >= end || bytes >= maxBytes) break
      if (record.state === 'poisoned' && next === record.offset && messages.length === 0)
        return { kind: 'undecodable', next: plus(record.offset, 1) }
      if (record.state === 'poisoned') return slice(record.offset)
      const hidden = record.state === 'control' || (isolationLevel === 'READ_COMMITTED' && record.state === 'aborted')
      if (!hidden && record.message !== null) messages.push(record.message)
      bytes += BYTES_BESIDE_PAYLOAD + (record.message?.serializedSize ?? 0)
      next = plus(record.offset, 1)
      leaderEpoch = record.epoch
    }
    // Skips offsets that compaction removed from the readable end, like a fetch of a real log.
    const more = this.#records[this.#indexOf(next)]
    if (end > next && (more === undefined || more.offset >= end)) next = end
    return slice(next)
  }

  #indexOf(offset: Offset): number {
    let low = 0
    let high = this.#records.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const at = this.#records[middle]
      if (at !== undefined && at.offset < offset) low = middle + 1
      else high = middle
    }
    return low
  }
}
