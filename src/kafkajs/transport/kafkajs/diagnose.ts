import { X509Certificate } from 'node:crypto'
import type { ConnectionOptions } from 'node:tls'
import type { KafkaConfig } from 'kafkajs'
import { LRUCache } from 'lru-cache'
import { SingleFlight } from '../../../async/single-flight.ts'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { connectionFault } from './faults.ts'
import { NOT_KAFKA, SPEAKS_TLS } from './guard-frames.ts'
import { hostAndPort } from './host-and-port.ts'
import { askMechanisms, type ListenerAt, probeTls, type Reply, speaksPlainly } from './listener-probe.ts'
import { type OwnCertificate, tlsFaultOf } from './tls-faults.ts'

/** Time limit of one probe, in ms. */
const PROBE_MS = 1500
/** Pause after a diagnosis without a finding, in ms, because a stopping broker closes many connections. */
const QUIET_MS = 3000
/** Lifetime of a finding, in ms. Afterwards it is checked again, because the listener may have been fixed. */
const KNOWN_MS = 5000

/** Addresses that findings are kept for: more than a cluster has brokers. */
const MAX_ADDRESSES = 1000

/** Our connection settings, to compare with the listener's behaviour. */
export interface ConnectsWith {
  /** Null without TLS. */
  readonly tls: ConnectionOptions | null
  /** Null without SASL. */
  readonly mechanism: string | null
}

/** Extracts the settings that a diagnosis needs. */
export const connectsWith = ({ ssl, sasl }: KafkaConfig): ConnectsWith => ({
  tls: ssl === undefined || ssl === false ? null : ssl === true ? {} : ssl,
  mechanism: sasl?.mechanism ?? null,
})

const USE_TLS =
  'it speaks TLS: set KAFKA_TLS or KAFKA_TLS_CA, or give the port of a listener without TLS in KAFKA_BROKERS'
const NO_TLS =
  'it does not speak TLS: unset KAFKA_TLS, KAFKA_TLS_CA, KAFKA_TLS_CERT and KAFKA_TLS_KEY, or give the port of its TLS listener in KAFKA_BROKERS'
const NO_SASL =
  'it does not support SASL: unset KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, or give the port of its SASL listener in KAFKA_BROKERS'

/** Faults of the network or of a broker that is down. The listener's settings are not their cause. */
const ELSEWHERE =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EMFILE)$/

const textIn = (thrown: unknown, property: string): string => {
  const value: unknown = thrown instanceof Error ? Reflect.get(thrown, property) : undefined
  return typeof value === 'string' ? value : ''
}

/** True if the listener accepted the connection and then closed it, as happens when the protocols do not match. */
const isCut = (thrown: unknown): boolean => {
  const name = textIn(thrown, 'name')
  if (name === 'KafkaJSConnectionClosedError') return true
  if (name !== 'KafkaJSConnectionError' || ELSEWHERE.test(textIn(thrown, 'code'))) return false
  const message = textIn(thrown, 'message')
  return !message.includes(NOT_KAFKA) || message.includes(SPEAKS_TLS)
}

const listed = (mechanisms: readonly string[]): string => mechanisms.join(', ').toLowerCase()

/** True if the reply proves that the listener speaks TLS. */
const isTls = (reply: Reply): boolean =>
  reply.kind === 'secured' || (reply.kind === 'failed' && /^ERR_SSL_.*ALERT_/.test(reply.code))

/** Why a listener closed the connection; null if the settings seem to match. */
const whyCut = async (at: ListenerAt, { tls, mechanism }: ConnectsWith): Promise<KafkaError | null> => {
  if (tls !== null) {
    const reply = await probeTls(at, tls)
    const fault = reply.kind === 'failed' ? tlsFaultOf(reply.code, reply.message, ownCertificate(tls)) : null
    if (fault !== null) return new KafkaError('TLS_FAILED', fault)
    if (reply.kind !== 'secured') return (await speaksPlainly(at)) ? new KafkaError('TLS_FAILED', NO_TLS) : null
  } else if (isTls(await probeTls(at, { rejectUnauthorized: false }))) return new KafkaError('TLS_FAILED', USE_TLS)
  if (mechanism !== null) return null
  const mechanisms = await askMechanisms(at, tls)
  if (mechanisms === null) return null
  const set = 'set KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD'
  return new KafkaError('SASL_AUTHENTICATION_FAILED', `it requires SASL (${listed(mechanisms)}): ${set}`)
}

const ownCertificate = ({ cert }: ConnectionOptions): OwnCertificate => {
  if (typeof cert !== 'string') return { isGiven: cert !== undefined, expiredOn: null }
  const { validTo } = new X509Certificate(cert)
  return { isGiven: true, expiredOn: Date.parse(validTo) < Date.now() ? validTo : null }
}

const notEnabled = async (at: ListenerAt, { tls, mechanism }: ConnectsWith): Promise<KafkaError> => {
  const mechanisms = await askMechanisms(at, tls)
  const enabled = mechanisms === null ? '' : `; it supports ${listed(mechanisms)}`
  return new KafkaError(
    'UNSUPPORTED_SASL_MECHANISM',
    `it does not support ${mechanism}${enabled} (KAFKA_SASL_MECHANISM)`,
  )
}

/** The mismatched setting, or null. Only a connection that was cut needs probes. */
const findFault = async (
  thrown: unknown,
  at: ListenerAt,
  access: ConnectsWith,
  mayProbe: boolean,
): Promise<KafkaError | null> => {
  const type = textIn(thrown, 'type')
  if (type === 'ILLEGAL_SASL_STATE') return new KafkaError('ILLEGAL_SASL_STATE', NO_SASL)
  const message = textIn(thrown, 'message')
  const isUnsupported = type === 'UNSUPPORTED_SASL_MECHANISM' || message.endsWith('is not supported by the server')
  if (isUnsupported && access.mechanism !== null) return notEnabled(at, access)
  const known = access.tls && tlsFaultOf(textIn(thrown, 'code'), message, ownCertificate(access.tls))
  if (known !== null) return new KafkaError('TLS_FAILED', known)
  return mayProbe && isCut(thrown) ? whyCut(at, access) : null
}

/** Explains failed connections. */
export interface Diagnose {
  /** The error of a connection that could not be opened. */
  find(thrown: unknown, address: string): Promise<KafkaError>
  /**
   * The known error of earlier connections to this address, or null. Searches in the background, so that the caller can
   * try the next connection at once: a dying broker closes connections too.
   */
  suspect(thrown: unknown, address: string): KafkaError | null
}

/**
 * Explains failed connections. If TLS or SASL settings do not match the listener, Kafka just closes the connection,
 * which looks like a dying broker. One or two probes find the wrong setting.
 */
export const createDiagnose = (access: ConnectsWith): Diagnose => {
  /** Addresses whose last diagnosis found nothing. */
  const foundNothing = new LRUCache<string, true>({ max: MAX_ADDRESSES, ttl: QUIET_MS, ttlResolution: 0 })
  const found = new LRUCache<string, KafkaError>({ max: MAX_ADDRESSES, ttl: KNOWN_MS, ttlResolution: 0 })
  const searches = new SingleFlight<string, void>()
  const find = async (thrown: unknown, address: string): Promise<KafkaError> => {
    const fault = connectionFault(address, thrown)
    if (thrown instanceof KafkaError) return fault
    const mayProbe = !foundNothing.has(address)
    const finding = await findFault(thrown, { ...hostAndPort(address), withinMs: PROBE_MS }, access, mayProbe)
    if (finding !== null) return new KafkaError(finding.code, `${address}: ${finding.message}`, { cause: thrown })
    if (mayProbe && isCut(thrown)) foundNothing.set(address, true)
    return fault
  }
  const search = async (thrown: unknown, address: string): Promise<void> => {
    const error = await find(thrown, address).catch(() => null)
    if (error === null || error.retriable) found.delete(address)
    else found.set(address, error)
  }
  return {
    find,
    suspect(thrown, address) {
      const known = found.get(address)
      if (known !== undefined) return known
      void searches.run(address, () => search(thrown, address))
      return null
    },
  }
}
