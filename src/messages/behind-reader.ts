import type { LogSlice } from '../kafka/log-source.ts'
import type { BatchLimits, StreamEvent } from '../kafka/message-streams.ts'
import { earlier, later, type Offset, plus } from '../kafka/offset.ts'
import { CatchUp, type CatchUpOptions, type CatchUpResult } from './catch-up.ts'
import { chunkEnd } from './chunk.ts'
import type { FeedState } from './feed-state.ts'
import { lowerBound } from './lower-bound.ts'
import { FIRST_OFFSET, type Positions, withPosition } from './positions.ts'

/** How long the broker may hold a read that is known to have something: a stuck last stable offset is not asked in a loop. */
const PATIENT_WAIT_MS = 250

/** What a move came to: an event, `on` when it moved without one, `wait` until woken. */
export type Move = StreamEvent | 'on' | 'wait'

/** What a reader works with. */
export interface BehindOptions {
  readonly catchUp: CatchUpOptions
  /** How far a partition is known to reach elsewhere. */
  readonly headOf: (partition: number) => Offset | undefined
  /** Partitions that only a read can tell to be there, with the epoch to read them by. */
  readonly unverified: ReadonlyMap<number, number>
}

interface SliceStep {
  readonly event: StreamEvent | null
  readonly positions: Positions
  /** True when nothing of the slice is left. */
  readonly isWhole: boolean
}

const stepsOfSlices = new WeakMap<LogSlice, Map<string, SliceStep>>()

/** Walks the log for a feed that is behind the ring: partitions in turn, the next read under way while one is consumed. */
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

  /** Tells it from the other places of a feed. */
  get kind(): 'behind' {
    return 'behind'
  }

  /** True while something that was read waits to be delivered. */
  get isDelivering(): boolean {
    return this.#slice !== null
  }

  /** True when every position was seen to exist. */
  get isVerified(): boolean {
    return this.#unverified.size === 0
  }

  /** These partitions were truncated, as others have seen; read with these epochs, the broker tells what that means here. */
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

  /** Forgets what was read and not delivered yet: it is read again when it is wanted. */
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

  /** Those who are behind together take the same steps: the results made of an event are shared, too. */
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

  /** Where a partition's next read starts: after the slice that is about to be delivered. */
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
