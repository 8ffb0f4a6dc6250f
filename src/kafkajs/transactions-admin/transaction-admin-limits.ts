/** Bounds of reading transactions, ms. */
export interface TransactionAdminLimits {
  /** For a whole call. */
  readonly deadlineMs: number
  /** How long one broker that does not answer is waited for while the others have. */
  readonly brokerMs: number
  /** How long a partition without a leader is waited for. */
  readonly leaderWaitMs: number
}
