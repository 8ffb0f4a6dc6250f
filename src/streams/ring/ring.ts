import type { Positions } from '../../kafka/cursor/positions.ts'
import type { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { LogFault, LogSlice } from '../../kafka/ports/log-source.ts'
import type { GapReason, StreamEvent } from '../../kafka/ports/message-streams.ts'

/**
 * A jump in one partition's log: `[fromOffset, toOffset)` cannot be read. After a truncation `toOffset` is the smaller
 * one.
 */
export interface LogGap {
  readonly partition: number
  readonly fromOffset: Offset
  readonly toOffset: Offset
  readonly reason: GapReason
  readonly earliest: Offset
  readonly latest: Offset
  /** The reason, unless the offsets were simply deleted. */
  readonly error: KafkaError | null
}

/** One move of a feed along the ring. Feeds at the same place with the same limits share it, including its event. */
export interface RingStep {
  /** Null when the passed entries held no message for this feed. */
  readonly event: StreamEvent | null
  readonly seq: number
  readonly positions: Positions
  readonly messageCount: number
  /** True when the limits ended the step, not the end of the ring. */
  readonly isFull: boolean
}

type Content =
  | { readonly kind: 'slice'; readonly partition: number; readonly slice: LogSlice }
  | { readonly kind: 'gap'; readonly partition: number; readonly gap: LogGap }
  | { readonly kind: 'end'; readonly partition: number; readonly fault: LogFault }

/** One arrival, in order of arrival, with the steps already made from here. */
export type RingEntry = Content & { readonly steps: Map<string, RingStep>; readonly messagesBefore: number }

/** A place in the ring. */
export interface RingPlace {
  readonly seq: number
  /** Partitions whose position is beyond the ring's position at `seq`; their earlier entries are skipped. */
  readonly ahead: Set<number>
}

/** Shared by all feeds that are ahead nowhere. Safe, because partitions are only ever removed from such a set. */
const NONE_AHEAD = new Set<number>()

/** Memory of an entry without messages. */
const ENTRY_BYTES = 256

const fromOf = (entry: RingEntry): Offset | null =>
  entry.kind === 'slice' ? entry.slice.from : entry.kind === 'gap' ? entry.gap.fromOffset : null

const nextOf = (entry: RingEntry): Offset | null =>
  entry.kind === 'slice' ? entry.slice.next : entry.kind === 'gap' ? entry.gap.toOffset : null

const costOf = (entry: RingEntry): number => ENTRY_BYTES + (entry.kind === 'slice' ? entry.slice.bytes : 0)

/** The newest part of a topic's log in order of arrival, bounded in bytes. The oldest entries are evicted first. */
export class Ring {
  #entries: (RingEntry | undefined)[] = []
  #dropped = 0
  #firstSeq = 0
  #bytes = 0
  #messages = 0
  /** Next offset of each followed partition: before the oldest entry, and after the newest. */
  readonly #oldest = new Map<number, Offset>()
  readonly #heads = new Map<number, Offset>()
  /** The first entry from which a partition is complete: it may have been left and followed again at a later offset. */
  readonly #floors = new Map<number, number>()

  get firstSeq(): number {
    return this.#firstSeq
  }

  get nextSeq(): number {
    return this.#dropped + this.#entries.length
  }

  get bytes(): number {
    return this.#bytes
  }

  at(seq: number): RingEntry | undefined {
    return this.#entries[seq - this.#dropped]
  }

  head(partition: number): Offset | undefined {
    return this.#heads.get(partition)
  }

  /** Number of messages in all partitions from `seq` on. */
  messagesFrom(seq: number): number {
    return this.#messages - (this.at(seq)?.messagesBefore ?? this.#messages)
  }

  /** `partition` is followed from `offset` on. */
  start(partition: number, offset: Offset): void {
    this.#heads.set(partition, offset)
    this.#oldest.set(partition, offset)
    this.#floors.set(partition, this.#floors.has(partition) ? this.nextSeq : 0)
  }

  /** `partition` is no longer followed. Earlier entries do not connect to later ones. */
  stop(partition: number): void {
    this.#heads.delete(partition)
    this.#oldest.delete(partition)
  }

  /**
   * Adds an entry and evicts the oldest ones until at most `capacity` bytes are held. The newest entry always stays.
   */
  push(content: Content, capacity: number): void {
    const entry: RingEntry = { ...content, steps: new Map(), messagesBefore: this.#messages }
    if (entry.kind === 'slice') this.#messages += entry.slice.messages.length
    this.#entries.push(entry)
    this.#bytes += costOf(entry)
    const next = nextOf(entry)
    if (next !== null) this.#heads.set(entry.partition, next)
    // After a truncation the same offsets hold other messages, so no feed may join at an earlier entry.
    if (entry.kind === 'gap' && entry.gap.toOffset < entry.gap.fromOffset)
      this.start(entry.partition, entry.gap.toOffset)
    while (this.#bytes > capacity && this.#firstSeq < this.nextSeq - 1) this.#dropOldest()
  }

  /**
   * The latest place from which `positions` read on without a hole, or null when the ring no longer reaches back so
   * far. Partitions that are not followed yet count as followed from their positions.
   */
  locate(positions: Positions): RingPlace | null {
    const behind = new Set<number>()
    let floor = this.#firstSeq
    for (let partition = 0; partition < positions.length; partition++) {
      const position = positions[partition]
      if (position === undefined) continue
      floor = Math.max(floor, this.#floorOf(partition))
      if (position < (this.#oldest.get(partition) ?? position)) return null
      if (position < (this.#heads.get(partition) ?? position)) behind.add(partition)
    }
    const passed = new Map<number, Offset>()
    let seq = this.nextSeq
    while (behind.size > 0) {
      if (seq <= floor) return null
      seq -= 1
      this.#passBack(seq, positions, behind, passed)
    }
    return { seq, ahead: this.#aheadAt(positions, passed) }
  }

  #floorOf(partition: number): number {
    const floor = this.#floors.get(partition) ?? 0
    // Entries of an earlier following must not connect to the one that starts now.
    return this.#floors.has(partition) && !this.#heads.has(partition) ? this.nextSeq : floor
  }

  #passBack(seq: number, positions: Positions, behind: Set<number>, passed: Map<number, Offset>): void {
    const entry = this.at(seq)
    const from = entry && fromOf(entry)
    if (entry === undefined || from === null || from === undefined) return
    const position = positions[entry.partition]
    if (position === undefined) return
    passed.set(entry.partition, from)
    if (from <= position) behind.delete(entry.partition)
  }

  #aheadAt(positions: Positions, passed: ReadonlyMap<number, Offset>): Set<number> {
    let ahead: Set<number> | null = null
    for (let partition = 0; partition < positions.length; partition++) {
      const position = positions[partition]
      const here = passed.get(partition) ?? this.#heads.get(partition)
      if (position === undefined || here === undefined || position <= here) continue
      ahead ??= new Set()
      ahead.add(partition)
    }
    return ahead ?? NONE_AHEAD
  }

  #dropOldest(): void {
    const seq = this.#firstSeq
    const entry = this.at(seq)
    this.#firstSeq += 1
    this.#entries[seq - this.#dropped] = undefined
    this.#forget()
    if (entry === undefined) return
    this.#bytes -= costOf(entry)
    const next = nextOf(entry)
    if (next !== null && this.#heads.has(entry.partition) && seq >= this.#floorOf(entry.partition))
      this.#oldest.set(entry.partition, next)
  }

  #forget(): void {
    const gone = this.#firstSeq - this.#dropped
    // Array.shift for each entry would move the whole array each time.
    if (gone < 64 || gone * 2 < this.#entries.length) return
    this.#entries = this.#entries.slice(gone)
    this.#dropped = this.#firstSeq
  }
}
