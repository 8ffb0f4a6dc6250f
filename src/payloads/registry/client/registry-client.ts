import { Permits } from '../../../async/permits.ts'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { type Call, ownCall } from '../../../kafka/ports/call.ts'
import type { RegistryAccess } from './access.ts'
import { AnswerTooLarge, ExchangeFailure, type HttpAnswer } from './exchange.ts'
import { errorOf, failureOf } from './registry-errors.ts'
import { RegistryHealth } from './registry-health.ts'
import { CONFLUENT_PATH, isRead, type Lane, type RegistryRequest, urlOf } from './registry-request.ts'
import { boundsOf, pause, type RequestBounds } from './request-bounds.ts'
import { RequestSender, type SenderLimits } from './request-sender.ts'

/** Bounds of a client. */
export interface RegistryClientLimits extends SenderLimits {
  /** How long one request may take with all its attempts, ms. */
  readonly timeoutMs: number
}

/** Numbers for the metrics. */
export interface RegistryClientStats {
  readonly requests: number
  readonly failures: number
}

/** Sends requests to the nodes of one schema registry. */
export interface RegistryClient extends Disposable {
  /**
   * The answer, if it says that the request succeeded. @throws KafkaError the registry's own error;
   * SCHEMA_REGISTRY_UNAVAILABLE, TLS_FAILED, SCHEMA_REGISTRY_UNAUTHORIZED, SCHEMA_REGISTRY_FAILED; the signal's reason.
   */
  send(call: Call, request: RegistryRequest): Promise<HttpAnswer>
  /** Whether the registry is Apicurio, which serves its own API as well. */
  readonly isApicurio: boolean
  /** Why the address of the registry is not known yet; null if it is. */
  readonly absence: string | null
  readonly health: RegistryHealth
  stats(): RegistryClientStats
}

/** Rounds over all nodes for a request that only reads; one while the registry is known not to answer. */
const ROUNDS = 3
const FIRST_BACKOFF_MS = 100
/** A registry that does not answer a caller with less time than this may still be well. */
const LEAST_PATIENCE_MS = 1000
const NO_CALL = ownCall()

const isRetriable = (error: KafkaError): boolean => error.code === 'SCHEMA_REGISTRY_UNAVAILABLE'

class HttpRegistryClient implements RegistryClient {
  readonly health = new RegistryHealth()
  readonly #access: RegistryAccess
  readonly #limits: RegistryClientLimits
  readonly #sender: RequestSender
  readonly #lanes: Readonly<Record<Lane, Permits>>
  readonly #counts = { requests: 0, failures: 0 }
  /** Where the last request was answered: the next one begins there. */
  #preferred = 0
  #isClosed = false

  constructor(access: RegistryAccess, limits: RegistryClientLimits) {
    this.#access = access
    this.#limits = limits
    this.#sender = new RequestSender(access, limits)
    this.#lanes = {
      browse: new Permits({ most: limits.concurrency }),
      lookup: new Permits({ most: limits.concurrency }),
    }
  }

  get isApicurio(): boolean {
    return this.#urls().some(url => CONFLUENT_PATH.test(url))
  }

  get absence(): string | null {
    const urls = this.#access.urls()
    return typeof urls === 'string' ? urls : null
  }

  #urls(): readonly string[] {
    const urls = this.#access.urls()
    return typeof urls === 'string' ? [] : urls
  }

  stats(): RegistryClientStats {
    return { ...this.#counts }
  }

  async send(call: Call, request: RegistryRequest): Promise<HttpAnswer> {
    if (this.#isClosed) throw new KafkaError('CLOSED')
    if (this.absence !== null) throw new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE', this.absence)
    using bounds = boundsOf(call, this.#limits.timeoutMs)
    using _permit = await this.#lanes[request.lane ?? 'browse'].acquire(bounds.signal)
    const rounds = isRead(request) && this.health.trouble === null ? ROUNDS : 1
    for (let round = 1; ; round++) {
      const outcome = await this.#round(request, bounds)
      if (!(outcome instanceof KafkaError)) return outcome
      if (!isRetriable(outcome) || round === rounds || bounds.signal.aborted) throw outcome
      await pause(FIRST_BACKOFF_MS * 4 ** (round - 1), bounds.signal).catch((reason: unknown) => {
        throw call.signal?.aborted ? reason : outcome
      })
    }
  }

  /** Tries the nodes in turn. A node that may have received a change is the last one. */
  async #round(request: RegistryRequest, bounds: RequestBounds): Promise<HttpAnswer | KafkaError> {
    const urls = this.#urls()
    const first = this.#preferred
    let last = new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE')
    for (let index = 0; index < urls.length && !bounds.signal.aborted; index++) {
      const at = (first + index) % urls.length
      const outcome = await this.#ask(urls[at] ?? '', request, bounds, urls.length)
      if (outcome instanceof KafkaError && isRetriable(outcome)) last = outcome
      else {
        this.#preferred = at
        return outcome
      }
    }
    return last
  }

  async #ask(
    base: string,
    request: RegistryRequest,
    bounds: RequestBounds,
    nodes: number,
  ): Promise<HttpAnswer | KafkaError> {
    this.#counts.requests += 1
    const url = urlOf(base, request)
    // With several nodes, one that hangs must leave time for the others.
    const share = nodes === 1 ? bounds.leftMs : Math.ceil(bounds.leftMs / 2)
    using attempt = boundsOf({ ...NO_CALL, signal: bounds.signal }, share)
    try {
      return this.#judge(url, request, await this.#sender.send(url, request, attempt.signal))
    } catch (thrown) {
      if (bounds.signal.aborted && !bounds.isLate) throw bounds.signal.reason
      this.#counts.failures += 1
      const error = this.#describe(url, thrown)
      const isImpatient = (attempt.isLate || bounds.isLate) && share < LEAST_PATIENCE_MS
      if (error.code !== 'SCHEMA_REGISTRY_FAILED' && !isImpatient) this.health.failed(error)
      return this.#lossOf(request, thrown, error)
    }
  }

  /** A change whose answer was lost may have been made. */
  #lossOf({ isChange = false }: RegistryRequest, thrown: unknown, error: KafkaError): KafkaError {
    const hasArrived = !(thrown instanceof ExchangeFailure) || thrown.mayHaveArrived
    if (!isChange || !hasArrived || error.code !== 'SCHEMA_REGISTRY_UNAVAILABLE') return error
    const text = `${error.message}: the change may or may not have been made`
    return new KafkaError('OUTCOME_UNKNOWN', text, { cause: error })
  }

  #describe({ host }: URL, thrown: unknown): KafkaError {
    if (thrown instanceof KafkaError) return thrown
    if (thrown instanceof ExchangeFailure) return failureOf(host, thrown)
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    if (thrown instanceof AnswerTooLarge)
      return new KafkaError('SCHEMA_REGISTRY_FAILED', `schema registry ${host}: ${message}`)
    return new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE', `schema registry ${host}: ${message}`, { cause: thrown })
  }

  #judge({ host }: URL, { isChange = false }: RegistryRequest, answer: HttpAnswer): HttpAnswer | KafkaError {
    if (answer.status >= 200 && answer.status < 300) {
      this.health.answered()
      return answer
    }
    const error = errorOf(host, answer)
    if (isRetriable(error)) {
      this.#counts.failures += 1
      this.health.refused(error)
    } else if (answer.status === 401) this.health.failed(error)
    else this.health.answered()
    // A registry or a proxy that failed on the way may have made the change; 503 says that it has not begun.
    const isUncertain = isChange && answer.status >= 500 && answer.status !== 503
    return isUncertain ? new KafkaError('OUTCOME_UNKNOWN', error.message, { cause: error }) : error
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    this.#sender[Symbol.dispose]()
  }
}

/** Opens a client. It connects on demand. */
export const openRegistryClient = (access: RegistryAccess, limits: RegistryClientLimits): RegistryClient =>
  new HttpRegistryClient(access, limits)
