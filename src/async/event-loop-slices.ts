import { nextTurn } from './loop-turn.ts'

/** Cuts one long piece of work into slices of about `sliceMs`; between two slices the event loop gets a turn. */
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
    await nextTurn()
    this.#end = performance.now() + this.#sliceMs
  }
}
