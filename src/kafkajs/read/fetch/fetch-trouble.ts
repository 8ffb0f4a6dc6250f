import type { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { isPermanent } from '../../../kafka/errors/permanent-error.ts'
import type { Logger } from '../../../kafka/logger.ts'

/** How long a broker's fetches must fail before it is logged, in ms. Elections and restarts are over by then. */
const LOG_AFTER_MS = 10_000

interface Failing {
  readonly since: number
  last: number
  isLogged: boolean
}

/**
 * Logs that a broker has sent no messages for a long time, even if it answers everything else, because subscribers are
 * waiting. A broker that allowed a client only 3 connections answered every query, but never sent a message.
 */
export class FetchTrouble {
  readonly #logger: Logger
  readonly #failing = new Map<number, Failing>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  failed(nodeId: number, error: KafkaError): void {
    const now = performance.now()
    const known = this.#failing.get(nodeId)
    // Failures far apart do not belong together: in between nothing was fetched.
    const isOngoing = known !== undefined && now - known.last < LOG_AFTER_MS
    const failing = isOngoing ? known : { since: now, last: now, isLogged: false }
    failing.last = now
    this.#failing.set(nodeId, failing)
    const isDue = isPermanent(error) || now - failing.since >= LOG_AFTER_MS
    if (failing.isLogged || !isDue) return
    failing.isLogged = true
    this.#logger.warn({ nodeId, reason: String(error) }, 'no messages can be fetched from a broker')
  }

  worked(nodeId: number): void {
    const failing = this.#failing.get(nodeId)
    if (failing === undefined) return
    this.#failing.delete(nodeId)
    if (failing.isLogged) this.#logger.info({ nodeId }, 'messages are fetched from the broker again')
  }
}
