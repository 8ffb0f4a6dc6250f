/** Time limits of security requests, in ms. */
export interface SecurityLimits {
  /** For a whole call. */
  readonly deadlineMs: number
  /** How long a change may take to reach every broker. */
  readonly propagationMs: number
}
