import { nextTurn } from './loop-turn.ts'

/** Splits long work into slices of about `sliceMs`, and yields to the event loop between them. */
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

  /** Yields to the event loop, then starts a new slice. */
  async next(): Promise<void> {
    await nextTurn()
    this.#end = performance.now() + this.#sliceMs
  }
}
