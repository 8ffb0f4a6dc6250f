import { setImmediate } from 'node:timers/promises'

/** Cuts long work into slices of about `sliceMs`, between which everything else gets its turn. */
export class EventLoopSlices {
  readonly #sliceMs: number
  #end: number

  constructor(sliceMs: number) {
    this.#sliceMs = sliceMs
    this.#end = performance.now() + sliceMs
  }

  /** Whether the slice is used up. */
  get isOver(): boolean {
    return performance.now() >= this.#end
  }

  /** Lets the event loop turn once; a new slice starts. */
  async next(): Promise<void> {
    await setImmediate()
    this.#end = performance.now() + this.#sliceMs
  }
}
