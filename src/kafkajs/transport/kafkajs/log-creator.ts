import type { logCreator } from 'kafkajs'
import type { Logger } from '../../../kafka/logger.ts'

/**
 * Logs KafkaJS's lines, errors included, at debug level. A broker that is down, a closed socket or a refused request
 * also reaches us as a rejection, and the code that handles it decides whether to log more.
 */
export const createLogCreator =
  (logger: Logger): logCreator =>
  () =>
  ({ namespace, label, log: { message, timestamp: _, ...fields } }) =>
    logger.debug({ ...fields, logger: 'kafkajs', namespace, label }, message)
