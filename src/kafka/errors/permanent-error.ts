import type { ErrorCode, KafkaError } from './kafka-error.ts'

/** Errors caused by settings or permissions of the broker or of this server. */
const PERMANENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNSUPPORTED_VERSION',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'UNSUPPORTED_COMPRESSION_TYPE',
  'UNSUPPORTED_SASL_MECHANISM',
  'UNSUPPORTED_ENDPOINT_TYPE',
  'MISMATCHED_ENDPOINT_TYPE',
  'ILLEGAL_SASL_STATE',
  'SASL_AUTHENTICATION_FAILED',
  'SECURITY_DISABLED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'INVALID_REQUEST',
  'INVALID_CONFIG',
  'INVALID_TOPIC_EXCEPTION',
  'POLICY_VIOLATION',
])

/**
 * True for errors that remain until somebody changes a setting or a permission. Work that otherwise survives every
 * broker fault ends with them. Other non-retriable errors may come from a broker that is starting or stopping.
 */
export const isPermanent = ({ code }: KafkaError): boolean => PERMANENT.has(code)
