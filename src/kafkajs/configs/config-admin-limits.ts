/** Time limits of changes of configs, ms. */
export interface ConfigAdminLimits {
  /** For a whole change, from the first attempt to reach a broker to the answer. */
  readonly deadlineMs: number
  /** How long the brokers may take to show a change that is done. */
  readonly propagationMs: number
}
