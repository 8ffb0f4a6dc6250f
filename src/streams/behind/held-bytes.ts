import type { LogSlice } from '../../kafka/ports/log-source.ts'

/**
 * Bytes read for subscribers behind their rings and not delivered yet, in the whole process. Shared slices count once.
 */
export class HeldBytes {
  readonly #most: number
  readonly #holders = new Map<LogSlice, number>()
  #held = 0

  constructor(most: number) {
    this.#most = most
  }

  /** True when no feed should read ahead. */
  get isSpent(): boolean {
    return this.#held >= this.#most
  }

  get held(): number {
    return this.#held
  }

  take(slice: LogSlice): void {
    const holders = this.#holders.get(slice) ?? 0
    if (holders === 0) this.#held += slice.bytes
    this.#holders.set(slice, holders + 1)
  }

  give(slice: LogSlice): void {
    const holders = this.#holders.get(slice) ?? 0
    if (holders > 1) {
      this.#holders.set(slice, holders - 1)
      return
    }
    if (this.#holders.delete(slice)) this.#held -= slice.bytes
  }
}
