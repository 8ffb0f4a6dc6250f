/** The end of a piece of work. */
export interface Deadline {
  /** Whole ms until then; 0 afterwards. */
  readonly leftMs: number
}

/** In so many ms, by a clock that is never set back: a wall clock that is set to an hour ago would make it an hour longer. */
export const deadlineIn = (ms: number): Deadline => {
  const end = performance.now() + ms
  return {
    get leftMs() {
      return Math.max(Math.ceil(end - performance.now()), 0)
    },
  }
}
