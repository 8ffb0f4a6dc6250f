/** Limits of the watches; times in ms. */
export interface WatchLimits {
  /** How old a snapshot may be for a new watcher to start from. New watchers that arrive together share one poll. */
  readonly freshMs: number
  /** The longest delay after failed polls; the first delays are half of it and less. */
  readonly retryMs: number
  /** The poll interval of topics and brokers where the watcher cannot choose one. */
  readonly clusterMs: number
  /** The poll interval of configs. */
  readonly configsMs: number
  /** Topics whose configs one poll asks for; further topics follow in turn. */
  readonly configTopics: number
  /** The most polls of all watches together. Beyond it, a watch of something new is refused with BUSY. */
  readonly polls: number
  /** The most groups that one watch may follow. */
  readonly groups: number
}
