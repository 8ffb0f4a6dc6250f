import type { Cursor } from '../../kafka/cursor/cursor.ts'
import { lagBetween, type Positions } from '../../kafka/cursor/positions.ts'
import type { StoredMessage } from '../../kafka/message.ts'
import { type Offset, plus } from '../../kafka/offset.ts'
import type { BatchEvent } from '../../kafka/ports/message-streams.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { cursorOf, type StreamIdentity } from './stream-identity.ts'

/** A batch: its messages, and the stream's positions before and after them. */
export interface BatchParts {
  readonly messages: readonly StoredMessage[]
  readonly before: Positions
  readonly after: Positions
  /** Log ends as last seen; used when a client selects the lag. */
  readonly ends: Positions
}

/** A batch of messages. Many subscribers share it, so each cursor is made on first use and kept. */
export class MessageBatch implements BatchEvent {
  readonly kind = 'batch'
  readonly messages: readonly StoredMessage[]
  readonly #identity: StreamIdentity
  readonly #parts: BatchParts
  readonly #cursors: Cursor[] = []
  #reached: (Offset | undefined)[] | null = null
  #cursor: Cursor | null = null
  #lag: bigint | null = null

  constructor(identity: StreamIdentity, parts: BatchParts) {
    this.messages = parts.messages
    this.#identity = identity
    this.#parts = parts
  }

  get topic(): TopicName {
    return this.#identity.topic
  }

  get cursor(): Cursor {
    this.#cursor ??= cursorOf(this.#identity, this.#parts.after)
    return this.#cursor
  }

  get lag(): bigint {
    this.#lag ??= lagBetween(this.#parts.after, this.#parts.ends)
    return this.#lag
  }

  cursorAt(index: number): Cursor {
    if (!Number.isInteger(index) || index < 0 || index >= this.messages.length)
      throw new RangeError(`The batch of ${this.messages.length} messages has no message ${index}`)
    // Each cursor continues from the one before. Starting over each time would cost 125,000 steps for a batch of 500.
    this.#reached ??= this.#parts.before.slice()
    while (this.#cursors.length <= index) {
      const message = this.messages[this.#cursors.length]
      if (message !== undefined) this.#reached[message.partition] = plus(message.offset, 1)
      this.#cursors.push(cursorOf(this.#identity, this.#reached))
    }
    return this.#cursors[index] ?? this.cursor
  }
}
