import type { MessageHeader } from './message.ts'
import type { TopicName } from './topic-name.ts'

/** The part of a message that a payload is. */
export type PayloadPart = 'KEY' | 'VALUE' | 'HEADER'

/** The message of a payload. Its headers are decoded on first use. */
interface PayloadOwner {
  /** The key says what a value of Kafka's own topics is. */
  readonly key: Buffer | null
  readonly headers: readonly MessageHeader[]
}

/**
 * The bytes of a key, a value or a header, with everything that a decoder may need. A class, because each selected part of
 * each message has one.
 */
export class Payload {
  readonly topic: TopicName
  readonly part: PayloadPart
  readonly bytes: Buffer
  readonly owner: PayloadOwner

  constructor(topic: TopicName, part: PayloadPart, bytes: Buffer, owner: PayloadOwner) {
    this.topic = topic
    this.part = part
    this.bytes = bytes
    this.owner = owner
  }

  /** The headers of its message. */
  get headers(): readonly MessageHeader[] {
    return this.owner.headers
  }
}
