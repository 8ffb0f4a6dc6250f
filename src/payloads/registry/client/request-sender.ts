import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { authorizationOf, openAgents, type RegistryAccess, type RegistryAgents } from './access.ts'
import { exchange, type HttpAnswer } from './exchange.ts'
import { isRead, type RegistryRequest } from './registry-request.ts'

const MEDIA_TYPE = 'application/vnd.schemaregistry.v1+json'
const ACCEPT = `${MEDIA_TYPE}, application/json;q=0.9, */*;q=0.5`
const MOST_REDIRECTS = 3

/** Bounds of a sender. */
export interface SenderLimits {
  /** How long opening a connection may take, ms. */
  readonly connectMs: number
  /** Requests of one lane at once. */
  readonly concurrency: number
  /** Maximum bytes of one answer. */
  readonly maxAnswerBytes: number
}

/** Sends requests with the credentials of this server. */
export class RequestSender implements Disposable {
  readonly #credentials: Readonly<Record<string, string>>
  readonly #agents: RegistryAgents
  readonly #limits: SenderLimits

  constructor(access: RegistryAccess, limits: SenderLimits) {
    this.#credentials = authorizationOf(access)
    this.#agents = openAgents(access, 2 * limits.concurrency)
    this.#limits = limits
  }

  /**
   * Sends the request, and follows redirects to the same origin if it only reads. @throws ExchangeFailure, AnswerTooLarge;
   * KafkaError for other redirects; the reason of the signal.
   */
  async send(start: URL, request: RegistryRequest, signal: AbortSignal): Promise<HttpAnswer> {
    let url = start
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#sendOnce(url, request, signal)
      if (answer.status < 300 || answer.status >= 400 || answer.location === null) return answer
      url = this.#redirected(url, answer.location, isRead(request) && redirects < MOST_REDIRECTS)
    }
  }

  /** @throws KafkaError for another origin: it would receive the credentials of this server. */
  #redirected(from: URL, location: string, mayFollow: boolean): URL {
    const to = URL.canParse(location, from.href) ? new URL(location, from.href) : null
    if (to !== null && to.origin === from.origin && mayFollow) return to
    const where = to === null ? 'a place that is no URL' : `${to.origin}${to.pathname}`
    throw new KafkaError(
      'SCHEMA_REGISTRY_FAILED',
      `schema registry ${from.host} redirects to ${where}, which is not followed: set SCHEMA_REGISTRY_URL to where the API is`,
    )
  }

  #sendOnce(url: URL, request: RegistryRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { method = 'GET', body, isApicurio = false } = request
    const { connectMs, maxAnswerBytes: maxBytes } = this.#limits
    const text = body === undefined ? null : JSON.stringify(body)
    const type = isApicurio ? 'application/json' : MEDIA_TYPE
    const content = text === null ? {} : { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) }
    const headers = { accept: ACCEPT, ...content, ...this.#credentials }
    return exchange({ method, url, headers, body: text, agent: this.#agents.of(url), connectMs, maxBytes, signal })
  }

  [Symbol.dispose](): void {
    this.#agents[Symbol.dispose]()
  }
}
