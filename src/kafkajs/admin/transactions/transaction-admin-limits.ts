/** Time limits of reading transactions, in ms. */
export interface TransactionAdminLimits {
  /** For a whole call. */
  readonly deadlineMs: number
  /** How long to wait for one silent broker after the others have answered. */
  readonly brokerMs: number
  /** How long to wait for a partition without a leader. */
  readonly leaderWaitMs: number
}
