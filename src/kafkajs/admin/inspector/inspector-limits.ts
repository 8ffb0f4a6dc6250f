/** Time limits of cluster requests, in ms. */
export interface InspectorLimits {
  /** For a whole call. */
  readonly deadlineMs: number
  /** How long to wait for one silent broker. */
  readonly brokerMs: number
}
