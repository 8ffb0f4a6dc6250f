import { singleFlight } from '../../async/single-flight.ts'
import { asKafkaError, type ErrorCode, KafkaError } from '../../kafka/kafka-error.ts'
import { type MetadataAnswer, type MetadataBroker, metadataRequest } from '../protocol/metadata.ts'
import type { ApiRequest } from './api-request.ts'
import { firstAnswer, isFinal } from './first-answer.ts'
import { LeaderTable } from './leader-table.ts'
import type { Link } from './link.ts'
import type { LinkPurpose, Links } from './links.ts'
import { type RetryBounds, retrying } from './retry.ts'
import { pause } from './wait.ts'

/** How the cluster is watched, ms. */
export interface ClusterMapTimings {
  /** Between two refreshes while all is well. */
  readonly refreshMs: number
  /** Between two refreshes while a leader is missing or suspected. */
  readonly urgentRefreshMs: number
  /** How long one broker may take before the next one is asked too. */
  readonly hedgeMs: number
  /** How long one broker may be silent over one question. */
  readonly askMs: number
}

/** Whether Kafka answers, for readiness. */
export type ClusterState =
  | { readonly isUp: true; readonly clusterId: string }
  | { readonly isUp: false; readonly reason: string }

/** A broker that failed is asked last for this long, ms. */
const SUSPECT_MS = 10_000

/**
 * Who leads what and where every broker listens, kept fresh for ever: asks every known address and the bootstrap list in
 * turn, never waits for a single broker. KafkaJS's own metadata asks one broker and waits for its time-out.
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
  #isTold: boolean | null = null
  /** Codes of failures that no waiting mends, logged since Kafka answered last. */
  readonly #loggedMistakes = new Set<ErrorCode>()
  readonly #refreshWatched = singleFlight(() => this.#refreshOnce([]))
  #wake: AbortController = new AbortController()
  #turn = 0
  readonly #loop: Promise<void>

  /** `onState` is called when Kafka answers for the first time or not, and at each change of that. */
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

  /** host:port of a broker as last seen; undefined when it is not part of the cluster. */
  addressOf(nodeId: number): string | undefined {
    const broker = this.#brokers.get(nodeId)
    return broker && `${broker.host}:${broker.port}`
  }

  /** Why a broker was not reached or did not answer; null when it has worked since, or was never tried. */
  troubleWith(nodeId: number): KafkaError | null {
    const address = this.addressOf(nodeId)
    return address === undefined ? null : this.links.troubleWith(address)
  }

  /** Every broker's node id, as last seen. */
  get nodeIds(): readonly number[] {
    return [...this.#brokers.keys()]
  }

  /**
   * One attempt at a question that any broker can answer; the one at `avoid` (host:port) is asked last.
   * @throws KafkaError KAFKA_UNAVAILABLE when none does.
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

  /** A question that any broker can answer, attempted until the bounds end. */
  askAnyUntil<T>(make: (link: Link) => ApiRequest<T>, bounds: RetryBounds): Promise<T> {
    return retrying(bounds, () => this.askAny(make))
  }

  /**
   * One attempt at a question for one broker, which may be silent for `idleMs`.
   * @throws KafkaError BROKER_NOT_AVAILABLE when it is not in the cluster.
   */
  async askNode<T>(
    nodeId: number,
    make: (link: Link) => ApiRequest<T>,
    purpose: LinkPurpose = 'control',
    idleMs: number = this.#timings.askMs,
  ): Promise<T> {
    const address = this.addressOf(nodeId)
    if (address === undefined) {
      throw new KafkaError('BROKER_NOT_AVAILABLE', `broker ${nodeId} is not part of the cluster now`)
    }
    return this.#ask(address, make, purpose, idleMs)
  }

  /** Asks for fresh leaders as soon as may be; returns at once. */
  refreshSoon(): void {
    this.#wake.abort()
  }

  /** Asks for fresh leaders of the watched topics and of `topics`. @throws KafkaError KAFKA_UNAVAILABLE. */
  refresh(topics: readonly string[] = []): Promise<void> {
    // The request of a refresh under way may not name these topics.
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
    if (this.#isTold === state.isUp) return
    this.#isTold = state.isUp
    this.#onState(state)
  }

  #fail(error: KafkaError): void {
    // A wrong setting may show only once the broker is up: the log has "connection refused" by then.
    const isNews = isFinal(error) && !this.#loggedMistakes.has(error.code)
    if (isNews) {
      this.#loggedMistakes.add(error.code)
      this.#isTold = null
    }
    this.#become({ isUp: false, reason: error.message })
  }

  #learn(answer: MetadataAnswer): void {
    // A broker that is still starting knows of nobody yet.
    if (answer.brokers.length > 0) this.#brokers = new Map(answer.brokers.map(broker => [broker.nodeId, broker]))
    this.leaders.learn(answer.topics)
    const reason = this.#outOfReach()
    this.#become(reason === null ? { isUp: true, clusterId: answer.clusterId } : { isUp: false, reason })
  }

  /** Why nothing but metadata comes of a cluster whose brokers name addresses that nobody here can reach; null where one can be. */
  #outOfReach(): string | null {
    const reasons = this.nodeIds.map(nodeId => this.links.unreached(this.addressOf(nodeId) ?? ''))
    if (reasons.length === 0 || reasons.includes(null)) return null
    const told = reasons.map(reason => reason?.message).join('; ')
    return `of the addresses that its brokers name (advertised.listeners) none can be reached: ${told}`
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
      // What a broker forwards may be late although the broker itself is well.
      if (!link.isAlive && purpose !== 'forwarded') this.links.suspect(address, asKafkaError(thrown))
      throw thrown
    }
  }

  /**
   * Known brokers in turn, connected ones first, then the rest of the bootstrap list, which often names the same brokers
   * otherwise; those that failed lately last.
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
