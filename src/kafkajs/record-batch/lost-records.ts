import type { KafkaError } from '../../kafka/kafka-error.ts'

/** Records of an entry that cannot be delivered, although its checksum fits. */
export interface LostRecords {
  readonly error: KafkaError
  /** The first offset that is not delivered. */
  readonly at: bigint
  /** Where reading goes on: in the same entry, or behind it. */
  readonly next: bigint
}
