import { KafkaError } from '../kafka/kafka-error.ts'

/** KafkaJS wraps whatever happens during a login in the same error: a broker that dies then has refused nothing. */
const LOST = /Closed connection|Connection (error|closed|timeout)|timed out|was given up|was replaced/

// Recognised by its name: Node sees no named export for the classes that kafkajs spreads into its exports.
const isRefused = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name === 'KafkaJSSASLAuthenticationError' && !LOST.test(thrown.message)

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/**
 * A failed connection in our terms: refused credentials stay refused however often they are tried, everything else may
 * pass. `connection/diagnose.ts` looks further where a setting may be wrong.
 */
export const connectionFault = (address: string, thrown: unknown): KafkaError => {
  if (thrown instanceof KafkaError) return thrown
  if (!isRefused(thrown)) return new KafkaError('KAFKA_UNAVAILABLE', `${address}: ${textOf(thrown)}`, { cause: thrown })
  const text = `${address}: ${textOf(thrown)}: check KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD`
  return new KafkaError('SASL_AUTHENTICATION_FAILED', text, { cause: thrown })
}
