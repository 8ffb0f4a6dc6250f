import type { OutgoingMessage } from '../../../src/kafka/message.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'

/** The topic of tests that need no real one. */
export const TOPIC = toTopicName('orders')

/** A message to produce, with the given fields. */
export const outgoing = (what: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  topic: TOPIC,
  partition: null,
  key: null,
  value: Buffer.from('value'),
  headers: [],
  timestamp: null,
  ...what,
})
