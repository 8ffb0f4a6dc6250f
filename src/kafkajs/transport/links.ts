import { SingleFlight } from '../../async/single-flight.ts'
import { asKafkaError, type ErrorCode, KafkaError } from '../../kafka/errors/kafka-error.ts'
import { isFinal } from './first-answer.ts'
import type { Door } from './kafkajs/door.ts'
import { Link } from './link.ts'

/**
 * The purpose of a link. A broker answers a connection's requests in order, so a long poll delays every request behind
 * it. Each purpose therefore has its own connection. `admin` is for changes; `forwarded` is for requests that brokers
 * pass to the controller. Both take as long as the controller does. `transaction` is for transaction coordinators,
 * which wait for their log's replicas.
 */
export type LinkPurpose =
  | 'control'
  | 'admin'
  | 'forwarded'
  | 'produce'
  | 'transaction'
  | 'follow'
  | 'follow-new'
  | 'catch-up'

/** Time limits of connections, in ms. */
export interface LinkTimeouts {
  /** How long a broker may be silent while connecting. */
  readonly connectMs: number
  /** How long a broker may be silent before its connection is closed. */
  readonly idleMs: number
}

/** Called with the error when a broker becomes unreachable, and with null when it is reachable again. */
export type OnTrouble = (address: string, error: KafkaError | null) => void

/** Why the broker at an address is down, if known; otherwise null. */
type TroubleAt = (address: string) => string | null

interface Failure {
  /** By performance.now(). */
  readonly at: number
  readonly error: KafkaError
}

/** Opens links, shares them by address and purpose, and replaces dead ones. */
export class Links implements Disposable {
  readonly timeouts: LinkTimeouts
  readonly #door: Door
  readonly #open = new Map<string, Link>()
  readonly #opening = new SingleFlight<string, Link>()
  /** Replaced links with requests in flight. */
  readonly #retired = new Set<Link>()
  /** The last failure of each address since it last worked. */
  readonly #failures = new Map<string, Failure>()
  /** Why no connection can be opened, by address. */
  readonly #unreached = new Map<string, KafkaError>()
  /** Codes of logged mistakes, by address, until it is reached. A mistake may show only once the broker is up. */
  readonly #loggedMistakes = new Map<string, Set<ErrorCode>>()
  readonly #onTrouble: OnTrouble
  readonly #troubleAt: TroubleAt
  #isClosed = false

  constructor(door: Door, timeouts: LinkTimeouts, onTrouble: OnTrouble = () => {}, troubleAt: TroubleAt = () => null) {
    this.#door = door
    this.timeouts = timeouts
    this.#onTrouble = onTrouble
    this.#troubleAt = troubleAt
  }

  /** A live link to `address` (host:port), shared by all callers with the same purpose. */
  async get(address: string, purpose: LinkPurpose): Promise<Link> {
    if (this.#isClosed) throw new KafkaError('CLOSED')
    const key = `${purpose} ${address}`
    const link = this.#open.get(key)
    if (link?.isAlive && !link.isExpiring) return link
    return this.#opening.run(key, () => this.#connect(key, address))
  }

  /** True if a link for this purpose is open. */
  isOpen(address: string, purpose: LinkPurpose): boolean {
    return this.#open.get(`${purpose} ${address}`)?.isAlive ?? false
  }

  /**
   * When connecting to `address` last failed (performance.now()); -Infinity if it has not failed since it last worked.
   */
  failedAt(address: string): number {
    return this.#failures.get(address)?.at ?? Number.NEGATIVE_INFINITY
  }

  /** Why `address` is unreachable or silent; null if it works again or was never tried. */
  troubleWith(address: string): KafkaError | null {
    return this.#failures.get(address)?.error ?? null
  }

  /** Why there is no connection to `address`; null if there is one or none was tried. */
  unreached(address: string): KafkaError | null {
    const isReached = [...this.#open.values()].some(link => link.address === address && link.isAlive)
    return isReached ? null : (this.#unreached.get(address) ?? null)
  }

  /** Records that `address` did not answer, so that others are asked first. */
  suspect(address: string, error: KafkaError): void {
    this.#failures.set(address, { at: performance.now(), error })
  }

  /** Number of open connections, for metrics and tests. */
  get size(): number {
    return [...this.#open.values()].filter(link => link.isAlive).length
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    for (const link of [...this.#open.values(), ...this.#retired]) link.destroy(new KafkaError('CLOSED'))
    this.#open.clear()
    this.#retired.clear()
  }

  #retire(link: Link | undefined): void {
    link?.retire()
    for (const one of this.#retired) if (!one.isAlive) this.#retired.delete(one)
    if (link?.isAlive) this.#retired.add(link)
  }

  async #connect(key: string, address: string): Promise<Link> {
    try {
      const link = await Link.open(this.#door, address, this.timeouts.connectMs)
      if (this.#isClosed) {
        link.destroy(new KafkaError('CLOSED'))
        throw new KafkaError('CLOSED')
      }
      this.#retire(this.#open.get(key))
      this.#open.set(key, link)
      this.#failures.delete(address)
      this.#loggedMistakes.delete(address)
      if (this.#unreached.delete(address)) this.#onTrouble(address, null)
      return link
    } catch (thrown) {
      const error = this.#explained(address, asKafkaError(thrown))
      this.#cannotReach(address, error)
      throw error
    }
  }

  /** A refused connection does not show why the broker is down; its owner may know. */
  #explained(address: string, error: KafkaError): KafkaError {
    const trouble = error.code === 'KAFKA_UNAVAILABLE' ? this.#troubleAt(address) : null
    return trouble === null ? error : new KafkaError(error.code, `${address}: ${trouble}`, { cause: error })
  }

  #cannotReach(address: string, error: KafkaError): void {
    this.suspect(address, error)
    if (this.#isClosed) return
    if (!this.#unreached.has(address) || this.#isNewMistake(address, error)) this.#onTrouble(address, error)
    this.#unreached.set(address, error)
    if (isFinal(error)) this.#loggedMistakes.set(address, this.#mistakesOf(address).add(error.code))
  }

  #mistakesOf(address: string): Set<ErrorCode> {
    return this.#loggedMistakes.get(address) ?? new Set()
  }

  #isNewMistake(address: string, error: KafkaError): boolean {
    return isFinal(error) && !this.#mistakesOf(address).has(error.code)
  }
}
