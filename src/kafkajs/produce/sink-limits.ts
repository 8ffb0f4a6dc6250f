/** Bounds of the produce path; times in ms. */
export interface SinkLimits {
  /** How long a broker may be silent over a batch before its connection is given up and the batch is sent again. */
  readonly idleMs: number
  readonly maxBatchMessages: number
  /** A batch grows to this size; a single larger message goes alone. */
  readonly maxBatchBytes: number
  /** The batches for one broker travel together up to this size; beyond it no message is taken, whatever its topic allows. */
  readonly maxRequestBytes: number
  /** Messages of the whole process that wait for their answer, with what holding them costs; beyond it callers get BUSY. */
  readonly maxQueuedBytes: number
  /** How long a partition with too few in-sync replicas is tried before NOT_ENOUGH_REPLICAS is the answer. */
  readonly notEnoughReplicasMs: number
  /** A topic that a broker does not know is asked for again after this: one just created is not known everywhere at once. */
  readonly unknownTopicMs: number
  /** A partition nobody writes to is forgotten after this, its producer id too. */
  readonly forgetMs: number
  /** Transactions under way at once; the next ones wait for their turn. Each takes a transactional id of this process. */
  readonly maxTransactions: number
  /** How long closing waits for what is in flight. */
  readonly closeGraceMs: number
}
