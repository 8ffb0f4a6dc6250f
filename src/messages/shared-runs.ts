/** How long callers of the next run wait for the running one, ms. */
const PATIENCE_MS = 20

interface Line<T> {
  readonly running: Promise<T>
  /** The run shared by everyone who called since `running` began. */
  next: Promise<T> | null
}

/** Resolves when `running` has settled, or after a short while. */
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
 * Single-flight for questions whose answer must be newer than the question. Callers that arrive during a run share the
 * next run, which begins after all of them have asked. A lone caller does not wait.
 */
export class SharedRuns<T> {
  readonly #lines = new Map<string, Line<T>>()

  /** The result of `work`, started after this call. Equal work has an equal key. */
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
