import type { EpochMs } from '../../../kafka/epoch-ms.ts'
import type { BatchInfo, MessageHeader, StoredMessage } from '../../../kafka/message.ts'
import type { Offset } from '../../../kafka/offset.ts'

/** Memory of a message besides its bytes: the object, two Buffers and an offset (326 bytes measured on Node 20). */
export const MESSAGE_OVERHEAD = 330

/** A decoded record. It is a class so that all records have one hidden class, which is fastest to read. */
export class StoredRecord implements StoredMessage {
  readonly partition: number
  readonly offset: Offset
  readonly timestamp: EpochMs
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly MessageHeader[]
  readonly serializedSize: number
  readonly batch: BatchInfo

  constructor(
    partition: number,
    offset: Offset,
    timestamp: EpochMs,
    key: Buffer | null,
    value: Buffer | null,
    headers: readonly MessageHeader[],
    serializedSize: number,
    batch: BatchInfo,
  ) {
    this.partition = partition
    this.offset = offset
    this.timestamp = timestamp
    this.key = key
    this.value = value
    this.headers = headers
    this.serializedSize = serializedSize
    this.batch = batch
  }
}
