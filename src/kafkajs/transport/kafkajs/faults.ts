import { KafkaError } from '../../../kafka/errors/kafka-error.ts'

/** KafkaJS wraps every failure during login in the same error. A broker that dies during login has refused nothing. */
const LOST = /Closed connection|Connection (error|closed|timeout)|timed out|was abandoned|was replaced/

// Matched by name: Node finds no named export for the classes that kafkajs spreads into its exports.
const isRefused = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name === 'KafkaJSSASLAuthenticationError' && !LOST.test(thrown.message)

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/**
 * Converts a connection failure. Refused credentials are permanent; all other failures are retriable.
 * `kafkajs/transport/kafkajs/diagnose.ts` investigates failures that a wrong setting may have caused.
 */
export const connectionFault = (address: string, thrown: unknown): KafkaError => {
  if (thrown instanceof KafkaError) return thrown
  if (!isRefused(thrown)) return new KafkaError('KAFKA_UNAVAILABLE', `${address}: ${textOf(thrown)}`, { cause: thrown })
  const text = `${address}: ${textOf(thrown)}: check KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD`
  return new KafkaError('SASL_AUTHENTICATION_FAILED', text, { cause: thrown })
}
