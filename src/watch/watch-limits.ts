/** Bounds of the watches; times in ms. */
export interface WatchLimits {
  /** How old a snapshot may be for a newcomer to begin at: newcomers that come together share a poll. */
  readonly freshMs: number
  /** The most to wait after a poll that failed; half of it, and less, after the first ones. */
  readonly retryMs: number
  /** How often topics and brokers are looked at where the watcher has no say. */
  readonly clusterMs: number
  /** How often configs are. */
  readonly configsMs: number
  /** Topics whose configs are asked for at once; more are asked for in turn. */
  readonly configTopics: number
  /** Different things that are looked at, by all watches together; beyond it a new one is refused with BUSY. */
  readonly polls: number
  /** Groups that one watch may follow. */
  readonly groups: number
}
