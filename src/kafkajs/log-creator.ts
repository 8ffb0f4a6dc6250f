import type { logCreator } from 'kafkajs'
import type { Logger } from '../kafka/logger.ts'

/**
 * KafkaJS's log lines as debug lines of ours, its errors too: a broker that is down, a closed socket, a refused request all
 * reach us as rejections as well, and whoever handles one knows whether it is worth more than that.
 */
export const createLogCreator =
  (logger: Logger): logCreator =>
  () =>
  ({ namespace, label, log: { message, timestamp: _, ...fields } }) =>
    logger.debug({ ...fields, logger: 'kafkajs', namespace, label }, message)
