interface Flight<T> {
  readonly result: Promise<T>
  /** Stops the work; null for work that runs to its end. */
  readonly stop: AbortController | null
  /** Callers of `runWhileWanted` that still wait. */
  callers: number
  /** The run after this one, for callers that need a newer answer. */
  next: Promise<T> | null
}

/** How long `runNext` waits for the run under way, ms: a run that is stuck must not hold up the next one. */
const PATIENCE_MS = 20

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

/** Runs work once at a time for each key and shares its result, or its failure. Nothing is kept once the work has settled. */
export class SingleFlight<K, T> {
  readonly #flights = new Map<K, Flight<T>>()
  readonly #onLanded: (key: K) => void

  /** `onLanded` is called when a run has settled and is forgotten. */
  constructor(onLanded: (key: K) => void = () => {}) {
    this.#onLanded = onLanded
  }

  /** The result of the work under way for `key`. */
  underWay(key: K): Promise<T> | undefined {
    const flight = this.#flights.get(key)
    return flight?.next ?? flight?.result
  }

  /** Joins the work under way for `key`, or starts it. */
  run(key: K, work: () => Promise<T>): Promise<T> {
    return this.underWay(key) ?? this.#start(key, work(), null).result
  }

  /**
   * A run that begins after this call, for an answer that must not be older than the question. Callers that come while one
   * run is under way share the next; a lone caller does not wait.
   */
  runNext(key: K, work: () => Promise<T>): Promise<T> {
    const flight = this.#flights.get(key)
    if (flight === undefined) return this.#start(key, work(), null).result
    flight.next ??= settledOrLate(flight.result).then(() => this.#start(key, work(), null).result)
    return flight.next
  }

  /** As `run`, but once every caller's signal has aborted the work is stopped, and the next caller starts it anew. */
  runWhileWanted(key: K, work: (stop: AbortController) => Promise<T>, signal: AbortSignal): Promise<T> {
    const flight = this.#flights.get(key) ?? this.#startStoppable(key, work)
    flight.callers += 1
    const leave = (): void => {
      flight.callers -= 1
      if (flight.callers > 0) return
      flight.stop?.abort()
      this.#forget(key, flight)
    }
    signal.addEventListener('abort', leave, { once: true })
    return flight.result.finally(() => signal.removeEventListener('abort', leave))
  }

  /** Forgets the work under way: its callers still get its result, later callers start anew. */
  clear(): void {
    this.#flights.clear()
  }

  #startStoppable(key: K, work: (stop: AbortController) => Promise<T>): Flight<T> {
    const stop = new AbortController()
    return this.#start(key, work(stop), stop)
  }

  #start(key: K, result: Promise<T>, stop: AbortController | null): Flight<T> {
    const flight: Flight<T> = { result, stop, callers: 0, next: null }
    this.#flights.set(key, flight)
    const land = (): void => {
      // Callers of the next run find it here until it begins.
      if (flight.next === null) this.#forget(key, flight)
      this.#onLanded(key)
    }
    result.then(land, land)
    return flight
  }

  #forget(key: K, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }
}

/** `work`, run by one caller at a time: calls made while it runs share its result. */
export const singleFlight = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  const flights = new SingleFlight<null, T>()
  return () => flights.run(null, work)
}
