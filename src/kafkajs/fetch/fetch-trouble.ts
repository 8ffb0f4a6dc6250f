import type { KafkaError } from '../../kafka/kafka-error.ts'
import type { Logger } from '../../kafka/logger.ts'
import { isPermanent } from '../../kafka/permanent-error.ts'

/** How long a broker's fetches must have failed, ms, before it is said: elections and restarts are over by then. */
const TELL_AFTER_MS = 10_000

interface Failing {
  readonly since: number
  last: number
  isTold: boolean
}

/**
 * Says it when messages have not come from a broker for long, though it may answer everything else: subscribers wait
 * meanwhile. A broker that took 3 connections of a client served every query, and no message for ever.
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
    // Between failures that lie far apart nothing was asked.
    const isOngoing = known !== undefined && now - known.last < TELL_AFTER_MS
    const failing = isOngoing ? known : { since: now, last: now, isTold: false }
    failing.last = now
    this.#failing.set(nodeId, failing)
    const isDue = isPermanent(error) || now - failing.since >= TELL_AFTER_MS
    if (failing.isTold || !isDue) return
    failing.isTold = true
    this.#logger.warn({ nodeId, reason: String(error) }, 'no messages can be fetched from a broker')
  }

  worked(nodeId: number): void {
    const failing = this.#failing.get(nodeId)
    if (failing === undefined) return
    this.#failing.delete(nodeId)
    if (failing.isTold) this.#logger.info({ nodeId }, 'messages are fetched from the broker again')
  }
}
