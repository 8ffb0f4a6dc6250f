/** Time limits of config changes, in ms. */
export interface ConfigAdminLimits {
  /** For a whole change, from the first attempt to reach a broker to the response. */
  readonly deadlineMs: number
  /** How long brokers may take to show a completed change. */
  readonly propagationMs: number
}
