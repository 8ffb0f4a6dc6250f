import { deferred } from '../../async/deferred.ts'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { type ApiRequest, pickVersion } from '../wire/api-request.ts'
import { ByteReader } from '../wire/byte-reader.ts'
import { ByteWriter } from '../wire/byte-writer.ts'
import type { ApiVersions } from '../wire/spoken-versions.ts'
import { type ConnectedBroker, connectBroker, destroyConnection } from './kafkajs/connect-broker.ts'
import type { Door, KafkaJsConnection, WireRequest } from './kafkajs/door.ts'
import { connectionFault } from './kafkajs/faults.ts'
import { pause } from './wait.ts'

/** How often a link checks for silence, in ms. */
const WATCH_MS = 100
/** Cap on a broker's throttle time, in ms, so that a wrong value does not block a connection for days. */
const MAX_THROTTLE_MS = 60_000

/** A request in flight. It fails if the socket receives no byte for `idleMs`. */
interface Waiting {
  readonly idleMs: number
  readonly apiName: string
  readonly reject: (error: Error) => void
  bytesRead: number
  since: number
}

const bodyOf = (request: ApiRequest<unknown>): Buffer => {
  const writer = new ByteWriter()
  if (request.isFlexible) writer.noTags()
  request.encode(writer)
  return writer.toBuffer()
}

const wireOf = <T>(
  request: ApiRequest<T>,
  buffer: Buffer,
  onThrottle: (throttleMs: number) => void,
): WireRequest<T> => ({
  request: {
    apiKey: request.apiKey,
    apiVersion: request.apiVersion,
    apiName: request.apiName,
    expectResponse: () => request.expectsResponse ?? true,
    encode: async () => ({ buf: buffer, buffer }),
  },
  response: {
    decode: async payload => {
      const reader = new ByteReader(payload)
      if (request.isFlexible) reader.skipTags()
      const data = await request.decode(reader)
      onThrottle(reader.throttleMs)
      return { data }
    },
    parse: async decoded => decoded.data,
  },
  logResponseError: false,
})

/**
 * One connection to one broker. After any failure it is destroyed, and its owner opens a new one. KafkaJS keeps a
 * partial response in its buffer across a reconnect, so a connection cut within a response never works again.
 */
export class Link {
  readonly address: string
  readonly versions: ApiVersions
  readonly #connection: KafkaJsConnection
  readonly #waiting = new Set<Waiting>()
  #watch: NodeJS.Timeout | null = null
  /** Until when the broker does not read, by performance.now(). */
  #throttledUntil = 0
  #failure: KafkaError | null = null
  #isRetired = false
  /**
   * Finds a setting known to end connections to this broker. Null once a request was answered, because the settings are
   * then right.
   */
  #suspect: ((thrown: unknown) => KafkaError | null) | null

  private constructor(
    address: string,
    { connection, versions }: ConnectedBroker,
    suspect: (thrown: unknown) => KafkaError | null,
  ) {
    this.address = address
    this.#connection = connection
    this.versions = versions
    this.#suspect = suspect
  }

  /**
   * Connects, gets the broker's versions and authenticates. May take long as long as the broker keeps responding.
   * @throws KafkaError like connectBroker.
   */
  static async open(door: Door, address: string, silenceMs: number): Promise<Link> {
    const connected = await connectBroker(door, address, silenceMs)
    return new Link(address, connected, thrown => door.diagnose.suspect(thrown, address))
  }

  /** False once anything failed or the broker closed the connection. */
  get isAlive(): boolean {
    return this.#failure === null && this.#connection.isConnected()
  }

  /** Bytes not yet accepted by the operating system. A paused broker reads nothing. */
  get unsentBytes(): number {
    return this.#connection.socket?.writableLength ?? 0
  }

  /** Bytes received from the broker. */
  get bytesRead(): number {
    return this.#connection.socket?.bytesRead ?? 0
  }

  /** How long the broker will not read, in ms, because a quota is exceeded. It reported that in a response. */
  get #throttledMs(): number {
    return Math.max(Math.ceil(this.#throttledUntil - performance.now()), 0)
  }

  /**
   * Waits until the broker reads again. @throws KafkaError THROTTLING_QUOTA_EXCEEDED at once if that takes longer than
   * `withinMs`.
   */
  async untilUnthrottled(withinMs: number): Promise<void> {
    const throttledMs = this.#throttledMs
    if (throttledMs > withinMs) {
      const text = `a quota is exceeded: ${this.address} accepts no requests for another ${throttledMs} ms`
      throw new KafkaError('THROTTLING_QUOTA_EXCEEDED', text)
    }
    // A timer of 0 ms still takes 1 ms per batch: 8,200 instead of 11,000 mutations/s.
    if (throttledMs > 0) await pause(throttledMs)
  }

  /** True shortly before its SASL session ends, when the broker would close the connection. */
  get isExpiring(): boolean {
    return this.#connection.sasl !== null && !this.#connection.isAuthenticated()
  }

  /** Waits for requests in flight, then closes the connection. */
  retire(): void {
    this.#isRetired = true
    this.#endIfRetired()
  }

  /**
   * Sends a request and waits for its response, without limit while bytes keep arriving.
   * @throws KafkaError KAFKA_UNAVAILABLE if the connection fails or is silent for `idleMs`; the link is then dead.
   * Without having sent anything: UNSUPPORTED_VERSION if the broker does not support the request, INVALID_REQUEST for a
   * text that is too long, THROTTLING_QUOTA_EXCEEDED if the broker would not read it within `idleMs`.
   */
  async call<T>(request: ApiRequest<T>, idleMs: number): Promise<T> {
    if (this.#throttledMs > 0) await this.untilUnthrottled(idleMs)
    if (!this.isAlive)
      throw this.#failure ?? new KafkaError('KAFKA_UNAVAILABLE', `${this.address} closed the connection`)
    // A broker closes the connection, with all requests in flight, on an unsupported version.
    pickVersion(this.versions, request.apiKey, request.apiName, [request.apiVersion])
    // A request that cannot be encoded is the caller's fault. The link must survive for its other users.
    const body = bodyOf(request)
    const { promise: silence, entry } = this.#expect(request.apiName, idleMs)
    try {
      const wire = wireOf(request, body, throttleMs => this.#throttle(throttleMs))
      const answer = this.#connection.send(wire)
      answer.catch(() => {})
      const answered = await Promise.race([answer, silence])
      this.#suspect = null
      return answered
    } catch (thrown) {
      // After a damaged response the connection might still work, but a new one costs a millisecond and is certain to.
      const error = connectionFault(this.address, thrown)
      this.destroy(error)
      // A listener that requires SASL closes the connection at the first request after ApiVersions.
      throw this.#suspect?.(thrown) ?? error
    } finally {
      this.#forget(entry)
    }
  }

  /** Closes the connection at once. Pending requests fail with `reason`. */
  destroy(reason: KafkaError): void {
    if (this.#failure !== null) return
    this.#failure = reason
    destroyConnection(this.#connection, reason)
    for (const waiting of [...this.#waiting]) waiting.reject(reason)
  }

  #throttle(throttleMs: number): void {
    const until = performance.now() + Math.min(throttleMs, MAX_THROTTLE_MS)
    this.#throttledUntil = Math.max(this.#throttledUntil, until)
    // The broker does not read while it throttles, so that time does not count as silence.
    for (const waiting of this.#waiting) waiting.since = Math.max(waiting.since, this.#throttledUntil)
  }

  #expect(apiName: string, idleMs: number): { promise: Promise<never>; entry: Waiting } {
    const { promise, reject } = deferred<never>()
    promise.catch(() => {})
    const entry = { idleMs, apiName, reject, bytesRead: this.bytesRead, since: performance.now() }
    this.#waiting.add(entry)
    this.#watch ??= setInterval(() => this.#failSilentRequests(), WATCH_MS)
    return { promise, entry }
  }

  #forget(entry: Waiting): void {
    this.#waiting.delete(entry)
    if (this.#waiting.size > 0 || this.#watch === null) return
    clearInterval(this.#watch)
    this.#watch = null
    this.#endIfRetired()
  }

  #endIfRetired(): void {
    if (!this.#isRetired || this.#waiting.size > 0) return
    this.destroy(new KafkaError('KAFKA_UNAVAILABLE', `${this.address}: the connection was replaced`))
  }

  #failSilentRequests(): void {
    const now = performance.now()
    const { bytesRead } = this
    for (const waiting of [...this.#waiting]) {
      if (waiting.bytesRead !== bytesRead) {
        waiting.bytesRead = bytesRead
        waiting.since = Math.max(now, this.#throttledUntil)
      } else if (now - waiting.since > waiting.idleMs) {
        const text = `${this.address} did not answer ${waiting.apiName} within ${waiting.idleMs} ms`
        waiting.reject(new KafkaError('KAFKA_UNAVAILABLE', text))
      }
    }
  }
}

/** True if the failed call sent nothing to the broker; false if it may have. */
export const isUnsent = (thrown: unknown): boolean =>
  thrown instanceof KafkaError && (!thrown.retriable || thrown.code === 'THROTTLING_QUOTA_EXCEEDED')
