/** Bounds of telling when messages were written. */
export interface MessageTimesLimits {
  /** For a whole call, ms. */
  readonly deadlineMs: number
  /** Reads at the same time, for a call. */
  readonly concurrency: number
  /** How much of a log one read fetches; the first record batch comes whole however large. */
  readonly maxBytes: number
}
