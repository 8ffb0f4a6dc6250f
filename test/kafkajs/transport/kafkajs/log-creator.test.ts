import { Kafka, logLevel } from 'kafkajs'
import { expect, it } from 'vitest'
import type { Logger } from '../../../../src/kafka/logger.ts'
import { createLogCreator } from '../../../../src/kafkajs/transport/kafkajs/log-creator.ts'

it('logs every KafkaJS line, errors included, at debug level', () => {
  const lines: unknown[] = []
  const note = (level: string) => (fields: Readonly<Record<string, unknown>>, text: string) =>
    void lines.push({ level, text, fields })
  const logger: Logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
  const kafka = new Kafka({ brokers: ['unused:1'], logLevel: logLevel.DEBUG, logCreator: createLogCreator(logger) })
  kafka.logger().error('Connection error', { broker: 'unused:1' })
  const fields = { logger: 'kafkajs', label: 'ERROR', broker: 'unused:1' }
  expect(lines).toEqual([{ level: 'debug', text: 'Connection error', fields: expect.objectContaining(fields) }])
})
