import type { Turns } from '../../../async/turns.ts'

type Task = () => void

/** What the work of an operation reports when it stops. */
export interface WorkOwner {
  /** Nothing is left to do or awaited. Returns the next task, or null at the end. */
  next(): Task | null
  /** Work has stopped for another reason than its turn; `goOn` continues it. False if there is no such reason. */
  waits(goOn: () => void): boolean
  /** The remaining work waits for promises. */
  rests(): void
  /** A task has thrown, which is a bug. */
  broke(thrown: unknown): void
}

/** Steps between two checks of the clock: a value is one, a resolver's call 16. */
const STEPS = 64

/**
 * The work of one operation, in slices. Each part checks `isPaused` between two steps. If it is set, the part hands over its
 * remainder and returns, the innermost part first, so that the work continues where it stopped.
 */
export class Work {
  /** True when each part should hand over its remainder and return. */
  isPaused = false
  readonly #turns: Turns
  readonly #owner: WorkOwner
  #left = STEPS
  #awaited = 0
  #isRunning = false
  #isWaiting = false
  #isOver = false
  /** Remainders of this slice, the innermost first. */
  #handedOver: Task[] = []
  /** Remainders of earlier slices, the innermost last. */
  readonly #stack: Task[] = []
  /** Tasks that arrived during other work, in order. */
  #ready: Task[] = []
  #readyTaken = 0

  constructor(turns: Turns, owner: WorkOwner) {
    this.#turns = turns
    this.#owner = owner
  }

  /** True once the work has ended, even with remainders. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Counts steps and checks the clock at intervals. */
  spend(steps: number): void {
    this.#left -= steps
    if (this.#left > 0) return
    this.#left = STEPS
    if (this.#turns.isOver) this.isPaused = true
  }

  /** Hands over the remainder of a part. */
  handOver(task: Task): void {
    if (!this.#isOver) this.#handedOver.push(task)
  }

  /** Runs `task`; at once if no other task is running. */
  start(task: Task): void {
    if (this.#isOver) return
    if (this.#isRunning || this.#isWaiting) this.#ready.push(task)
    else this.#run(task)
  }

  /** Waits for a promise, then continues with its value. */
  await(promise: PromiseLike<unknown>, onValue: (value: unknown) => void, onError: (thrown: unknown) => void): void {
    this.#awaited += 1
    promise.then(
      value => {
        this.#awaited -= 1
        this.start(() => onValue(value))
      },
      (thrown: unknown) => {
        this.#awaited -= 1
        this.start(() => onError(thrown))
      },
    )
  }

  /** Ends the work and drops the remainders. */
  end(): void {
    this.#isOver = true
    this.isPaused = true
    this.#handedOver = []
    this.#stack.length = 0
    this.#ready = []
  }

  #run(first: Task): void {
    this.#isRunning = true
    try {
      let task: Task | null = first
      while (task !== null) {
        task()
        task = this.isPaused ? null : this.#next()
      }
    } catch (thrown) {
      this.#owner.broke(thrown)
    }
    this.#isRunning = false
    if (this.#isOver) return
    if (this.isPaused) this.#wait()
    else this.#owner.rests()
  }

  #wait(): void {
    this.#isWaiting = true
    if (!this.#owner.waits(this.#goOn)) this.#turns.later(this.#goOn)
  }

  readonly #goOn = (): void => {
    this.#isWaiting = false
    if (this.#isOver) return
    this.isPaused = false
    const next = this.#next()
    if (next === null) this.#owner.rests()
    else this.#run(next)
  }

  #next(): Task | null {
    for (let task = this.#handedOver.pop(); task !== undefined; task = this.#handedOver.pop()) this.#stack.push(task)
    return this.#stack.pop() ?? this.#nextReady() ?? (this.#awaited === 0 ? this.#owner.next() : null)
  }

  #nextReady(): Task | undefined {
    const task = this.#ready[this.#readyTaken]
    if (task === undefined) return undefined
    this.#readyTaken += 1
    if (this.#readyTaken === this.#ready.length) {
      this.#ready = []
      this.#readyTaken = 0
    }
    return task
  }
}
