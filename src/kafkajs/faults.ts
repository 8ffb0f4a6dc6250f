import { KafkaError } from '../kafka/kafka-error.ts'

// Told by its name: Node sees no named export for the classes that kafkajs spreads into its exports.
const isRefused = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name === 'KafkaJSSASLAuthenticationError'

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/**
 * A failed connection in our terms: refused credentials stay refused however often they are tried, everything else may
 * pass. The only place where KafkaJS's errors are told apart.
 */
export const connectionFault = (address: string, thrown: unknown): KafkaError => {
  if (thrown instanceof KafkaError) return thrown
  if (!isRefused(thrown)) return new KafkaError('KAFKA_UNAVAILABLE', `${address}: ${textOf(thrown)}`, { cause: thrown })
  const text = `${address}: ${textOf(thrown)} (KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD)`
  return new KafkaError('SASL_AUTHENTICATION_FAILED', text, { cause: thrown })
}
