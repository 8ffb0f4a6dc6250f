import type { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { isPermanent } from '../../../kafka/errors/permanent-error.ts'
import type { Logger } from '../../../kafka/logger.ts'
import type { IsolationLevel } from '../../../kafka/message.ts'
import type { Offset } from '../../../kafka/offset.ts'
import type { LogFollower, LogId } from '../../../kafka/ports/log-source.ts'
import type { DecodeLimits } from '../../records/decode/decode-records.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { FetchedTarget, FetchTarget } from './fetch-once.ts'
import { FetchTrouble } from './fetch-trouble.ts'
import { type FollowLimits, LeaderFetcher } from './leader-fetcher.ts'
import { LogCursor } from './log-cursor.ts'
import { classifyOutOfRange, type ListOffsets } from './out-of-range.ts'
import { type FetchResult, readAnswer } from './read-answer.ts'
import { topicFate } from './topic-fate.ts'
import { classifyUnreadable } from './unreadable-range.ts'

/** Dependencies of LogFollowers. */
export interface FollowersOptions {
  readonly cluster: ClusterMap
  readonly listOffsets: ListOffsets
  readonly logger: Logger
  readonly followLimits: FollowLimits
  readonly decodeLimits: DecodeLimits
}

/**
 * All followed logs of the process. One fetcher per leader and isolation level; when a leader moves, its logs move to
 * another fetcher at once. Broker faults are retried; faults of a log and permanent errors end its following.
 */
export class LogFollowers implements Disposable {
  readonly #options: FollowersOptions
  /**
   * The cursors with their leader watches; those served last are at the end. If a fetch requests more than it may
   * return, a broker serves the first partitions, so a fixed order would starve the last ones.
   */
  readonly #cursors = new Map<LogCursor, Disposable>()
  readonly #fetchers = new Map<string, LeaderFetcher>()
  readonly #retries = new Set<NodeJS.Timeout>()
  readonly #leaderChanges: Disposable
  readonly #trouble: FetchTrouble
  readonly #stopping = new AbortController()

  constructor(options: FollowersOptions) {
    this.#options = options
    this.#trouble = new FetchTrouble(options.logger)
    this.#leaderChanges = options.cluster.leaders.onChange(topic => this.#onLeadersChanged(topic))
  }

  /** Follows a log until a fault or disposal. */
  follow(log: LogId, isolationLevel: IsolationLevel, from: Offset, follower: LogFollower): Disposable {
    const cursor = new LogCursor(log, isolationLevel, from, follower)
    const { leaders } = this.#options.cluster
    this.#cursors.set(cursor, leaders.watch(log.topic))
    if (leaders.leaderOf(log.topic, log.partition) === undefined) this.#lookUpLeaders(log.topic)
    this.#pump(cursor)
    return {
      [Symbol.dispose]: () => {
        cursor.isEnded = true
        this.#forget(cursor)
      },
    }
  }

  /** Number of logs being followed. */
  get size(): number {
    return this.#cursors.size
  }

  [Symbol.dispose](): void {
    this.#stopping.abort()
    this.#leaderChanges[Symbol.dispose]()
    for (const timer of this.#retries) clearTimeout(timer)
    for (const cursor of this.#cursors.keys()) cursor.isEnded = true
    this.#cursors.clear()
  }

  #onLeadersChanged(topic: string): void {
    for (const cursor of [...this.#cursors.keys()]) {
      if (cursor.log.topic !== topic) continue
      const leader = this.#options.cluster.leaders.leaderOf(topic, cursor.log.partition)
      // Abandons the fetch at the former leader: its response would be late.
      if (leader?.generation !== cursor.fetchingUnder) cursor.fetchingUnder = null
      cursor.notBefore = 0
      this.#endIfGone(cursor)
      this.#pump(cursor)
    }
  }

  #lookUpLeaders(topic: string): void {
    const { cluster, logger } = this.#options
    cluster.refresh([topic]).catch(error => {
      logger.debug({ topic, error: String(error) }, 'the leaders are still unknown')
      cluster.refreshSoon()
    })
  }

  #endIfGone(cursor: LogCursor): void {
    const fault = topicFate(this.#options.cluster.leaders, cursor)
    if (fault !== null) this.#end(cursor, () => cursor.fail(fault))
    // Not certain yet: check again until the topic exists or is gone.
    else if (cursor.goneSince !== null) this.#retry(cursor)
  }

  #end(cursor: LogCursor, report: () => void): void {
    this.#forget(cursor)
    report()
  }

  #forget(cursor: LogCursor): void {
    this.#cursors.get(cursor)?.[Symbol.dispose]()
    this.#cursors.delete(cursor)
  }

  #served(cursor: LogCursor): void {
    const watch = this.#cursors.get(cursor)
    if (watch === undefined) return
    this.#cursors.delete(cursor)
    this.#cursors.set(cursor, watch)
  }

  #pump(cursor: LogCursor): void {
    if (cursor.isEnded || this.#stopping.signal.aborted) return
    const nodeId = this.#options.cluster.leaders.leaderOf(cursor.log.topic, cursor.log.partition)?.nodeId
    if (nodeId === undefined || nodeId === null) return
    this.#fetcher(nodeId, cursor.isolationLevel).pump()
  }

  #fetcher(nodeId: number, isolationLevel: IsolationLevel): LeaderFetcher {
    const key = `${nodeId} ${isolationLevel}`
    const known = this.#fetchers.get(key)
    if (known !== undefined) return known
    const { cluster, followLimits } = this.#options
    const trouble = this.#trouble
    const fetcher = new LeaderFetcher(nodeId, cluster, followLimits, {
      free: () => this.#freeOf(nodeId, isolationLevel),
      receive: fetched => {
        trouble.worked(nodeId)
        return this.#receive(fetched)
      },
      fail: (targets, error) => {
        trouble.failed(nodeId, error)
        this.#fail(targets, error)
      },
    })
    this.#fetchers.set(key, fetcher)
    return fetcher
  }

  #freeOf(nodeId: number, isolationLevel: IsolationLevel): readonly FetchTarget[] {
    const now = performance.now()
    const free: FetchTarget[] = []
    for (const cursor of this.#cursors.keys()) {
      if (cursor.isolationLevel !== isolationLevel || cursor.fetchingUnder !== null || cursor.notBefore > now) continue
      const leader = this.#options.cluster.leaders.leaderOf(cursor.log.topic, cursor.log.partition)
      if (leader?.nodeId === nodeId) free.push({ cursor, leader })
    }
    return free
  }

  async #receive({ cursor, leader, answer }: FetchedTarget): Promise<void> {
    const result = await this.#read(cursor, answer)
    if (cursor.isEnded || cursor.fetchingUnder !== leader.generation) return
    await this.#apply(cursor, result)
  }

  async #read(cursor: LogCursor, answer: FetchedTarget['answer']): Promise<FetchResult> {
    return readAnswer(answer, cursor.offset, cursor.isolationLevel, this.#options.decodeLimits)
  }

  async #apply(cursor: LogCursor, result: FetchResult): Promise<void> {
    switch (result.kind) {
      case 'empty':
        if (result.endOffset >= cursor.offset) return cursor.settle()
        // A broker does not wait at a position after its last stable offset. Without this delay it would be polled
        // 2,000 times a second.
        cursor.beyondSince = null
        return this.#later(cursor)
      case 'slice': {
        this.#served(cursor)
        cursor.advance(result.slice, result.leaderEpoch)
        const { fault } = result
        if (fault === null) return
        if (cursor.isFirstDamageAt(result.slice.next)) return this.#later(cursor)
        return this.#end(cursor, () => cursor.fail(fault))
      }
      case 'fault':
        return this.#end(cursor, () => cursor.fail(result.fault))
      case 'outOfRange':
      case 'unreadable':
        // The other cursors of the same response do not wait for this.
        cursor.notBefore = Number.POSITIVE_INFINITY
        void this.#classify(cursor, result.kind)
        return
      case 'unknownTopic':
        this.#endIfGone(cursor)
        return this.#retry(cursor)
      case 'retry':
        return this.#retry(cursor)
    }
  }

  async #classify(cursor: LogCursor, kind: 'outOfRange' | 'unreadable'): Promise<void> {
    const { listOffsets, logger } = this.#options
    const { signal } = this.#stopping
    try {
      const fault =
        kind === 'outOfRange'
          ? await classifyOutOfRange(cursor, listOffsets, signal)
          : await classifyUnreadable(cursor, this.#options, signal)
      if (fault !== null) return this.#end(cursor, () => cursor.fail(fault))
    } catch (error) {
      logger.debug({ ...cursor.log, error: String(error) }, 'the ends of the log are still unknown')
    }
    this.#retry(cursor)
  }

  #fail(targets: readonly FetchTarget[], error: KafkaError): void {
    if (this.#stopping.signal.aborted) return
    const refusal = isPermanent(error) ? ({ kind: 'refused', error } as const) : null
    if (refusal === null) this.#options.logger.debug({ error: String(error) }, 'a fetch failed and will be retried')
    for (const { cursor, leader } of targets) {
      if (cursor.fetchingUnder !== leader.generation) continue
      cursor.fetchingUnder = null
      if (refusal === null) this.#retry(cursor)
      else this.#end(cursor, () => cursor.fail(refusal))
    }
  }

  #retry(cursor: LogCursor): void {
    if (cursor.isEnded) return
    this.#options.cluster.refreshSoon()
    this.#later(cursor)
  }

  #later(cursor: LogCursor): void {
    cursor.delay()
    const timer = setTimeout(() => {
      this.#retries.delete(timer)
      if (cursor.isEnded) return
      // A timer may fire a millisecond early.
      cursor.notBefore = 0
      if (cursor.goneSince !== null) this.#endIfGone(cursor)
      this.#pump(cursor)
    }, cursor.notBefore - performance.now())
    this.#retries.add(timer)
  }
}
