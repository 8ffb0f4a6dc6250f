import type { Logger } from '../../kafka/logger.ts'
import type { ServerMetrics } from '../../observe/metrics.ts'
import type { AccessRequest, Refusal } from './origin.ts'

/** The most names logged of each kind: clients choose them. */
const MOST_NAMES = 50
/** Characters of a name that are logged; DNS allows 253. */
const LONGEST_NAME = 260

/**
 * Counts refused requests. Logs the first refusal of each Host and each Origin, with the setting that would allow it.
 */
export interface Refusals {
  note(refusal: Refusal, request: AccessRequest): void
  /** A WebSocket handshake arrived without its Upgrade header. */
  noteStrippedUpgrade(): void
}

const SETTINGS = { host: 'ALLOWED_HOSTS', origin: 'ALLOWED_ORIGINS' } as const

/** What the operator can do about the first refusal of a name. */
const adviceOf = (reason: Refusal['reason'], name: string): string => {
  if (reason === 'host' && name === '') return 'requests without a Host are refused: the proxy has to send one'
  if (reason === 'host')
    return 'requests to this Host are refused: if it is a name of this server, add it to ALLOWED_HOSTS'
  if (name === '')
    return 'a page of another site asked without an Origin, which is refused whatever ALLOWED_ORIGINS says'
  if (name === 'null') return 'files and sandboxed frames send the Origin null, which cannot be allowed'
  return 'requests from pages of this Origin are refused: if they may use this API, add it to ALLOWED_ORIGINS'
}

/** Creates a server's record of refusals. */
export const createRefusals = (metrics: ServerMetrics, logger: Logger): Refusals => {
  const logged = { host: new Set<string>(), origin: new Set<string>() }
  let isStrippedUpgradeLogged = false
  return {
    note({ reason }, { headers }) {
      metrics.requestRefused(reason)
      const names = logged[reason]
      if (names.size >= MOST_NAMES) return
      const name = (headers[reason] ?? '').slice(0, LONGEST_NAME)
      if (names.has(name)) return
      names.add(name)
      const fields = { [reason]: name, setting: SETTINGS[reason] }
      logger.warn(fields, adviceOf(reason, name))
      if (names.size === MOST_NAMES) logger.warn({ setting: SETTINGS[reason] }, 'further refused names are not logged')
    },
    noteStrippedUpgrade() {
      if (isStrippedUpgradeLogged) return
      isStrippedUpgradeLogged = true
      logger.warn({}, 'a WebSocket handshake came without its Upgrade header: a proxy before this server removed it')
    },
  }
}
