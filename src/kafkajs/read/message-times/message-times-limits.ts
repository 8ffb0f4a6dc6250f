/** Bounds of reading message times. */
export interface MessageTimesLimits {
  /** For a whole call, ms. */
  readonly deadlineMs: number
  /** Concurrent reads per call. */
  readonly concurrency: number
  /** Bytes per read. The first record batch is returned whole, whatever its size. */
  readonly maxBytes: number
}
