import type { Cursor } from '../../kafka/cursor/cursor.ts'
import {
  FIRST_OFFSET,
  haveReached,
  type Positions,
  partitionsOf,
  toPositions,
  withPosition,
} from '../../kafka/cursor/positions.ts'
import { offsetOutOfRange, resumable, topicDeleted, topicRecreated } from '../../kafka/cursor/stream-errors.ts'
import type { EpochMs } from '../../kafka/epoch-ms.ts'
import { errorAbout } from '../../kafka/errors/error-about.ts'
import type { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { earlier, type Offset } from '../../kafka/offset.ts'
import type { LogFault } from '../../kafka/ports/log-source.ts'
import type { BatchEvent, GapEvent, StreamEvent } from '../../kafka/ports/message-streams.ts'
import type { LogGap } from '../ring/ring.ts'
import type { StreamStart } from '../start/stream-start.ts'
import { type BatchParts, MessageBatch } from './batch-event.ts'
import type { FeedSnapshot } from './progress-events.ts'
import { gapEvent } from './stream-events.ts'
import { cursorOf, type StreamIdentity } from './stream-identity.ts'

const goalsOf = ({ ends, to }: StreamStart): Positions => {
  if (to === null) return ends
  return ends.map((end, partition) => {
    const stop = to[partition]
    return end === undefined || stop === undefined ? end : earlier(end, stop)
  })
}

/** One gap for each deleted range. Each cursor passes the gaps reported so far and no later one. */
const deletedEvents = ({ deleted, positions }: StreamStart, identity: StreamIdentity): StreamEvent[] =>
  deleted.map((range, index) => {
    const unreported = deleted.slice(index + 1)
    const before = unreported.reduce(
      (all, { partition, fromOffset }) => withPosition(all, partition, fromOffset),
      positions,
    )
    return gapEvent(identity, { ...range, reason: 'RETENTION' }, before)
  })

/**
 * The positions of one feed and the events its moves produce. It does not know whether messages come from the ring or
 * the log.
 */
export class FeedState {
  readonly identity: StreamIdentity
  readonly to: Positions | null
  readonly #onGap: 'report' | 'fail'
  readonly #goals: Positions
  readonly #pending: StreamEvent[]
  /** By partition. */
  readonly #lastTimestamps: (EpochMs | undefined)[] = []
  readonly #ends: (Offset | undefined)[]
  #begin: Positions
  #error: KafkaError | null = null
  #isCaughtUp = false
  #messagesScanned = 0n
  positions: Positions

  constructor(start: StreamStart, identity: StreamIdentity, onGap: 'report' | 'fail') {
    this.identity = identity
    this.positions = start.positions
    this.to = start.to
    this.#begin = start.positions
    this.#onGap = onGap
    this.#goals = goalsOf(start)
    this.#ends = start.ends.slice()
    this.#pending = deletedEvents(start, identity)
  }

  /** Log ends as last seen by this feed. */
  get ends(): Positions {
    return this.#ends
  }

  get reportsGaps(): boolean {
    return this.#onGap === 'report'
  }

  get isComplete(): boolean {
    return this.to !== null && haveReached(this.positions, this.to)
  }

  /** The cursor that resumes here, before gaps that are not yielded yet. */
  get cursor(): Cursor {
    const beforeGaps = this.#pending.reduce(
      (all, event) =>
        event.kind === 'gap' && event.reason === 'RETENTION'
          ? withPosition(all, event.partition, event.fromOffset)
          : all,
      this.positions,
    )
    return cursorOf(this.identity, beforeGaps)
  }

  sawEnd(partition: number, end: Offset): void {
    this.#ends[partition] = end
  }

  lastTimestampOf(partition: number): EpochMs | null {
    return this.#lastTimestamps[partition] ?? null
  }

  /**
   * The next event that is due before anything is read. @throws the error that ended the stream, once these events are
   * yielded.
   */
  nextPending(): StreamEvent | null {
    const pending = this.#pending.shift()
    if (pending !== undefined) return pending
    if (this.#error !== null) throw this.#error
    return null
  }

  /** Adds partitions up to `count`, each from its first offset. */
  extend(count: number): void {
    const added: Offset[] = Array.from({ length: count - this.positions.length }, () => FIRST_OFFSET)
    this.positions = [...this.positions, ...added]
    this.#begin = [...this.#begin, ...added]
    while (this.#ends.length < count) this.#ends.push(FIRST_OFFSET)
  }

  /** Moves to `positions`; `event` holds what was delivered on the way. */
  advance(positions: Positions, event: StreamEvent | null): void {
    this.positions = positions
    if (event?.kind !== 'batch') return
    this.#messagesScanned += BigInt(event.messages.length)
    const last = event.messages.at(-1)
    if (last !== undefined) this.#lastTimestamps[last.partition] = last.timestamp
  }

  batch(parts: Omit<BatchParts, 'before'>): BatchEvent {
    return new MessageBatch(this.identity, { ...parts, before: this.positions })
  }

  /** True once everything that existed at the start is delivered, until the caught-up event is sent. */
  get isCaughtUpDue(): boolean {
    return !this.#isCaughtUp && haveReached(this.positions, this.#goals)
  }

  /** Marks the caught-up event as sent. */
  caughtUpSent(): void {
    this.#isCaughtUp = true
  }

  /** The feed's state when the logs end at `ends`. */
  snapshot(ends: Positions): FeedSnapshot {
    const { identity, positions } = this
    return { identity, begin: this.#begin, positions, ends, messagesScanned: this.#messagesScanned }
  }

  /**
   * The event of a gap, or null when this position is past it. Ends the stream instead when the request asked to fail
   * on gaps.
   */
  gap(gap: LogGap): { readonly event: GapEvent; readonly positions: Positions } | null {
    const { partition, toOffset, reason, earliest, latest, error } = gap
    const fromOffset = this.positions[partition]
    const isTruncation = reason === 'UNCLEAN_LEADER_ELECTION'
    if (fromOffset === undefined || toOffset === fromOffset || (toOffset < fromOffset && !isTruncation)) return null
    const positions = withPosition(this.positions, partition, toOffset)
    if (this.#onGap === 'report') {
      const event = gapEvent(this.identity, { partition, fromOffset, toOffset, reason }, positions)
      return { event, positions }
    }
    const cursor = cursorOf(this.identity, positions)
    const { topic } = this.identity
    this.#error =
      error === null
        ? offsetOutOfRange({ topic, partition, offset: fromOffset, earliest, latest, cursor })
        : resumable(error, cursor, { partition, fromOffset: String(fromOffset), toOffset: String(toOffset) })
    return null
  }

  /** Ends the stream with a fault that makes further reading impossible. */
  end(fault: LogFault): void {
    if (this.#error !== null) return
    if (fault.kind === 'recreated') this.#endRecreated(fault.topicId)
    else if (fault.kind === 'refused') this.#endRefused(fault.error)
    else this.#error = topicDeleted(this.identity.topic)
  }

  #endRefused(error: KafkaError): void {
    const { topic } = this.identity
    this.#error = resumable(errorAbout({ topic }, error), cursorOf(this.identity, this.positions))
  }

  #endRecreated(topicId: string): void {
    const identity = { ...this.identity, topicId }
    const partitions = partitionsOf(this.positions)
    // The new topic may have fewer partitions, so a cursor for all partitions lists none.
    const start = identity.coverage === 'all' ? [] : toPositions(partitions.map(each => [each, FIRST_OFFSET]))
    this.#error = topicRecreated(identity.topic, cursorOf(identity, start))
    if (this.#onGap === 'fail') return
    for (const partition of partitions) {
      const fromOffset = this.positions[partition] ?? FIRST_OFFSET
      this.#pending.push(
        gapEvent(identity, { partition, fromOffset, toOffset: FIRST_OFFSET, reason: 'TOPIC_RECREATED' }, start),
      )
    }
  }
}
