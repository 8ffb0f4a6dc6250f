import type { Cursor } from '../../../src/kafka/cursor/cursor.ts'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import type { ProducedMessage, StoredMessage } from '../../../src/kafka/message.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import type { Call } from '../../../src/kafka/ports/call.ts'
import type {
  BatchEvent,
  CursorRequest,
  MessageStream,
  MessageStreams,
  PartitionOffset,
  StreamEvent,
  StreamRequest,
} from '../../../src/kafka/ports/message-streams.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'

// The product's cursors are signed texts; here they only need to be told apart.
const cursorOf = (text: string): Cursor => text as Cursor

/** A message as stored, with what a test says about it. */
export const storedMessage = (about: Partial<StoredMessage> = {}): StoredMessage => ({
  partition: 0,
  offset: toOffset(0),
  timestamp: 1_738_315_800_000,
  key: null,
  value: null,
  headers: [],
  serializedSize: 0,
  batch: {
    leaderEpoch: 3,
    timestampType: 'CREATE_TIME',
    compressionType: 'NONE',
    isTransactional: false,
    producerId: -1n,
  },
  ...about,
})

/** A batch of messages; cursors are `topic@partition:offset`. */
export const batchOf = (topic: string, messages: readonly StoredMessage[]): BatchEvent => {
  const cursorAt = (index: number) => {
    const message = messages[index]
    return cursorOf(`${topic}@${message?.partition}:${message?.offset}`)
  }
  return {
    kind: 'batch',
    topic: toTopicName(topic),
    messages,
    cursorAt,
    cursor: cursorAt(messages.length - 1),
    lag: 0n,
  }
}

/** The streams port, driven by the test: it says what comes next, and sees what was asked for and given back. */
export class ScriptedStreams implements MessageStreams {
  readonly requests: StreamRequest[] = []
  refusal: Error | null = null
  openStreams = 0
  readonly #script: (StreamEvent | Error | 'end')[] = []
  #wake = (): void => {}

  /** What the stream yields next; a waiting `next()` gets it. */
  play(...events: readonly (StreamEvent | Error | 'end')[]): void {
    this.#script.push(...events)
    this.#wake()
  }

  async open(_call: Call, request: StreamRequest): Promise<MessageStream> {
    this.requests.push(request)
    if (this.refusal) throw this.refusal
    this.openStreams += 1
    return this.#stream()
  }

  /** Takes `cursorAfter`'s cursors: the one partition, right after the message. */
  async offsetsAfter(_call: Call, { topic, cursor }: CursorRequest): Promise<readonly PartitionOffset[]> {
    const [, of, partition, offset] = /^(.*)@(\d+):(\d+)$/.exec(cursor) ?? []
    if (of !== topic) throw new KafkaError('INVALID_CURSOR')
    return [{ partition: Number(partition), offset: toOffset(BigInt(offset ?? 0) + 1n) }]
  }

  cursorAfter(_call: Call, { topic, partition, offset }: ProducedMessage): Cursor {
    return cursorOf(`${topic}@${partition}:${offset}`)
  }

  #stream(): MessageStream {
    let isOpen = true
    let cursor = cursorOf('start')
    const close = (): void => {
      if (isOpen) this.openStreams -= 1
      isOpen = false
      this.#wake()
    }
    const next = async (): Promise<IteratorResult<StreamEvent>> => {
      while (isOpen) {
        const event = this.#script.shift()
        if (event instanceof Error) {
          close()
          throw event
        }
        if (event === 'end') close()
        else if (event) {
          cursor = event.cursor
          return { done: false, value: event }
        } else await new Promise<void>(resolve => (this.#wake = resolve))
      }
      return { done: true, value: undefined }
    }
    return {
      next,
      get cursor() {
        return cursor
      },
      return: async () => {
        close()
        return { done: true, value: undefined }
      },
      [Symbol.asyncIterator]() {
        return this
      },
      [Symbol.asyncDispose]: async () => close(),
    }
  }
}
