/** Bounds of producing; times in ms. */
export interface SinkLimits {
  /** How long a broker may leave a batch unanswered before its connection is closed and the batch is sent again. */
  readonly idleMs: number
  readonly maxBatchMessages: number
  /** Maximum size of a batch. A larger message gets its own batch. */
  readonly maxBatchBytes: number
  /** Maximum bytes of batches in one request to a broker. A larger message is refused, whatever its topic allows. */
  readonly maxRequestBytes: number
  /** Maximum bytes of all unanswered messages in the process, including overhead. Beyond it callers get BUSY. */
  readonly maxQueuedBytes: number
  /** How long a partition with too few in-sync replicas is retried before it fails with NOT_ENOUGH_REPLICAS. */
  readonly notEnoughReplicasMs: number
  /** Delay before an unknown topic is looked up again, because brokers learn of a new topic one by one. */
  readonly unknownTopicMs: number
  /** An unused partition is forgotten after this time, with its producer id. */
  readonly forgetMs: number
  /** Maximum concurrent transactions; further ones wait. Each uses one transactional id. */
  readonly maxTransactions: number
  /** How long closing waits for messages in flight. */
  readonly closeGraceMs: number
}
