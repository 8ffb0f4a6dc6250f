/** Bounds of reading and moving replicas, ms. */
export interface ReplicaLimits {
  /** For a whole call. */
  readonly deadlineMs: number
  /** How long one broker that does not answer is waited for. */
  readonly brokerMs: number
  /** How long every broker may take to hear of a change that is done. */
  readonly propagationMs: number
  /** How old the list of moves may be. */
  readonly cacheMs: number
}
