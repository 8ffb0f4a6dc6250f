import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { KafkaError } from '../../../../src/kafka/errors/kafka-error.ts'
import { FetchTrouble } from '../../../../src/kafkajs/read/fetch/fetch-trouble.ts'

const lines: string[] = []
const say = (level: string) => (fields: object, message: string) =>
  void lines.push(`${level} ${message}: ${JSON.stringify(fields)}`)
const logger = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }

beforeEach(() => {
  lines.length = 0
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => vi.useRealTimers())

const failFor = (trouble: FetchTrouble, seconds: number, nodeId = 1) => {
  for (let second = 0; second < seconds; second++) {
    trouble.failed(nodeId, new KafkaError('KAFKA_UNAVAILABLE', 'no connection'))
    vi.advanceTimersByTime(1000)
  }
}

it('a broker without messages for long is logged once, and once more when it recovers', () => {
  const trouble = new FetchTrouble(logger)
  failFor(trouble, 60)
  expect(lines).toEqual([
    'warn no messages can be fetched from a broker: {"nodeId":1,"reason":"KafkaError: no connection"}',
  ])
  trouble.worked(2)
  trouble.worked(1)
  expect(lines.slice(1)).toEqual(['info messages are fetched from the broker again: {"nodeId":1}'])
})

it('short failures, and failures far apart, are not logged', () => {
  const trouble = new FetchTrouble(logger)
  failFor(trouble, 9)
  trouble.worked(1)
  failFor(trouble, 9)
  vi.advanceTimersByTime(3_600_000)
  failFor(trouble, 9)
  expect(lines).toEqual([])
})

it('a permanent failure is logged at once', () => {
  const trouble = new FetchTrouble(logger)
  trouble.failed(1, new KafkaError('UNSUPPORTED_VERSION', 'no Fetch'))
  trouble.failed(1, new KafkaError('UNSUPPORTED_VERSION', 'no Fetch'))
  expect(lines).toEqual(['warn no messages can be fetched from a broker: {"nodeId":1,"reason":"KafkaError: no Fetch"}'])
})
