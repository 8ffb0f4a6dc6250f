import { asKafkaError, type KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { LinkPurpose } from '../../transport/links.ts'
import { type FetchedTarget, type FetchTarget, fetchOnce } from './fetch-once.ts'

/** Bounds of following. */
export interface FollowLimits {
  /** How long a broker may wait for new messages, in ms. */
  readonly maxWaitMs: number
  readonly maxBytes: number
  readonly maxBytesPerPartition: number
}

/** What a fetcher needs from its owner. */
export interface FetcherHost {
  /** Every position in a log that this broker leads and that may be fetched now. */
  free(): readonly FetchTarget[]
  /** Handles the response for one position. Never throws. */
  receive(fetched: FetchedTarget): Promise<void>
  /** Handles the failure of a whole fetch. */
  fail(targets: readonly FetchTarget[], error: KafkaError): void
}

interface Lane {
  readonly purpose: LinkPurpose
  isBusy: boolean
  isLong: boolean
}

/**
 * Maximum wait of the second lane's fetches, in ms. They delay the first lane's next poll by at most this when both
 * merge.
 */
const SHORT_WAIT_MS = 20
/** A fetch overdue by this much, in ms, causes the leaders to be refreshed. */
const LATE_MS = 700

/**
 * Fetches from one broker for all logs followed at one isolation level. One long poll serves them all. A log that joins
 * meanwhile does not wait for it: a second connection polls for new logs until both lanes can merge.
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

  /** Starts a fetch for all free positions if a lane is idle. Call when a position was added, moved or freed. */
  pump(): void {
    const idle = this.#lanes.find(lane => !lane.isBusy)
    const busy = this.#lanes.find(lane => lane.isBusy)
    // While a short poll runs, no other poll starts, so that the next one covers all positions.
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
    for (const { position, leader } of targets) position.fetchingUnder = leader.generation
    const maxWaitMs = lane.isLong ? this.#limits.maxWaitMs : SHORT_WAIT_MS
    const late = setInterval(() => this.#cluster.refreshSoon(), maxWaitMs + LATE_MS)
    try {
      const fetched = await this.#fetch(lane.purpose, targets, maxWaitMs)
      clearInterval(late)
      for (const target of fetched) {
        // The leader moved meanwhile, so this response is late: the position is already fetched at the new leader.
        if (target.position.fetchingUnder === target.leader.generation) await this.#host.receive(target)
      }
    } catch (thrown) {
      this.#host.fail(targets, asKafkaError(thrown))
    } finally {
      clearInterval(late)
      for (const { position, leader } of targets) {
        if (position.fetchingUnder === leader.generation) position.fetchingUnder = null
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
