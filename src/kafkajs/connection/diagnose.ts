import type { ConnectionOptions } from 'node:tls'
import type { KafkaConfig } from 'kafkajs'
import { KafkaError } from '../../kafka/kafka-error.ts'
import { connectionFault } from '../faults.ts'
import { hostAndPort } from './host-and-port.ts'
import { askMechanisms, type ListenerAt, probeTls, type Reply, speaksPlainly } from './listener-probe.ts'
import { tlsFaultOf } from './tls-faults.ts'

/** How this program connects: what a diagnosis compares with what the listener does. */
export interface ConnectsWith {
  /** Null without TLS. */
  readonly tls: ConnectionOptions | null
  /** Null without SASL. */
  readonly mechanism: string | null
}

/** The settings of a connection, as far as a diagnosis needs them. */
export const connectsWith = ({ ssl, sasl }: KafkaConfig): ConnectsWith => ({
  tls: ssl === undefined || ssl === false ? null : ssl === true ? {} : ssl,
  mechanism: sasl?.mechanism ?? null,
})

const USE_TLS =
  'it speaks TLS: set KAFKA_TLS or KAFKA_TLS_CA, or give the port of a listener without TLS in KAFKA_BROKERS'
const NO_TLS =
  'it speaks no TLS: unset KAFKA_TLS, KAFKA_TLS_CA, KAFKA_TLS_CERT and KAFKA_TLS_KEY, or give the port of its TLS listener in KAFKA_BROKERS'
const NO_SASL =
  'it takes no SASL: unset KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, or give the port of its SASL listener in KAFKA_BROKERS'

/** Faults of the network, and of a broker that is not there: the listener's settings have no part in them. */
const ELSEWHERE =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EMFILE)$/

const textIn = (thrown: unknown, property: string): string => {
  const value: unknown = thrown instanceof Error ? Reflect.get(thrown, property) : undefined
  return typeof value === 'string' ? value : ''
}

/** True when the listener took a connection and then ended it: two that speak differently end so. */
const isCut = (thrown: unknown): boolean => {
  const name = textIn(thrown, 'name')
  if (name === 'KafkaJSConnectionClosedError') return true
  return name === 'KafkaJSConnectionError' && !ELSEWHERE.test(textIn(thrown, 'code'))
}

const listed = (mechanisms: readonly string[]): string => mechanisms.join(', ').toLowerCase()

/** What an answered or refused TLS handshake shows, whatever comes after it. */
const isTls = (reply: Reply): boolean =>
  reply.kind === 'secured' || (reply.kind === 'failed' && /^ERR_SSL_.*ALERT_/.test(reply.code))

/** Why a listener ended the connection; null when its settings and ours fit, as far as can be seen. */
const whyCut = async (at: ListenerAt, { tls, mechanism }: ConnectsWith): Promise<KafkaError | null> => {
  if (tls !== null) {
    const reply = await probeTls(at, tls)
    const fault = reply.kind === 'failed' ? tlsFaultOf(reply.code, reply.message, isGiven(tls)) : null
    if (fault !== null) return new KafkaError('TLS_FAILED', fault)
    if (reply.kind !== 'secured') return (await speaksPlainly(at)) ? new KafkaError('TLS_FAILED', NO_TLS) : null
  } else if (isTls(await probeTls(at, { rejectUnauthorized: false }))) return new KafkaError('TLS_FAILED', USE_TLS)
  if (mechanism !== null) return null
  const mechanisms = await askMechanisms(at, tls)
  if (mechanisms === null) return null
  const set = 'set KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD'
  return new KafkaError('SASL_AUTHENTICATION_FAILED', `it wants a login by SASL (${listed(mechanisms)}): ${set}`)
}

const isGiven = ({ cert }: ConnectionOptions) => ({ isGiven: cert !== undefined })

const notEnabled = async (at: ListenerAt, { tls, mechanism }: ConnectsWith): Promise<KafkaError> => {
  const mechanisms = await askMechanisms(at, tls)
  const enabled = mechanisms === null ? '' : `; it takes ${listed(mechanisms)}`
  return new KafkaError('UNSUPPORTED_SASL_MECHANISM', `it does not take ${mechanism}${enabled} (KAFKA_SASL_MECHANISM)`)
}

const findFault = async (thrown: unknown, at: ListenerAt, access: ConnectsWith): Promise<KafkaError | null> => {
  const type = textIn(thrown, 'type')
  if (type === 'ILLEGAL_SASL_STATE') return new KafkaError('ILLEGAL_SASL_STATE', NO_SASL)
  const message = textIn(thrown, 'message')
  const isUnsupported = type === 'UNSUPPORTED_SASL_MECHANISM' || message.endsWith('is not supported by the server')
  if (isUnsupported && access.mechanism !== null) return notEnabled(at, access)
  const known = access.tls && tlsFaultOf(textIn(thrown, 'code'), message, isGiven(access.tls))
  if (known !== null) return new KafkaError('TLS_FAILED', known)
  return isCut(thrown) ? whyCut(at, access) : null
}

/**
 * The error of a failed connection. Where TLS or SASL settings do not fit the listener, a question or two of its own shows
 * which: Kafka just ends such connections, which alone looks like a broker that died.
 */
export const diagnose = async (
  thrown: unknown,
  address: string,
  access: ConnectsWith,
  withinMs: number,
): Promise<KafkaError> => {
  const fault = connectionFault(address, thrown)
  if (thrown instanceof KafkaError) return fault
  const found = await findFault(thrown, { ...hostAndPort(address), withinMs }, access)
  return found === null ? fault : new KafkaError(found.code, `${address}: ${found.message}`, { cause: thrown })
}
