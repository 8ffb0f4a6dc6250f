import type { ErrorCode, KafkaError } from './kafka-error.ts'

/** Errors that say how the broker or this gateway is set up, or who this gateway is. */
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
 * True for errors that stay until somebody changes a setting or a right: work that otherwise outlives every broker ends with
 * them. Other errors that Kafka does not call retriable may be those of a broker that starts or leaves.
 */
export const isPermanent = ({ code }: KafkaError): boolean => PERMANENT.has(code)
