import type { Wakeable } from '../../async/pulled-iterator.ts'
import { type Positions, partitionsOf } from '../../kafka/cursor/positions.ts'
import type { EpochMs } from '../../kafka/epoch-ms.ts'
import { asKafkaError } from '../../kafka/errors/kafka-error.ts'
import type { IsolationLevel } from '../../kafka/message.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { LogFault, LogSlice, LogSource } from '../../kafka/ports/log-source.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { LogOffsets } from '../start/log-offsets.ts'
import type { EpochLedger } from './epoch-ledger.ts'
import { gapAfter, isPassable, type PassableFault } from './log-gap.ts'
import { type LogGap, Ring, type RingPlace } from './ring.ts'
import type { StreamLimits } from './stream-limits.ts'

/** What a tail follows, and its dependencies. */
export interface TopicTailOptions {
  readonly source: LogSource
  readonly offsets: LogOffsets
  readonly topic: TopicName
  readonly topicId: string
  readonly isolationLevel: IsolationLevel
  readonly epochs: EpochLedger
  readonly limits: StreamLimits
  /** The most bytes this tail's ring may hold now, given all other rings. */
  readonly share: () => number
  /** Called when no partition is followed any more. */
  readonly onIdle: () => void
}

interface Following {
  handle: Disposable | null
  seats: number
  next: Offset
  lastTimestamp: EpochMs | null
}

/** The positions of a feed that wants a seat. */
export interface SeatRequest {
  readonly positions: Positions
  /** Log ends as the feed has seen them. */
  readonly ends: Positions
  /** Time of the last message that the feed has seen in a partition; null for none. */
  lastTimestampOf(partition: number): EpochMs | null
}

/**
 * A feed's place in the ring. The tail revokes it when the ring has moved past it. A class, because every idle
 * subscriber has one.
 */
export class Seat {
  seq: number
  readonly ahead: Set<number>
  readonly followings: readonly Following[]
  readonly feed: Wakeable

  constructor({ seq, ahead }: RingPlace, followings: readonly Following[], feed: Wakeable) {
    this.seq = seq
    this.ahead = ahead
    this.followings = followings
    this.feed = feed
  }
}

/** Follows each partition that live feeds want once, into one ring that all of them read. */
export class TopicTail implements Disposable {
  readonly ring = new Ring()
  readonly #options: TopicTailOptions
  readonly #followings = new Map<number, Following>()
  readonly #ends: (Offset | undefined)[] = []
  readonly #seats = new Set<Seat>()
  readonly #stop = new AbortController()
  #lowestSeq = 0
  #idleTimer: NodeJS.Timeout | null = null

  constructor(options: TopicTailOptions) {
    this.#options = options
  }

  /** Ends of the followed logs as last seen. Updated as slices arrive. */
  get ends(): Positions {
    return this.#ends
  }

  get followedCount(): number {
    return this.#followings.size
  }

  holds(seat: Seat): boolean {
    return this.#seats.has(seat)
  }

  /**
   * A seat that reads on from `positions`. Null when they are behind: the ring no longer has them, or no feed follows
   * their partition yet and its log is known to reach further.
   */
  sit({ positions, ends, lastTimestampOf }: SeatRequest, feed: Wakeable): Seat | null {
    const partitions = partitionsOf(positions)
    const fresh = partitions.filter(partition => !this.#followings.has(partition))
    for (const partition of fresh) {
      const position = positions[partition]
      const end = ends[partition]
      if (position !== undefined && end !== undefined && position < end) return null
    }
    const place = this.ring.locate(positions)
    if (place === null) return null
    for (const partition of fresh) this.#start(partition, positions[partition], lastTimestampOf(partition))
    // `flatMap` reserves room for 16 more items.
    const followings = partitions.flatMap(partition => this.#followings.get(partition) ?? []).slice()
    for (const following of followings) following.seats += 1
    const seat = new Seat(place, followings, feed)
    this.#seats.add(seat)
    this.#lowestSeq = Math.min(this.#lowestSeq, seat.seq)
    return seat
  }

  /** Gives a seat back. An unused partition is followed for another `idleMs`, since the next feed may come at once. */
  leave(seat: Seat): void {
    if (!this.#seats.delete(seat)) return
    for (const following of seat.followings) {
      following.seats -= 1
      if (following.seats === 0) this.#planIdle()
    }
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer)
    this.#idleTimer = null
    for (const { handle } of this.#followings.values()) handle?.[Symbol.dispose]()
    this.#followings.clear()
    this.#seats.clear()
  }

  #start(partition: number, from: Offset | undefined, lastTimestamp: EpochMs | null): void {
    if (from === undefined) return
    const following: Following = { handle: null, seats: 0, next: from, lastTimestamp }
    this.#followings.set(partition, following)
    this.ring.start(partition, from)
    this.#follow(partition, following)
  }

  #follow(partition: number, following: Following): void {
    const { source, topic, topicId, isolationLevel } = this.#options
    const isCurrent = () => this.#followings.get(partition) === following
    following.handle = source.follow({ topic, topicId, partition }, isolationLevel, following.next, {
      onSlice: slice => {
        if (isCurrent()) this.#onSlice(slice, following)
      },
      onFault: fault => {
        if (!isCurrent()) return
        if (isPassable(fault)) void this.#pass(fault, partition, following)
        else this.#end(fault, partition)
      },
    })
  }

  #onSlice(slice: LogSlice, following: Following): void {
    const { partition } = slice
    following.next = slice.next
    this.#options.epochs.sawSlice(slice)
    following.lastTimestamp = slice.messages.at(-1)?.timestamp ?? following.lastTimestamp
    while (this.#ends.length < partition) this.#ends.push(undefined)
    this.#ends[partition] = slice.endOffset
    this.ring.push({ kind: 'slice', partition, slice }, this.#capacity())
    this.#arrived()
  }

  async #pass(fault: PassableFault, partition: number, following: Following): Promise<void> {
    const { next: position, lastTimestamp } = following
    const place = { partition, position, lastTimestamp, offsets: this.#options.offsets }
    try {
      const gap = await gapAfter(fault, place, this.#stop.signal)
      if (this.#followings.get(partition) === following) this.#jump(gap, following)
    } catch (thrown) {
      if (this.#followings.get(partition) === following)
        this.#end({ kind: 'refused', error: asKafkaError(thrown) }, partition)
    }
  }

  #jump(gap: LogGap, following: Following): void {
    following.next = gap.toOffset
    if (gap.reason === 'UNCLEAN_LEADER_ELECTION') this.#options.epochs.forget(gap.partition)
    this.ring.push({ kind: 'gap', partition: gap.partition, gap }, this.#capacity())
    this.#arrived()
    if (this.#followings.get(gap.partition) === following) this.#follow(gap.partition, following)
  }

  #end(fault: LogFault, partition: number): void {
    this.#followings.delete(partition)
    this.ring.push({ kind: 'end', partition, fault }, this.#capacity())
    this.ring.stop(partition)
    if (this.#followings.size === 0) this.#planIdle()
    this.#arrived()
  }

  #capacity(): number {
    const { ringBytesPerPartition, ringBytesPerTopic } = this.#options.limits
    const wanted = ringBytesPerPartition * Math.max(1, this.#followings.size)
    return Math.min(ringBytesPerTopic, wanted, this.#options.share())
  }

  #arrived(): void {
    this.#takeBackSeats()
    for (const { feed } of [...this.#seats]) feed.wake()
  }

  /** Checks every seat only when the slowest one may have been evicted. */
  #takeBackSeats(): void {
    const { firstSeq, nextSeq } = this.ring
    if (this.#lowestSeq >= firstSeq) return
    let lowest = nextSeq
    for (const seat of [...this.#seats]) {
      if (seat.seq < firstSeq) this.leave(seat)
      else lowest = Math.min(lowest, seat.seq)
    }
    this.#lowestSeq = lowest
  }

  #planIdle(): void {
    if (this.#idleTimer !== null || this.#stop.signal.aborted) return
    this.#idleTimer = setTimeout(() => this.#onIdle(), this.#options.limits.idleMs)
  }

  #onIdle(): void {
    this.#idleTimer = null
    for (const [partition, { seats, handle }] of this.#followings) {
      if (seats > 0) continue
      handle?.[Symbol.dispose]()
      this.#followings.delete(partition)
      this.ring.stop(partition)
    }
    if (this.#followings.size > 0) return
    this[Symbol.dispose]()
    this.#options.onIdle()
  }
}
