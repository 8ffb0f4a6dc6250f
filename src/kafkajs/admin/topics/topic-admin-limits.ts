/** Time limits of topic changes, in ms. */
export interface TopicAdminLimits {
  /** For a whole change, from the first attempt to reach a broker to the controller's response. */
  readonly deadlineMs: number
  /** How long every broker may take to learn of a completed change. */
  readonly propagationMs: number
}
