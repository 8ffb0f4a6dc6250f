import type { MessageHeader } from '../../../kafka/message.ts'

/** A message in a batch. */
export interface BatchMessage {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly MessageHeader[]
  /** Epoch milliseconds; -1 if it has none. */
  readonly timestamp: number
}
