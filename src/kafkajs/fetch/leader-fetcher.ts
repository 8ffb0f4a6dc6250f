import { asKafkaError, type KafkaError } from '../../kafka/kafka-error.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import type { LinkPurpose } from '../connection/links.ts'
import { type FetchedTarget, type FetchTarget, fetchOnce } from './fetch-once.ts'

/** Bounds and waits of following. */
export interface FollowLimits {
  /** How long a broker may wait for something new, ms. */
  readonly maxWaitMs: number
  readonly maxBytes: number
  readonly maxBytesPerPartition: number
}

/** What a fetcher needs of its owner. */
export interface FetcherHost {
  /** Every cursor that this fetcher's broker leads now, that is not being fetched and may be. */
  free(): readonly FetchTarget[]
  /** Reads one cursor's part of an answer. Never throws. */
  receive(fetched: FetchedTarget): Promise<void>
  /** The fetch for these failed as a whole. */
  fail(targets: readonly FetchTarget[], error: KafkaError): void
}

interface Lane {
  readonly purpose: LinkPurpose
  isBusy: boolean
  isLong: boolean
}

/** How long the second lane's fetches may wait, ms: by that much at most one poll of the first is held up as they join. */
const SHORT_WAIT_MS = 20
/** A fetch that is this late, ms, makes the leaders suspect. */
const LATE_MS = 700

/**
 * Fetches from one broker for all cursors of one isolation level. One long poll serves them all; a cursor that joins while
 * it is under way does not wait for it: a second connection polls for the newcomers until both can be one again.
 */
export class LeaderFetcher {
  readonly #nodeId: number
  readonly #cluster: ClusterMap
  readonly #limits: FollowLimits
  readonly #host: FetcherHost
  readonly #lanes: readonly Lane[] = [
    { purpose: 'follow', isBusy: false, isLong: false },
    { purpose: 'follow-new', isBusy: false, isLong: false },
  ]

  constructor(nodeId: number, cluster: ClusterMap, limits: FollowLimits, host: FetcherHost) {
    this.#nodeId = nodeId
    this.#cluster = cluster
    this.#limits = limits
    this.#host = host
  }

  get isIdle(): boolean {
    return this.#lanes.every(lane => !lane.isBusy)
  }

  /** Starts a fetch for whatever is free, if a lane may. Called whenever a cursor came, moved or became free. */
  pump(): void {
    const idle = this.#lanes.find(lane => !lane.isBusy)
    const busy = this.#lanes.find(lane => lane.isBusy)
    // Behind a short poll everybody waits, so that the next one is for all.
    if (idle === undefined || (busy !== undefined && !busy.isLong)) return
    const targets = this.#host.free()
    if (targets.length === 0) return
    idle.isBusy = true
    idle.isLong = busy === undefined
    this.#run(idle, targets).finally(() => {
      idle.isBusy = false
      this.pump()
    })
  }

  async #run(lane: Lane, targets: readonly FetchTarget[]): Promise<void> {
    for (const { cursor, leader } of targets) cursor.fetchingUnder = leader.generation
    const maxWaitMs = lane.isLong ? this.#limits.maxWaitMs : SHORT_WAIT_MS
    const late = setInterval(() => this.#cluster.refreshSoon(), maxWaitMs + LATE_MS)
    try {
      const fetched = await this.#fetch(lane.purpose, targets, maxWaitMs)
      clearInterval(late)
      for (const target of fetched) {
        // The leader moved meanwhile: the cursor is fetched there already, this answer is late.
        if (target.cursor.fetchingUnder === target.leader.generation) await this.#host.receive(target)
      }
    } catch (thrown) {
      this.#host.fail(targets, asKafkaError(thrown))
    } finally {
      clearInterval(late)
      for (const { cursor, leader } of targets) {
        if (cursor.fetchingUnder === leader.generation) cursor.fetchingUnder = null
      }
    }
  }

  async #fetch(purpose: LinkPurpose, targets: readonly FetchTarget[], maxWaitMs: number) {
    const address = this.#cluster.addressOf(this.#nodeId)
    if (address === undefined) throw new Error(`broker ${this.#nodeId} left the cluster`)
    const link = await this.#cluster.links.get(address, purpose)
    const { maxBytes, maxBytesPerPartition } = this.#limits
    return fetchOnce(link, targets, { maxWaitMs, maxBytes, maxBytesPerPartition }, this.#cluster.links.timeouts.idleMs)
  }
}
