import type { MessageHeader } from '../../kafka/message.ts'

/** A message as a batch holds it. */
export interface BatchMessage {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly MessageHeader[]
  /** Epoch milliseconds; -1 for none. */
  readonly timestamp: number
}
