import type { KafkaError } from '../../../kafka/errors/kafka-error.ts'

/** Records of an entry that cannot be delivered although its checksum is right. */
export interface LostRecords {
  readonly error: KafkaError
  /** The first lost offset. */
  readonly at: bigint
  /** Where reading continues, in the same entry or after it. */
  readonly next: bigint
}
