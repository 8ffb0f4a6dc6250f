import type { EpochMs } from '../epoch-ms.ts'
import type { KafkaError, Outcome } from '../errors/kafka-error.ts'
import type { Offset } from '../offset.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Call } from './call.ts'

/** The state of a transaction, with Kafka's names. */
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
  /** Node id of the coordinator, which is the broker that listed it. */
  readonly coordinator: number
}

/** Which transactions to list. Empty lists and nulls match all. */
export interface TransactionFilter {
  readonly states: readonly TransactionState[]
  readonly producerIds: readonly bigint[]
  /** Minimum age in ms. */
  readonly minDurationMs: number | null
  /** RE2 syntax; needs Kafka 4.1 or newer. */
  readonly transactionalIdPattern: string | null
}

/**
 * All transactions that could be listed. `failures` names each broker that did not answer; its transactions are
 * missing.
 */
export interface TransactionList {
  /** Sorted by transactional id. */
  readonly transactions: readonly TransactionListing[]
  readonly failures: readonly { readonly nodeId: number; readonly error: KafkaError }[]
}

/** What a coordinator reports about one transactional id. */
export interface TransactionDescription extends TransactionListing {
  readonly producerEpoch: number
  readonly timeoutMs: number
  /** Epoch ms; null if no transaction is open. */
  readonly startTime: EpochMs | null
  /** Partitions with an open transaction, or that still lack its end marker. Sorted. */
  readonly topicPartitions: readonly TopicPartition[]
}

/** What a partition's leader reports about one producer that wrote recently. */
export interface ProducerState {
  readonly producerId: bigint
  readonly producerEpoch: number
  /** Null if the leader has forgotten its last batch. */
  readonly lastSequence: number | null
  /** Epoch ms of its last batch. */
  readonly lastTimestamp: EpochMs | null
  /** Epoch of the coordinator that wrote the last marker; null if there is none. */
  readonly coordinatorEpoch: number | null
  /** First offset of its open transaction; null if there is none. */
  readonly currentTransactionStartOffset: Offset | null
}

/** A transaction that is open in a partition although no coordinator knows it. Nothing will ever end it. */
export interface HangingTransaction extends TopicPartition {
  readonly producer: ProducerState
}

/** Result of a search for hanging transactions, with the partitions that could not be searched. */
export interface HangingSearch {
  /** In the order of the searched partitions. */
  readonly hanging: readonly HangingTransaction[]
  readonly failures: readonly (TopicPartition & { readonly error: KafkaError })[]
}

/** The open transaction to abort. */
export interface AbortRequest extends TopicPartition {
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly coordinatorEpoch: number
}

/** Reads transactions from coordinators and leaders, and aborts hanging ones. */
export interface TransactionAdmin {
  /** Asks all brokers in parallel. @throws KafkaError KAFKA_UNAVAILABLE if none answers. */
  listTransactions(call: Call, filter: TransactionFilter): Promise<TransactionList>
  /** One outcome per id, in order; TRANSACTIONAL_ID_NOT_FOUND if it does not exist. */
  describeTransactions(
    call: Call,
    transactionalIds: readonly string[],
  ): Promise<readonly Outcome<TransactionDescription>[]>
  /**
   * The producers of each partition, sorted by producer id. One outcome per partition, in order. Sends one request per
   * leader.
   */
  describeProducers(
    call: Call,
    partitions: readonly TopicPartition[],
  ): Promise<readonly Outcome<readonly ProducerState[]>[]>
  /**
   * Open transactions in these partitions whose last message is older than `minIdleMs` and that no coordinator knows.
   * @throws KafkaError unless every coordinator answers: a missing one may know the transaction.
   */
  findHanging(call: Call, partitions: readonly TopicPartition[], minIdleMs: number): Promise<HangingSearch>
  /** Forces an abort marker. OUTCOME_UNKNOWN if the response is lost. */
  abortTransaction(call: Call, request: AbortRequest): Promise<Outcome<TopicPartition>>
}
