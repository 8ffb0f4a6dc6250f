import { deferred } from '../../async/deferred.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'
import { connectionFault } from '../faults.ts'
import { ByteReader } from '../protocol/byte-reader.ts'
import { ByteWriter } from '../protocol/byte-writer.ts'
import { type ApiRequest, pickVersion } from './api-request.ts'
import { type ConnectedBroker, connectBroker, destroyConnection } from './connect-broker.ts'
import type { ApiVersions, Door, KafkaJsConnection, WireRequest } from './door.ts'
import { pause } from './wait.ts'

/** How often a link looks for silence, ms. */
const WATCH_MS = 100
/** What a broker is believed at most when it says how long it will not listen, ms: a connection is not deaf for days. */
const MAX_THROTTLE_MS = 60_000

/** A request in flight: it fails when the socket has brought no byte for `idleMs`. */
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
 * One connection to one broker, with one life: after any failure it is destroyed and its owner opens a fresh one.
 * KafkaJS keeps half an answer in its buffer across a reconnect, so a connection cut in the middle never works again.
 */
export class Link {
  readonly address: string
  readonly versions: ApiVersions
  readonly #connection: KafkaJsConnection
  readonly #waiting = new Set<Waiting>()
  #watch: NodeJS.Timeout | null = null
  /** By performance.now(), until which the broker reads nothing from it. */
  #throttledUntil = 0
  #failure: KafkaError | null = null
  #isRetired = false
  /** The setting that is known to end connections to this broker; null once it has answered a request, since its settings fit then. */
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
   * Connects, asks for the broker's versions and authenticates, however long that takes while the broker goes on answering.
   * @throws KafkaError as connectBroker does.
   */
  static async open(door: Door, address: string, silenceMs: number): Promise<Link> {
    const connected = await connectBroker(door, address, silenceMs)
    return new Link(address, connected, thrown => door.diagnose.suspect(thrown, address))
  }

  /** False once anything failed on it, or the broker closed it. */
  get isAlive(): boolean {
    return this.#failure === null && this.#connection.isConnected()
  }

  /** Bytes that were sent but that the operating system has not taken yet: a paused broker reads nothing. */
  get unsentBytes(): number {
    return this.#connection.socket?.writableLength ?? 0
  }

  /** Bytes that the broker has sent on it. */
  get bytesRead(): number {
    return this.#connection.socket?.bytesRead ?? 0
  }

  /** How long the broker still reads nothing from it, ms, since a quota is exceeded: it said so in an answer. */
  get #throttledMs(): number {
    return Math.max(Math.ceil(this.#throttledUntil - performance.now()), 0)
  }

  /** Waits until the broker reads again. @throws KafkaError THROTTLING_QUOTA_EXCEEDED at once when it would not within `withinMs`. */
  async untilHeard(withinMs: number): Promise<void> {
    const throttledMs = this.#throttledMs
    if (throttledMs > withinMs) {
      const text = `a quota is exceeded: ${this.address} reads nothing for another ${throttledMs} ms`
      throw new KafkaError('THROTTLING_QUOTA_EXCEEDED', text)
    }
    // A timer of no ms takes one, for every batch that is written: 8,200 mutations/s in place of 11,000.
    if (throttledMs > 0) await pause(throttledMs)
  }

  /** True when its SASL session is about to end: the broker then closes the connection in the middle of things. */
  get isExpiring(): boolean {
    return this.#connection.sasl !== null && !this.#connection.isAuthenticated()
  }

  /** Lets what is in flight finish, then ends it. */
  retire(): void {
    this.#isRetired = true
    this.#endIfRetired()
  }

  /**
   * Sends and waits for the answer, however long it takes while bytes keep coming.
   * @throws KafkaError KAFKA_UNAVAILABLE when the connection fails or is silent for `idleMs`; the link is dead then.
   * With nothing sent: UNSUPPORTED_VERSION when the broker does not speak this request, INVALID_REQUEST for a text that is too
   * long, THROTTLING_QUOTA_EXCEEDED when the broker would not read it within `idleMs`.
   */
  async call<T>(request: ApiRequest<T>, idleMs: number): Promise<T> {
    if (this.#throttledMs > 0) await this.untilHeard(idleMs)
    if (!this.isAlive)
      throw this.#failure ?? new KafkaError('KAFKA_UNAVAILABLE', `${this.address} closed the connection`)
    // A broker closes the connection on a version that it does not speak, with whatever else is in flight on it.
    pickVersion(this.versions, request.apiKey, request.apiName, [request.apiVersion])
    // What cannot be written is the fault of who asks: the link, and who else uses it, are to live on.
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
      // A damaged answer leaves the connection usable in theory; a fresh one costs a millisecond and is certain.
      const error = connectionFault(this.address, thrown)
      this.destroy(error)
      // A listener that wants SASL ends the connection at the first request after its versions.
      throw this.#suspect?.(thrown) ?? error
    } finally {
      this.#forget(entry)
    }
  }

  /** Ends it at once; whatever is waiting fails with `reason`. */
  destroy(reason: KafkaError): void {
    if (this.#failure !== null) return
    this.#failure = reason
    destroyConnection(this.#connection, reason)
    for (const waiting of [...this.#waiting]) waiting.reject(reason)
  }

  #throttle(throttleMs: number): void {
    const until = performance.now() + Math.min(throttleMs, MAX_THROTTLE_MS)
    this.#throttledUntil = Math.max(this.#throttledUntil, until)
    // What lies before a broker that is not listening is not silence.
    for (const waiting of this.#waiting) waiting.since = Math.max(waiting.since, this.#throttledUntil)
  }

  #expect(apiName: string, idleMs: number): { promise: Promise<never>; entry: Waiting } {
    const { promise, reject } = deferred<never>()
    promise.catch(() => {})
    const entry = { idleMs, apiName, reject, bytesRead: this.bytesRead, since: performance.now() }
    this.#waiting.add(entry)
    this.#watch ??= setInterval(() => this.#failTheSilent(), WATCH_MS)
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

  #failTheSilent(): void {
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

/** True for a failure of a call of which the broker was sent nothing; false when that is not known. */
export const isUnsent = (thrown: unknown): boolean =>
  thrown instanceof KafkaError && (!thrown.retriable || thrown.code === 'THROTTLING_QUOTA_EXCEEDED')
