import type { KafkaConfig } from 'kafkajs'
import type { Logger } from '../../../kafka/logger.ts'
import { createLogCreator } from './log-creator.ts'

/** Which Kafka, and as whom. */
export interface KafkaAccess {
  /** host:port of some brokers; the others are found through them. */
  readonly brokers: readonly string[]
  readonly clientId: string
  /** As node:tls takes it; true: the machine's own authorities are trusted. */
  readonly tls?: KafkaConfig['ssl']
  readonly sasl?: KafkaConfig['sasl']
}

/** The configuration that KafkaJS's connections are built with. */
export const kafkaJsConfig = ({ brokers, clientId, tls, sasl }: KafkaAccess, logger: Logger): KafkaConfig => ({
  brokers: [...brokers],
  clientId,
  ...(tls === undefined ? {} : { ssl: tls }),
  ...(sasl === undefined ? {} : { sasl }),
  // Backstops: links have shorter limits of their own.
  connectionTimeout: 30_000,
  requestTimeout: 30_000,
  enforceRequestTimeout: true,
  logCreator: createLogCreator(logger),
})
