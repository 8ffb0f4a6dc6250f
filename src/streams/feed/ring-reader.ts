import { FIRST_OFFSET, type Positions, partitionsOf } from '../../kafka/cursor/positions.ts'
import type { BatchLimits } from '../../kafka/ports/message-streams.ts'
import type { RingEntry, RingStep } from '../ring/ring.ts'
import type { Seat, TopicTail } from '../ring/topic-tail.ts'
import type { Move } from './behind-reader.ts'
import type { FeedState } from './feed-state.ts'
import { lowerBound } from './lower-bound.ts'
import { takeFromRing } from './take-from-ring.ts'

const NOTHING: RingStep = { event: null, seq: 0, positions: [], messageCount: 0, isFull: false }

const groupOf = (positions: Positions, coverage: string, { maxMessages, maxBytes }: BatchLimits): string => {
  const partitions = coverage === 'all' ? `all ${positions.length}` : partitionsOf(positions).join(',')
  return `${partitions}|${maxMessages}|${maxBytes}`
}

const isConcerned = (entry: RingEntry, positions: Positions): boolean => positions[entry.partition] !== undefined

/** Reads the ring for one feed. Feeds at the same place with the same limits take the same steps. */
export class RingReader implements Disposable {
  readonly #state: FeedState
  readonly #limits: BatchLimits
  readonly #tail: TopicTail
  readonly #seat: Seat
  readonly #group: string
  #lastBatchAt = Number.NEGATIVE_INFINITY

  constructor(state: FeedState, limits: BatchLimits, tail: TopicTail, seat: Seat) {
    this.#state = state
    this.#limits = limits
    this.#tail = tail
    this.#seat = seat
    this.#group = groupOf(state.positions, state.identity.coverage, limits)
  }

  /** Distinguishes the places of a feed. A getter, because a field would cost each reader memory. */
  get kind(): 'ring' {
    return 'ring'
  }

  /** False once the ring has evicted this feed's place. */
  get isSeated(): boolean {
    return this.#tail.holds(this.#seat)
  }

  /** Leaves the ring. */
  [Symbol.dispose](): void {
    this.#tail.leave(this.#seat)
  }

  /** One move, or the ms to wait for more messages. */
  move(now: number): Move | number {
    const entry = this.#tail.ring.at(this.#seat.seq)
    if (entry === undefined) return 'wait'
    if (entry.kind !== 'slice' && isConcerned(entry, this.#state.positions)) return this.#passBarrier(entry)
    const wait = this.#lingering(now)
    if (wait > 0) return wait
    const step = this.#stepFrom(entry)
    this.#seat.seq = step.seq
    this.#state.advance(step.positions, step.event)
    if (step.event !== null) this.#lastBatchAt = now
    return step.event ?? 'on'
  }

  /** A message after a pause leaves at once. In a steady flow, each batch waits for the linger to pass. */
  #lingering(now: number): number {
    const { lingerMs, maxMessages } = this.#limits
    const wait = this.#lastBatchAt + lingerMs - now
    return wait > 0 && this.#tail.ring.messagesFrom(this.#seat.seq) < maxMessages ? Math.ceil(wait) : 0
  }

  #passBarrier(entry: Exclude<RingEntry, { readonly kind: 'slice' }>): Move {
    if (entry.kind === 'end') {
      this.#state.end(entry.fault)
      return 'on'
    }
    const shared = this.#shared(entry)
    const gap = shared ?? this.#gapStep(entry)
    // A feed ahead of the gap stays ahead of the ring. A shared step would move it back to the others' position.
    if ((gap.positions[entry.partition] ?? FIRST_OFFSET) <= entry.gap.toOffset) this.#seat.ahead.delete(entry.partition)
    this.#seat.seq += 1
    this.#state.advance(gap.positions, gap.event)
    return gap.event ?? 'on'
  }

  #gapStep(entry: Extract<RingEntry, { readonly kind: 'gap' }>): RingStep {
    const canShare = this.#canShare
    const positions = this.#state.positions[entry.partition]
    const passed = this.#state.gap(entry.gap)
    const step: RingStep = { ...NOTHING, ...(passed ?? { positions: this.#state.positions }), isFull: true }
    if (canShare && positions !== undefined && passed !== null) entry.steps.set(`gap ${this.#group}`, step)
    return step
  }

  #shared(entry: RingEntry): RingStep | null {
    return (this.#canShare && this.#state.reportsGaps && entry.steps.get(`gap ${this.#group}`)) || null
  }

  get #canShare(): boolean {
    return this.#seat.ahead.size === 0 && this.#state.to === null
  }

  #stepFrom(entry: RingEntry): RingStep {
    if (!this.#canShare) return this.#newStep()
    const key = this.#keyAt(entry)
    const known = entry.steps.get(key)
    if (known !== undefined && !this.#isWorthMore(known)) return known
    const step = this.#newStep()
    entry.steps.set(key, step)
    return step
  }

  /** True when a feed far behind can make a larger batch than the step that live feeds cached here. */
  #isWorthMore({ seq, isFull, messageCount }: RingStep): boolean {
    return !isFull && seq < this.#tail.ring.nextSeq && messageCount * 2 < this.#limits.maxMessages
  }

  #keyAt(entry: RingEntry): string {
    if (entry.kind !== 'slice') return this.#group
    const position = this.#state.positions[entry.partition]
    if (position === undefined || position <= entry.slice.from) return this.#group
    return `${lowerBound(entry.slice.messages, position)} ${this.#group}`
  }

  #newStep(): RingStep {
    const { ring, ends } = this.#tail
    const { positions: before, to } = this.#state
    const taken = takeFromRing(ring, this.#seat.seq, before, this.#limits, to, this.#seat.ahead)
    const { messages, seq, positions, isFull } = taken
    const event = messages.length === 0 ? null : this.#state.batch({ messages, after: positions, ends })
    return { event, seq, positions, messageCount: messages.length, isFull }
  }
}
