import { KafkaJSSASLAuthenticationError } from 'kafkajs'
import { KafkaError } from '../kafka/kafka-error.ts'

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/**
 * A failed connection in our terms: refused credentials stay refused however often they are tried, everything else may
 * pass. The only place where KafkaJS's errors are told apart.
 */
export const connectionFault = (address: string, thrown: unknown): KafkaError => {
  if (thrown instanceof KafkaError) return thrown
  const code = thrown instanceof KafkaJSSASLAuthenticationError ? 'SASL_AUTHENTICATION_FAILED' : 'KAFKA_UNAVAILABLE'
  return new KafkaError(code, `${address}: ${textOf(thrown)}`, { cause: thrown })
}
