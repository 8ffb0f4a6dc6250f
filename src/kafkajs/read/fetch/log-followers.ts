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
import { LogPosition } from './log-position.ts'
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
   * The positions with their leader watches; those served last are at the end. If a fetch requests more than it may
   * return, a broker serves the first partitions, so a fixed order would starve the last ones.
   */
  readonly #positions = new Map<LogPosition, Disposable>()
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
    const position = new LogPosition(log, isolationLevel, from, follower)
    const { leaders } = this.#options.cluster
    this.#positions.set(position, leaders.watch(log.topic))
    if (leaders.leaderOf(log.topic, log.partition) === undefined) this.#lookUpLeaders(log.topic)
    this.#pump(position)
    return {
      [Symbol.dispose]: () => {
        position.isEnded = true
        this.#forget(position)
      },
    }
  }

  /** Number of logs being followed. */
  get size(): number {
    return this.#positions.size
  }

  [Symbol.dispose](): void {
    this.#stopping.abort()
    this.#leaderChanges[Symbol.dispose]()
    for (const timer of this.#retries) clearTimeout(timer)
    for (const position of this.#positions.keys()) position.isEnded = true
    this.#positions.clear()
  }

  #onLeadersChanged(topic: string): void {
    for (const position of [...this.#positions.keys()]) {
      if (position.log.topic !== topic) continue
      const leader = this.#options.cluster.leaders.leaderOf(topic, position.log.partition)
      // Abandons the fetch at the former leader: its response would be late.
      if (leader?.generation !== position.fetchingUnder) position.fetchingUnder = null
      position.notBefore = 0
      this.#endIfGone(position)
      this.#pump(position)
    }
  }

  #lookUpLeaders(topic: string): void {
    const { cluster, logger } = this.#options
    cluster.refresh([topic]).catch(error => {
      logger.debug({ topic, error: String(error) }, 'the leaders are still unknown')
      cluster.refreshSoon()
    })
  }

  #endIfGone(position: LogPosition): void {
    const fault = topicFate(this.#options.cluster.leaders, position)
    if (fault !== null) this.#end(position, () => position.fail(fault))
    // Not certain yet: check again until the topic exists or is gone.
    else if (position.goneSince !== null) this.#retry(position)
  }

  #end(position: LogPosition, report: () => void): void {
    this.#forget(position)
    report()
  }

  #forget(position: LogPosition): void {
    this.#positions.get(position)?.[Symbol.dispose]()
    this.#positions.delete(position)
  }

  #served(position: LogPosition): void {
    const watch = this.#positions.get(position)
    if (watch === undefined) return
    this.#positions.delete(position)
    this.#positions.set(position, watch)
  }

  #pump(position: LogPosition): void {
    if (position.isEnded || this.#stopping.signal.aborted) return
    const nodeId = this.#options.cluster.leaders.leaderOf(position.log.topic, position.log.partition)?.nodeId
    if (nodeId === undefined || nodeId === null) return
    this.#fetcher(nodeId, position.isolationLevel).pump()
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
    for (const position of this.#positions.keys()) {
      if (position.isolationLevel !== isolationLevel || position.fetchingUnder !== null || position.notBefore > now)
        continue
      const leader = this.#options.cluster.leaders.leaderOf(position.log.topic, position.log.partition)
      if (leader?.nodeId === nodeId) free.push({ position, leader })
    }
    return free
  }

  async #receive({ position, leader, answer }: FetchedTarget): Promise<void> {
    const result = await this.#read(position, answer)
    if (position.isEnded || position.fetchingUnder !== leader.generation) return
    await this.#apply(position, result)
  }

  async #read(position: LogPosition, answer: FetchedTarget['answer']): Promise<FetchResult> {
    return readAnswer(answer, position.offset, position.isolationLevel, this.#options.decodeLimits)
  }

  async #apply(position: LogPosition, result: FetchResult): Promise<void> {
    switch (result.kind) {
      case 'empty':
        if (result.endOffset >= position.offset) return position.settle()
        // A broker does not wait at a position after its last stable offset. Without this delay it would be polled
        // 2,000 times a second.
        position.beyondSince = null
        return this.#later(position)
      case 'slice': {
        this.#served(position)
        position.advance(result.slice, result.leaderEpoch)
        const { fault } = result
        if (fault === null) return
        if (position.isFirstDamageAt(result.slice.next)) return this.#later(position)
        return this.#end(position, () => position.fail(fault))
      }
      case 'fault':
        return this.#end(position, () => position.fail(result.fault))
      case 'outOfRange':
      case 'unreadable':
        // The other positions of the same response do not wait for this.
        position.notBefore = Number.POSITIVE_INFINITY
        void this.#classify(position, result.kind)
        return
      case 'unknownTopic':
        this.#endIfGone(position)
        return this.#retry(position)
      case 'retry':
        return this.#retry(position)
    }
  }

  async #classify(position: LogPosition, kind: 'outOfRange' | 'unreadable'): Promise<void> {
    const { listOffsets, logger } = this.#options
    const { signal } = this.#stopping
    try {
      const fault =
        kind === 'outOfRange'
          ? await classifyOutOfRange(position, listOffsets, signal)
          : await classifyUnreadable(position, this.#options, signal)
      if (fault !== null) return this.#end(position, () => position.fail(fault))
    } catch (error) {
      logger.debug({ ...position.log, error: String(error) }, 'the ends of the log are still unknown')
    }
    this.#retry(position)
  }

  #fail(targets: readonly FetchTarget[], error: KafkaError): void {
    if (this.#stopping.signal.aborted) return
    const refusal = isPermanent(error) ? ({ kind: 'refused', error } as const) : null
    if (refusal === null) this.#options.logger.debug({ error: String(error) }, 'a fetch failed and will be retried')
    for (const { position, leader } of targets) {
      if (position.fetchingUnder !== leader.generation) continue
      position.fetchingUnder = null
      if (refusal === null) this.#retry(position)
      else this.#end(position, () => position.fail(refusal))
    }
  }

  #retry(position: LogPosition): void {
    if (position.isEnded) return
    this.#options.cluster.refreshSoon()
    this.#later(position)
  }

  #later(position: LogPosition): void {
    position.delay()
    const timer = setTimeout(() => {
      this.#retries.delete(timer)
      if (position.isEnded) return
      // A timer may fire a millisecond early.
      position.notBefore = 0
      if (position.goneSince !== null) this.#endIfGone(position)
      this.#pump(position)
    }, position.notBefore - performance.now())
    this.#retries.add(timer)
  }
}
