/** Time limits of changes, ms. */
export interface TopicAdminLimits {
  /** For a whole change, from the first attempt to reach a broker to the controller's answer. */
  readonly deadlineMs: number
  /** How long every broker may take to hear of a change that is done. */
  readonly propagationMs: number
}
