import type { PullSource, Wakeable } from '../../async/pulled-iterator.ts'
import type { Cursor } from '../../kafka/cursor/cursor.ts'
import type { Positions } from '../../kafka/cursor/positions.ts'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { BatchLimits, StreamEvent } from '../../kafka/ports/message-streams.ts'
import { BehindReader } from './behind-reader.ts'
import type { FeedState } from './feed-state.ts'
import { RingReader } from './ring-reader.ts'
import type { SharedTopic } from './shared-topic.ts'

/** The initial state of a feed. */
export interface FeedStart {
  readonly state: FeedState
  readonly batch: BatchLimits
  /** Partitions whose position only a read can confirm, with the leader epoch to send in that read. */
  readonly unverified: ReadonlyMap<number, number>
}

/** The feed has read nothing yet, or lost its place in the ring. */
interface Unplaced {
  readonly kind: 'unplaced'
  /** As in FeedStart. */
  readonly unverified: ReadonlyMap<number, number>
}

/**
 * Where a feed reads: the ring, the log behind it, or nowhere yet. The readers are states themselves, so a state costs an
 * idle feed no object of its own.
 */
type Place = Unplaced | RingReader | BehindReader

/** Every position is known to exist. Shared, since every feed passes it. */
const UNPLACED: Unplaced = { kind: 'unplaced', unverified: new Map() }

/**
 * One subscriber: a position that reads the ring when it can, and the log when it is behind. It has no queue and holds
 * little memory: everything it shares with the topic's other feeds lives in its SharedTopic.
 */
export class Feed implements PullSource<StreamEvent>, Wakeable {
  readonly #sharedTopic: SharedTopic
  readonly #state: FeedState
  readonly #batch: BatchLimits
  #iterator: Wakeable | null = null
  #place: Place
  /** Number of the topic's truncations that this feed's positions already reflect. */
  #truncations: number
  #lastEventAt = performance.now()
  #lastStepAt = performance.now()

  constructor(sharedTopic: SharedTopic, { state, batch, unverified }: FeedStart) {
    this.#sharedTopic = sharedTopic
    this.#state = state
    this.#batch = batch
    this.#place = unverified.size === 0 ? UNPLACED : { kind: 'unplaced', unverified }
    this.#truncations = state.identity.epochs.truncations
    sharedTopic.watch.listen(this)
  }

  /** Sets the iterator that pulls this feed. The feed wakes it when another step is possible. */
  isPulledBy(iterator: Wakeable): void {
    this.#iterator = iterator
  }

  wake(): void {
    this.#iterator?.wake()
  }

  /** True while the feed reads from the ring. */
  get isLive(): boolean {
    return this.#place.kind === 'ring' && this.#place.isSeated
  }

  step(): StreamEvent | number | null {
    const now = performance.now()
    this.#lastStepAt = now
    for (;;) {
      const due = this.#due(now)
      if (due !== null) return this.#yielded(due, now)
      if (this.#state.isComplete) return null
      const moved = this.#seated()?.move(now) ?? this.#catchingUp().move()
      if (moved === 'on') continue
      if (typeof moved === 'object') return this.#moved(moved, now)
      const waiting = this.#quiet(typeof moved === 'number' ? moved : null, now)
      if (waiting !== 'on') return waiting
    }
  }

  /** Frees the memory of a subscriber that has not asked since `time`. Dropped slices are read again when it asks. */
  letGoIfIdleSince(time: number): void {
    if (this.#place.kind === 'behind' && this.#lastStepAt < time) this.#place.letGo()
  }

  release(): void {
    this.#become(UNPLACED)
    this.#sharedTopic.released(this)
  }

  /** The cursor that resumes after the last yielded event. */
  get cursor(): Cursor {
    return this.#state.cursor
  }

  /** The error that ends the stream when the server shuts down. */
  closed(): KafkaError {
    return new KafkaError('CLOSED', null, { details: { cursor: this.cursor } })
  }

  #due(now: number): StreamEvent | null {
    const pending = this.#state.nextPending()
    if (pending !== null) return pending
    this.#joinNewPartitions()
    if (!this.#isVerified) return null
    if (!this.#state.isCaughtUpDue) return null
    const caughtUp = this.#sharedTopic.progressEvents.caughtUp(this.#state.snapshot(this.#ends()), now)
    this.#state.caughtUpSent()
    // Start the tail before the caught-up event, so that it already runs when the subscriber asks for the next message.
    if (!this.#state.isComplete) this.#seated()
    return caughtUp
  }

  #moved(event: StreamEvent, now: number): StreamEvent {
    const isTruncation = event.kind === 'gap' && event.reason === 'UNCLEAN_LEADER_ELECTION'
    if (isTruncation) this.#truncations = this.#state.identity.epochs.truncations
    return this.#yielded(event, now)
  }

  #yielded(event: StreamEvent, now: number): StreamEvent {
    this.#lastEventAt = now
    return event
  }

  #quiet(waitMs: number | null, now: number): StreamEvent | number | 'on' {
    const { watch, limits, progressEvents } = this.#sharedTopic
    if (waitMs === null && watch.fault !== null) {
      this.#state.end(watch.fault)
      return 'on'
    }
    if (!this.#state.reportsGaps) return waitMs ?? Number.POSITIVE_INFINITY
    const untilProgress = this.#lastEventAt + limits.progressMs - now
    if (untilProgress <= 0) return this.#yielded(progressEvents.progress(this.#state.snapshot(this.#ends()), now), now)
    return Math.ceil(Math.min(untilProgress, waitMs ?? untilProgress))
  }

  #joinNewPartitions(): void {
    const { watch } = this.#sharedTopic
    const { identity, to, positions } = this.#state
    if (identity.coverage === 'listed' || to !== null || watch.partitionCount <= positions.length) return
    this.#state.extend(watch.partitionCount)
    if (this.#place.kind === 'ring') this.#become(UNPLACED)
  }

  get #isVerified(): boolean {
    const place = this.#place
    return place.kind === 'ring' || (place.kind === 'behind' ? place.isVerified : place.unverified.size === 0)
  }

  /** The one transition: gives back what the former place holds. */
  #become<Next extends Place>(next: Next): Next {
    if (this.#place.kind !== 'unplaced') this.#place[Symbol.dispose]()
    this.#place = next
    return next
  }

  /** The ring's reader, where the feed has a seat in the ring or finds one. */
  #seated(): RingReader | null {
    if (this.#place.kind === 'ring') {
      if (this.#place.isSeated) return this.#place
      this.#become(UNPLACED)
    }
    this.#doubtTruncated()
    const isDelivering = this.#place.kind === 'behind' && this.#place.isDelivering
    if (isDelivering || !this.#isVerified) return null
    const { tails } = this.#sharedTopic
    const state = this.#state
    const lastTimestampOf = (partition: number) => state.lastTimestampOf(partition)
    const found = tails.sit({ positions: this.#unfinished(), ends: state.ends, lastTimestampOf }, this)
    if (found === null) return null
    this.#truncations = state.identity.epochs.truncations
    return this.#become(new RingReader(state, this.#batch, found.tail, found.seat))
  }

  /**
   * A feed that fell out of the ring before a truncation has positions in the old log, even when the new log has grown
   * past them.
   */
  #doubtTruncated(): void {
    const { identity, positions } = this.#state
    const { epochs } = identity
    if (epochs.truncations === this.#truncations) return
    const doubtful = epochs.inFormerLogs(this.#truncations, positions)
    this.#truncations = epochs.truncations
    if (doubtful.size > 0) this.#catchingUp().doubt(doubtful)
  }

  /** The log's reader. Only for a feed that has no seat in the ring. */
  #catchingUp(): BehindReader {
    if (this.#place.kind === 'behind') return this.#place
    const { unverified } = this.#place.kind === 'unplaced' ? this.#place : UNPLACED
    const behind = new BehindReader(this.#state, this.#batch, {
      catchUp: this.#sharedTopic.catchUp(() => this.wake()),
      headOf: partition => this.#sharedTopic.tails.current()?.ring.head(partition),
      unverified,
    })
    return this.#become(behind)
  }

  /** Positions of partitions that still need following: those before the stream's end. */
  #unfinished(): Positions {
    const { positions, to } = this.#state
    if (to === null) return positions
    return positions.map((position, partition) => {
      const stop = to[partition]
      return position !== undefined && stop !== undefined && position >= stop ? undefined : position
    })
  }

  #ends(): Positions {
    const followedEnds = this.#sharedTopic.tails.current()?.ends
    return this.#state.ends.map((end, partition) => {
      const followed = followedEnds?.[partition]
      return end !== undefined && followed !== undefined && followed > end ? followed : end
    })
  }
}
