/** How long those who wait for the next run let the one before it take, ms. */
const PATIENCE_MS = 20

interface Line<T> {
  readonly running: Promise<T>
  /** The run that those share who have come since. */
  next: Promise<T> | null
}

/** Resolves when `running` has settled, or after a while. */
const settledOrLate = (running: Promise<unknown>): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, PATIENCE_MS)
    const done = (): void => {
      clearTimeout(timer)
      resolve()
    }
    running.then(done, done)
  })

/**
 * Questions that many ask at once and whose answer must be newer than the question: whoever comes while one is under way
 * shares the next, which begins after all of them have asked. Nobody waits who comes alone.
 */
export class SharedRuns<T> {
  readonly #lines = new Map<string, Line<T>>()

  /** What `work` comes to, begun after this call; the same work has the same key. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key)
    if (line === undefined) return this.#begin(key, work)
    line.next ??= settledOrLate(line.running).then(() => this.#begin(key, work))
    return line.next
  }

  #begin(key: string, work: () => Promise<T>): Promise<T> {
    const line: Line<T> = { running: work(), next: null }
    this.#lines.set(key, line)
    const done = (): void => {
      if (line.next === null && this.#lines.get(key) === line) this.#lines.delete(key)
    }
    line.running.then(done, done)
    return line.running
  }
}
