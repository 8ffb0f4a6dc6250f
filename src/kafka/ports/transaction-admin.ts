import type { EpochMs } from '../epoch-ms.ts'
import type { KafkaError, Outcome } from '../kafka-error.ts'
import type { Offset } from '../offset.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Call } from './call.ts'

/** What a transaction is doing; Kafka's names. */
export type TransactionState =
  | 'ONGOING'
  | 'PREPARE_ABORT'
  | 'PREPARE_COMMIT'
  | 'COMPLETE_ABORT'
  | 'COMPLETE_COMMIT'
  | 'EMPTY'
  | 'PREPARE_EPOCH_FENCE'
  | 'UNKNOWN'

/** A transactional id as its coordinator lists it. */
export interface TransactionListing {
  readonly transactionalId: string
  readonly producerId: bigint
  readonly state: TransactionState
  /** Node id of the broker that listed it. */
  readonly coordinator: number
}

/** Which transactions to list; empty lists and nulls: all. */
export interface TransactionFilter {
  readonly states: readonly TransactionState[]
  readonly producerIds: readonly bigint[]
  /** Ms since its start. */
  readonly minDurationMs: number | null
  /** RE2. Kafka 4.1 and newer. */
  readonly transactionalIdPattern: string | null
}

/** Every transaction that could be listed. A broker that does not answer hides those that it coordinates: it is named. */
export interface TransactionList {
  /** Sorted by transactional id. */
  readonly transactions: readonly TransactionListing[]
  readonly failures: readonly { readonly nodeId: number; readonly error: KafkaError }[]
}

/** What a coordinator knows of one transactional id. */
export interface TransactionDescription extends TransactionListing {
  readonly producerEpoch: number
  readonly timeoutMs: number
  /** Epoch ms; null while none is going on. */
  readonly startTime: EpochMs | null
  /** Those with an open transaction, or without its marker yet. Sorted. */
  readonly topicPartitions: readonly TopicPartition[]
}

/** What a partition's leader knows of one producer that wrote to it lately. */
export interface ProducerState {
  readonly producerId: bigint
  readonly producerEpoch: number
  /** Null when its last batch is no longer known. */
  readonly lastSequence: number | null
  /** Epoch ms of its last batch. */
  readonly lastTimestamp: EpochMs | null
  /** Of the coordinator that wrote the last marker; null without one. */
  readonly coordinatorEpoch: number | null
  /** Where its open transaction begins; null without one. */
  readonly currentTransactionStartOffset: Offset | null
}

/** A transaction that is open in a partition, and that no coordinator will ever end. */
export interface HangingTransaction extends TopicPartition {
  readonly producer: ProducerState
}

/** What a search found, and where it could not look. */
export interface HangingSearch {
  /** In the order of the partitions that were searched. */
  readonly hanging: readonly HangingTransaction[]
  readonly failures: readonly (TopicPartition & { readonly error: KafkaError })[]
}

/** Which open transaction to abort. */
export interface AbortRequest extends TopicPartition {
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly coordinatorEpoch: number
}

/** Reads transactions from coordinators and leaders, and ends those that hang. */
export interface TransactionAdmin {
  /** Of every broker, asked side by side. @throws KafkaError KAFKA_UNAVAILABLE when none answers. */
  listTransactions(call: Call, filter: TransactionFilter): Promise<TransactionList>
  /** One outcome for each id, in order; TRANSACTIONAL_ID_NOT_FOUND where there is none. */
  describeTransactions(
    call: Call,
    transactionalIds: readonly string[],
  ): Promise<readonly Outcome<TransactionDescription>[]>
  /** One outcome for each partition, in order: its producers, sorted by producer id. One request a leader. */
  describeProducers(
    call: Call,
    partitions: readonly TopicPartition[],
  ): Promise<readonly Outcome<readonly ProducerState[]>[]>
  /**
   * Open transactions in these partitions whose last message is older than `minIdleMs` and that no coordinator knows.
   * @throws KafkaError when not every coordinator can be asked: what one does not tell may be known to another.
   */
  findHanging(call: Call, partitions: readonly TopicPartition[], minIdleMs: number): Promise<HangingSearch>
  /** Writes an abort marker by force: OUTCOME_UNKNOWN when no answer came. */
  abortTransaction(call: Call, request: AbortRequest): Promise<Outcome<TopicPartition>>
}
