import { describe, expect, it } from 'vitest'
import { asKafkaError, KafkaError, kafkaErrorOf } from '../../../src/kafka/errors/kafka-error.ts'

describe('a Kafka error', () => {
  it("carries Kafka's name, number, retriability and sentence", () => {
    const error = kafkaErrorOf(3)
    expect(error).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION', errorCode: 3, retriable: true })
    expect(error.message).toBe('This server does not host this topic-partition.')
  })

  it("prefers the broker's own sentence", () => {
    expect(kafkaErrorOf(36, "Topic 'orders' already exists.").message).toBe("Topic 'orders' already exists.")
  })

  it('has a name for numbers of a newer Kafka', () => {
    expect(kafkaErrorOf(9999)).toMatchObject({ code: 'UNKNOWN_SERVER_ERROR', errorCode: -1 })
  })

  it('keeps what was thrown as its cause', () => {
    const cause = new Error('socket hang up')
    expect(asKafkaError(cause, 'KAFKA_UNAVAILABLE')).toMatchObject({ code: 'KAFKA_UNAVAILABLE', errorCode: -1, cause })
    const same = new KafkaError('BUSY')
    expect(asKafkaError(same)).toBe(same)
  })
})
