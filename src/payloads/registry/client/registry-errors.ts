import { type ErrorCode, KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { shortened } from '../../../kafka/text.ts'
import type { ExchangeFailure, HttpAnswer } from './exchange.ts'

/** Confluent's numbers of errors, which Apicurio, Karapace and Redpanda use too. */
const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [40401, 'SUBJECT_NOT_FOUND'],
  [40402, 'SCHEMA_VERSION_NOT_FOUND'],
  [40403, 'SCHEMA_NOT_FOUND'],
  [40404, 'SUBJECT_NOT_FOUND'],
  [40405, 'SUBJECT_NOT_FOUND'],
  [40406, 'SCHEMA_VERSION_NOT_FOUND'],
  [40407, 'SCHEMA_VERSION_NOT_FOUND'],
  [409, 'INCOMPATIBLE_SCHEMA'],
  [40901, 'INCOMPATIBLE_SCHEMA'],
  [42201, 'INVALID_SCHEMA'],
  [42202, 'INVALID_SCHEMA_VERSION'],
  [42203, 'INVALID_COMPATIBILITY_LEVEL'],
  [42205, 'SCHEMA_REGISTRY_READ_ONLY'],
  [42206, 'SCHEMA_IS_REFERENCED'],
  [42208, 'INVALID_SUBJECT'],
  [42209, 'SCHEMA_TOO_LARGE'],
])

/** An answer that says that the request failed: the cause of its KafkaError. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly body: string

  constructor(status: number, body: string) {
    super(`status ${status}`)
    this.status = status
    this.body = body
  }
}

/** The answer behind an error; null for others. */
export const refusalOf = (thrown: unknown): Refusal | null =>
  thrown instanceof KafkaError && thrown.cause instanceof Refusal ? thrown.cause : null

const LONGEST_MESSAGE = 1000

interface RegistryError {
  /** Confluent's number; null if the answer has none. */
  readonly number: number | null
  readonly message: string | null
}

/** The error in the body of an answer. Proxies and load balancers answer with HTML or nothing. */
export const errorIn = (body: string): RegistryError => {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null) return { number: null, message: null }
    const number = 'error_code' in value && typeof value.error_code === 'number' ? value.error_code : null
    const text = 'message' in value && typeof value.message === 'string' ? value.message : null
    return { number, message: text === null ? null : text.slice(0, LONGEST_MESSAGE) }
  } catch {
    return { number: null, message: null }
  }
}

const byStatus = (status: number): ErrorCode => {
  if (status === 401 || status === 403) return 'SCHEMA_REGISTRY_UNAUTHORIZED'
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'SCHEMA_REGISTRY_UNAVAILABLE'
  if (status === 409) return 'INCOMPATIBLE_SCHEMA'
  if (status === 413) return 'SCHEMA_TOO_LARGE'
  if (status === 422) return 'INVALID_SCHEMA'
  return 'SCHEMA_REGISTRY_FAILED'
}

/** Apicurio puts the class of its exception before the message. */
const JAVA_CLASS = /^(?:[a-z]\w*\.)+[A-Z]\w*: /

const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  SCHEMA_REGISTRY_UNAUTHORIZED: 'check SCHEMA_REGISTRY_USERNAME and _PASSWORD, or _TOKEN, and its permissions',
}

/** The error of an answer that is no success. */
export const errorOf = (host: string, { status, body }: HttpAnswer): KafkaError => {
  const { number, message } = errorIn(body)
  const code = (number === null ? undefined : CODES.get(number)) ?? byStatus(status)
  const hint = HINTS[code]
  if (code === 'SCHEMA_REGISTRY_FAILED' && status === 404 && number === null)
    return new KafkaError(
      code,
      `${host} has no schema registry API under the path of SCHEMA_REGISTRY_URL (status 404): Apicurio has it under /apis/ccompat/v7`,
      { cause: new Refusal(status, body) },
    )
  const said =
    message?.replace(JAVA_CLASS, '') ??
    `${host} answered with status ${status}: ${shortened(body.replaceAll(/\s+/g, ' ').trim())}`
  return new KafkaError(code, hint === undefined ? said : `${said}: ${hint}`, { cause: new Refusal(status, body) })
}

const UNTRUSTED =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA|CERT_CHAIN_TOO_LONG|CERT_REJECTED)$/

/** Explains a TLS failure and names the setting to change; null for other failures. */
const tlsFaultOf = (code: string, message: string): string | null => {
  if (UNTRUSTED.test(code))
    return 'its certificate is signed by an authority that is not trusted here: give the certificate of that authority as SCHEMA_REGISTRY_TLS_CA'
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate, or that of its authority, has expired: renew it there'
  if (code === 'CERT_NOT_YET_VALID') return 'its certificate is not valid yet: compare the clocks of both machines'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is for other names: SCHEMA_REGISTRY_URL must use a name of the certificate (${message})`
  if (/ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|CERTIFICATE_EXPIRED)$/.test(code))
    return 'it does not accept the client certificate, or wants one: check SCHEMA_REGISTRY_TLS_CERT and _KEY'
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code))
    return 'it does not use TLS on this port: SCHEMA_REGISTRY_URL may need http instead of https'
  return /^ERR_SSL_/.test(code) ? `the TLS handshake failed (${message})` : null
}

/** The error of a request without an answer. */
export const failureOf = (host: string, failure: ExchangeFailure): KafkaError => {
  const tls = tlsFaultOf(failure.code, failure.message)
  if (tls !== null) return new KafkaError('TLS_FAILED', `schema registry ${host}: ${tls}`, { cause: failure })
  return new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE', `schema registry ${host}: ${failure.message}`, {
    cause: failure,
  })
}
