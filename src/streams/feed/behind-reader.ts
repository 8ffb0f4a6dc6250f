import { FIRST_OFFSET, type Positions, withPosition } from '../../kafka/cursor/positions.ts'
import { earlier, later, type Offset, plus } from '../../kafka/offset.ts'
import type { LogSlice } from '../../kafka/ports/log-source.ts'
import type { BatchLimits, StreamEvent } from '../../kafka/ports/message-streams.ts'
import { CatchUp, type CatchUpOptions, type CatchUpResult } from '../behind/catch-up.ts'
import { chunkEnd } from './chunk.ts'
import type { FeedState } from './feed-state.ts'
import { lowerBound } from './lower-bound.ts'

/**
 * How long the broker may hold a read of a partition that is known to have messages. Prevents a busy loop while the
 * last stable offset does not advance.
 */
const PATIENT_WAIT_MS = 250

/** Result of one move: an event, `on` when the position advanced without an event, `wait` until woken. */
export type Move = StreamEvent | 'on' | 'wait'

export interface BehindOptions {
  readonly catchUp: CatchUpOptions
  /** The log end of a partition as known from elsewhere. */
  readonly headOf: (partition: number) => Offset | undefined
  /** Partitions whose position only a read can confirm, with the leader epoch to send in that read. */
  readonly unverified: ReadonlyMap<number, number>
}

interface SliceStep {
  readonly event: StreamEvent | null
  readonly positions: Positions
  /** True when the step consumes the rest of the slice. */
  readonly isWhole: boolean
}

const stepsOfSlices = new WeakMap<LogSlice, Map<string, SliceStep>>()

/**
 * Reads the log for a feed that is behind the ring. Partitions take turns; the next read runs while one is delivered.
 */
export class BehindReader implements Disposable {
  readonly #state: FeedState
  readonly #limits: BatchLimits
  readonly #catchUp: CatchUp
  readonly #headOf: BehindOptions['headOf']
  readonly #unverified: Map<number, number>
  #slice: LogSlice | null = null
  #lastPartition = -1
  #wasEmpty = false

  constructor(state: FeedState, limits: BatchLimits, { catchUp, headOf, unverified }: BehindOptions) {
    this.#state = state
    this.#limits = limits
    this.#catchUp = new CatchUp(catchUp)
    this.#headOf = headOf
    this.#unverified = new Map(unverified)
  }

  /** Distinguishes the places of a feed. */
  get kind(): 'behind' {
    return 'behind'
  }

  /** True while a slice is only partly delivered. */
  get isDelivering(): boolean {
    return this.#slice !== null
  }

  /** True when a read has confirmed every position. */
  get isVerified(): boolean {
    return this.#unverified.size === 0
  }

  /**
   * Marks partitions as truncated, as reported by another read. The next read sends these epochs, so the broker reports
   * what the truncation means for this position.
   */
  doubt(epochs: ReadonlyMap<number, number>): void {
    this.letGo()
    for (const [partition, epoch] of epochs)
      if (!this.#unverified.has(partition)) this.#unverified.set(partition, epoch)
  }

  move(): Move {
    if (this.#slice !== null) return this.#deliver(this.#slice)
    const result = this.#catchUp.take()
    const moved = result === null ? 'wait' : this.#receive(result)
    if (!this.#catchUp.isBusy && (this.#slice === null || this.#catchUp.mayReadAhead)) this.#readNext()
    return moved
  }

  /** Drops slices that are read but not delivered. They are read again when the subscriber asks. */
  letGo(): void {
    this.#forgetSlice()
    this.#catchUp.letGo()
  }

  [Symbol.dispose](): void {
    this.#forgetSlice()
    this.#catchUp[Symbol.dispose]()
  }

  #forgetSlice(): void {
    if (this.#slice !== null) this.#catchUp.delivered(this.#slice)
    this.#slice = null
  }

  #receive(result: CatchUpResult): Move {
    if (result.kind === 'late') return 'on'
    const epoch = this.#unverified.get(result.partition) ?? -1
    this.#unverified.delete(result.partition)
    const { epochs } = this.#state.identity
    if (result.kind === 'end') this.#state.end(result.fault)
    if (result.kind === 'slice') {
      const { slice } = result
      this.#state.sawEnd(slice.partition, slice.endOffset)
      this.#wasEmpty = slice.next === slice.from
      epochs.saw(slice.partition, plus(slice.from, -1), slice.from, epoch)
      epochs.sawSlice(slice)
      this.#slice = slice
    }
    if (result.kind !== 'gap') return 'on'
    if (result.gap.reason === 'UNCLEAN_LEADER_ELECTION') epochs.forget(result.partition)
    if (result.gap.error === null) this.#state.sawEnd(result.partition, result.gap.latest)
    const gap = this.#state.gap(result.gap)
    if (gap === null) return 'on'
    this.#state.advance(gap.positions, gap.event)
    return gap.event
  }

  #deliver(slice: LogSlice): Move {
    const { event, positions, isWhole } = this.#stepIn(slice)
    if (isWhole) this.#forgetSlice()
    this.#state.advance(positions, event)
    return event ?? 'on'
  }

  /** Feeds that are behind together take the same steps, so they also share the results made of an event. */
  #stepIn(slice: LogSlice): SliceStep {
    if (!this.#catchUp.isShared || this.#state.to !== null) return this.#newStep(slice)
    const { positions, identity } = this.#state
    const { maxMessages, maxBytes } = this.#limits
    const key = `${identity.coverage} ${maxMessages} ${maxBytes} ${positions.join()}`
    const steps = stepsOfSlices.get(slice) ?? new Map<string, SliceStep>()
    stepsOfSlices.set(slice, steps)
    const step = steps.get(key) ?? this.#newStep(slice)
    steps.set(key, step)
    return step
  }

  #newStep(slice: LogSlice): SliceStep {
    const { partition, messages, next } = slice
    const state = this.#state
    const position = state.positions[partition] ?? FIRST_OFFSET
    const stop = state.to?.[partition]
    const from = lowerBound(messages, position)
    const to = stop === undefined ? messages.length : lowerBound(messages, stop)
    const end = from < to ? Math.min(to, chunkEnd(messages, from, this.#limits)) : to
    const last = messages[end - 1]
    const isWhole = end >= to || last === undefined
    const reached = stop === undefined ? next : earlier(next, stop)
    const positions = withPosition(
      state.positions,
      partition,
      isWhole ? later(position, reached) : plus(last.offset, 1),
    )
    const isEmpty = from >= end
    const event = isEmpty
      ? null
      : state.batch({ messages: messages.slice(from, end), after: positions, ends: state.ends })
    return { event, positions, isWhole }
  }

  #readNext(): void {
    const { positions } = this.#state
    const count = positions.length
    for (let step = 1; step <= count; step++) {
      const partition = (this.#lastPartition + step) % count
      const offset = this.#nextOf(partition)
      if (offset === undefined || !this.#isWanted(partition, offset, this.#headOf(partition))) continue
      this.#lastPartition = partition
      const maxWaitMs = this.#wasEmpty ? PATIENT_WAIT_MS : 0
      const lastTimestamp = this.#state.lastTimestampOf(partition)
      const isUnverified = this.#unverified.has(partition)
      const lastEpoch = this.#unverified.get(partition) ?? this.#state.identity.epochs.at(partition, offset)
      this.#catchUp.start({ partition, offset, maxWaitMs, lastTimestamp, lastEpoch, isUnverified })
      return
    }
  }

  /** The offset of the partition's next read: the end of the slice that is being delivered. */
  #nextOf(partition: number): Offset | undefined {
    return this.#slice?.partition === partition ? this.#slice.next : this.#state.positions[partition]
  }

  #isWanted(partition: number, offset: Offset, head: Offset | undefined): boolean {
    if (this.#unverified.has(partition)) return true
    const end = this.#state.ends[partition]
    const known = end === undefined ? head : head === undefined ? end : later(end, head)
    const stop = this.#state.to?.[partition]
    if (known === undefined) return false
    return offset < (stop === undefined ? known : earlier(known, stop))
  }
}
