import { singleFlight } from '../../async/single-flight.ts'
import { asKafkaError, type ErrorCode, KafkaError } from '../../kafka/errors/kafka-error.ts'
import { type MetadataAnswer, type MetadataBroker, metadataRequest } from '../requests/cluster/metadata.ts'
import type { ApiRequest } from '../wire/api-request.ts'
import { firstAnswer, isFinal } from './first-answer.ts'
import { LeaderTable } from './leader-table.ts'
import type { Link } from './link.ts'
import type { LinkPurpose, Links } from './links.ts'
import { type RetryBounds, retrying } from './retry.ts'
import { pause } from './wait.ts'

/** Timings of the cluster map, in ms. */
export interface ClusterMapTimings {
  /** Interval of refreshes. */
  readonly refreshMs: number
  /** Interval of refreshes while a leader is missing or suspected. */
  readonly urgentRefreshMs: number
  /** How long one broker may take before the next one is asked in parallel. */
  readonly hedgeMs: number
  /** How long one broker may leave a request unanswered. */
  readonly askMs: number
}

/** Whether Kafka answers, for readiness. */
export type ClusterState =
  | { readonly isUp: true; readonly clusterId: string }
  | { readonly isUp: false; readonly reason: string }

/** A broker that failed is asked last for this long, in ms. */
const SUSPECT_MS = 10_000

/**
 * The leaders and addresses of all brokers, refreshed continuously. Asks all known addresses and the bootstrap list in
 * turn and never waits for a single broker. KafkaJS's own metadata asks one broker and waits for its time-out.
 */
export class ClusterMap implements AsyncDisposable {
  readonly leaders = new LeaderTable()
  readonly links: Links
  readonly #bootstrap: readonly string[]
  readonly #timings: ClusterMapTimings
  readonly #onState: (state: ClusterState) => void
  readonly #stopping = new AbortController()
  #brokers: ReadonlyMap<number, MetadataBroker> = new Map()
  #state: ClusterState = { isUp: false, reason: 'not connected yet' }
  #lastReported: boolean | null = null
  /** Codes of permanent failures logged since Kafka last answered. */
  readonly #loggedMistakes = new Set<ErrorCode>()
  readonly #refreshWatched = singleFlight(() => this.#refreshOnce([]))
  #wake: AbortController = new AbortController()
  #turn = 0
  readonly #loop: Promise<void>

  /** `onState` is called with the first state and with each change. */
  constructor(
    links: Links,
    bootstrap: readonly string[],
    timings: ClusterMapTimings,
    onState: (state: ClusterState) => void = () => {},
  ) {
    this.links = links
    this.#onState = onState
    this.#bootstrap = bootstrap
    this.#timings = timings
    this.#loop = this.#keepFresh()
  }

  get state(): ClusterState {
    return this.#state
  }

  /** Last known host:port of a broker; undefined if it is not in the cluster. */
  addressOf(nodeId: number): string | undefined {
    const broker = this.#brokers.get(nodeId)
    return broker && `${broker.host}:${broker.port}`
  }

  /** Why a broker is unreachable or silent; null if it works again or was never tried. */
  troubleWith(nodeId: number): KafkaError | null {
    const address = this.addressOf(nodeId)
    return address === undefined ? null : this.links.troubleWith(address)
  }

  /** Last known node ids of all brokers. */
  get nodeIds(): readonly number[] {
    return [...this.#brokers.keys()]
  }

  /**
   * One attempt at a request that any broker can answer. The broker at `avoid` (host:port) is asked last.
   * @throws KafkaError KAFKA_UNAVAILABLE if none answers.
   */
  askAny<T>(
    make: (link: Link) => ApiRequest<T>,
    purpose: LinkPurpose = 'control',
    avoid: string | null = null,
  ): Promise<T> {
    return firstAnswer(this.#addressesToAsk(purpose, avoid), this.#timings.hedgeMs, address =>
      this.#ask(address, make, purpose),
    )
  }

  /** A request that any broker can answer, retried within the bounds. */
  askAnyUntil<T>(make: (link: Link) => ApiRequest<T>, bounds: RetryBounds): Promise<T> {
    return retrying(bounds, () => this.askAny(make))
  }

  /**
   * One attempt at a request to one broker, which may be silent for `idleMs`.
   * @throws KafkaError BROKER_NOT_AVAILABLE if it is not in the cluster.
   */
  async askNode<T>(
    nodeId: number,
    make: (link: Link) => ApiRequest<T>,
    purpose: LinkPurpose = 'control',
    idleMs: number = this.#timings.askMs,
  ): Promise<T> {
    const address = this.addressOf(nodeId)
    if (address === undefined) {
      throw new KafkaError('BROKER_NOT_AVAILABLE', `broker ${nodeId} is not part of the cluster at the moment`)
    }
    return this.#ask(address, make, purpose, idleMs)
  }

  /** Triggers an early refresh of the leaders. Returns at once. */
  refreshSoon(): void {
    this.#wake.abort()
  }

  /** Refreshes the leaders of the watched topics and of `topics`. @throws KafkaError KAFKA_UNAVAILABLE. */
  refresh(topics: readonly string[] = []): Promise<void> {
    // A pending refresh may have been sent without these topics.
    return topics.length > 0 ? this.#refreshOnce(topics) : this.#refreshWatched()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    this.#wake.abort()
    this.links[Symbol.dispose]()
    await this.#loop
  }

  async #keepFresh(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController()
      try {
        await this.refresh()
      } catch (thrown) {
        if (!this.#stopping.signal.aborted) this.#fail(asKafkaError(thrown))
      }
      await this.#untilNextRefresh()
    }
  }

  async #untilNextRefresh(): Promise<void> {
    const { refreshMs, urgentRefreshMs } = this.#timings
    await pause(urgentRefreshMs, this.#stopping.signal)
    if (this.#state.isUp && !this.leaders.isMissingOne) await pause(refreshMs - urgentRefreshMs, this.#wake.signal)
  }

  async #refreshOnce(extra: readonly string[]): Promise<void> {
    const topics = [...new Set([...this.leaders.watched, ...extra])]
    const answer = await this.askAny(() => metadataRequest(topics))
    this.#learn(answer)
  }

  #become(state: ClusterState): void {
    this.#state = state
    if (state.isUp) this.#loggedMistakes.clear()
    if (this.#lastReported === state.isUp) return
    this.#lastReported = state.isUp
    this.#onState(state)
  }

  #fail(error: KafkaError): void {
    // A wrong setting may show only once the broker is up, when "connection refused" is already logged.
    const isNews = isFinal(error) && !this.#loggedMistakes.has(error.code)
    if (isNews) {
      this.#loggedMistakes.add(error.code)
      this.#lastReported = null
    }
    this.#become({ isUp: false, reason: error.message })
  }

  #learn(answer: MetadataAnswer): void {
    // A starting broker may not know any brokers yet.
    if (answer.brokers.length > 0) this.#brokers = new Map(answer.brokers.map(broker => [broker.nodeId, broker]))
    this.leaders.learn(answer.topics)
    const reason = this.#outOfReach()
    this.#become(reason === null ? { isUp: true, clusterId: answer.clusterId } : { isUp: false, reason })
  }

  /**
   * Why only metadata works: the brokers advertise addresses that are unreachable from here. Null if at least one is
   * reachable.
   */
  #outOfReach(): string | null {
    const reasons = this.nodeIds.map(nodeId => this.links.unreached(this.addressOf(nodeId) ?? ''))
    if (reasons.length === 0 || reasons.includes(null)) return null
    const list = reasons.map(reason => reason?.message).join('; ')
    return `none of the addresses that its brokers advertise (advertised.listeners) can be reached: ${list}`
  }

  async #ask<T>(
    address: string,
    make: (link: Link) => ApiRequest<T>,
    purpose: LinkPurpose,
    idleMs: number = this.#timings.askMs,
  ): Promise<T> {
    const link = await this.links.get(address, purpose)
    const request = make(link)
    try {
      return await link.call(request, idleMs)
    } catch (thrown) {
      // A forwarded request may be late although the broker itself is healthy.
      if (!link.isAlive && purpose !== 'forwarded') this.links.suspect(address, asKafkaError(thrown))
      throw thrown
    }
  }

  /**
   * The order in which to ask: known brokers in turn, connected ones first, then the rest of the bootstrap list, which
   * often names the same brokers differently. Brokers that failed recently come last.
   */
  #addressesToAsk(purpose: LinkPurpose, avoid: string | null): readonly string[] {
    const now = performance.now()
    const known = new Set([...this.#brokers.keys()].map(nodeId => this.addressOf(nodeId) ?? ''))
    const all = [...new Set([...known, ...this.#bootstrap])]
    this.#turn++
    const rank = (address: string, index: number): number =>
      (now - this.links.failedAt(address) < SUSPECT_MS ? 20_000 : 0) +
      (address === avoid ? 10_000 : 0) +
      (known.size === 0 || known.has(address) ? 0 : 5000) +
      (this.links.isOpen(address, purpose) ? 0 : 1000) +
      ((index + this.#turn) % all.length)
    return all
      .map((address, index) => ({ address, rank: rank(address, index) }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ address }) => address)
  }
}
