/** Time limits of reading and moving replicas, in ms. */
export interface ReplicaLimits {
  /** For a whole call. */
  readonly deadlineMs: number
  /** How long to wait for one silent broker. */
  readonly brokerMs: number
  /** How long every broker may take to learn of a change. */
  readonly propagationMs: number
  /** Maximum age of the cached list of reassignments. */
  readonly cacheMs: number
}
