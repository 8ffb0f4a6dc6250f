/** A point in time by which work must end. */
export interface Deadline {
  /** Whole ms left; 0 afterwards. */
  readonly leftMs: number
}

/** A deadline in `ms`, on a monotonic clock. A wall clock that is set back an hour would extend it by an hour. */
export const deadlineIn = (ms: number): Deadline => {
  const end = performance.now() + ms
  return {
    get leftMs() {
      return Math.max(Math.ceil(end - performance.now()), 0)
    },
  }
}
