import type { Turns } from '../../../async/turns.ts'

type Task = () => void

/** What a piece of work asks for when it stops. */
export interface WorkOwner {
  /** Nothing is left to do and nothing is awaited: the next task, or null when all is over. */
  next(): Task | null
  /** Work has stopped for something other than its turn; `goOn` continues it. False when there is no such reason. */
  waits(goOn: () => void): boolean
  /** Everything that could be done is done: what is left waits for promises. */
  rests(): void
  /** A task has thrown, which none should. */
  broke(thrown: unknown): void
}

/** Steps between two looks at the clock: a value is one, a resolver's call 16. */
const STEPS = 64

/**
 * The work of one operation, in slices. Each part of it looks at `isPaused` between two steps, and when it is set hands
 * over what is left of its own part and returns: the innermost first, so that work goes on where it stopped.
 */
export class Work {
  /** True when everybody should hand over what is left and return. */
  isPaused = false
  readonly #turns: Turns
  readonly #owner: WorkOwner
  #left = STEPS
  #awaited = 0
  #isRunning = false
  #isWaiting = false
  #isOver = false
  /** What was handed over in this slice, the innermost first. */
  #handedOver: Task[] = []
  /** What is left of earlier slices, the innermost last. */
  readonly #stack: Task[] = []
  /** What came while other work was going on, in order. */
  #ready: Task[] = []
  #readyTaken = 0

  constructor(turns: Turns, owner: WorkOwner) {
    this.#turns = turns
    this.#owner = owner
  }

  /** True once the work has ended, whatever is left of it. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Counts steps; looks at the clock now and then. */
  spend(steps: number): void {
    this.#left -= steps
    if (this.#left > 0) return
    this.#left = STEPS
    if (this.#turns.isOver) this.isPaused = true
  }

  /** Hands over what is left of a part. */
  handOver(task: Task): void {
    if (!this.#isOver) this.#handedOver.push(task)
  }

  /** Works on `task`, at once where nothing else is worked on. */
  start(task: Task): void {
    if (this.#isOver) return
    if (this.#isRunning || this.#isWaiting) this.#ready.push(task)
    else this.#run(task)
  }

  /** Waits for a promise; what comes of it is worked on. */
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

  /** Ends the work: nothing that is left is done. */
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
