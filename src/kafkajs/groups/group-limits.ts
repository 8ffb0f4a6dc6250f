/** Bounds of reading and changing groups, ms. */
export interface GroupLimits {
  /** For a whole call. */
  readonly deadlineMs: number
  /** How long one broker that does not answer is waited for while the others have. */
  readonly brokerMs: number
  /** How long the list of groups and their descriptions are kept. */
  readonly cacheMs: number
}
