/** Bounds of questions about the cluster itself, ms. */
export interface InspectorLimits {
  /** For a whole call. */
  readonly deadlineMs: number
  /** How long one broker that does not answer is waited for. */
  readonly brokerMs: number
}
