/** Time limits of reading and changing groups, in ms. */
export interface GroupLimits {
  /** For a whole call. */
  readonly deadlineMs: number
  /** How long to wait for one silent broker after the others have answered. */
  readonly brokerMs: number
  /** Lifetime of the cached list and descriptions. */
  readonly cacheMs: number
}
