import { expect, test } from 'vitest'
import { Payload } from '../../src/kafka/payload.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'

test('a payload knows its topic, its part and the headers of its message, which nobody decodes before', () => {
  let decoded = 0
  const owner = {
    key: null,
    get headers() {
      decoded += 1
      return [{ key: 'format', value: Buffer.from('avro') }]
    },
  }
  const payload = new Payload(toTopicName('orders'), 'VALUE', Buffer.from('x'), owner)
  expect([payload.topic, payload.part, String(payload.bytes), decoded]).toEqual(['orders', 'VALUE', 'x', 0])
  expect(payload.headers[0]?.key).toBe('format')
  expect(decoded).toBe(1)
})
