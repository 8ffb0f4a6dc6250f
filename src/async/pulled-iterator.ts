import type { Pacer } from './pacer.ts'

/** The source of a pulled iterator. */
export interface PullSource<T extends object> {
  /**
   * The next value; or the most ms to wait before asking again (Infinity: only a wake counts); or null at the end. A
   * thrown error ends the iterator.
   */
  step(): T | number | null
  /** Called once at the end, whatever caused it. */
  release(): void
}

/** A waiting object that looks again when woken. */
export interface Wakeable {
  wake(): void
}

interface Call<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void
  readonly reject: (error: unknown) => void
  next: Call<T> | null
}

const DONE = { done: true, value: undefined } as const

/**
 * An async iterator whose source is asked only while a consumer waits. Not an async generator: a generator that waits
 * for its next value does not react to `return()`, so a disconnected client would keep its fetch for ever.
 */
export class PulledIterator<T extends object>
  implements AsyncIterableIterator<T, undefined>, AsyncDisposable, Wakeable
{
  readonly #source: PullSource<T>
  readonly #pacer: Pacer
  /** Waiting calls as a linked list. There is nearly always one, and an array that was pushed to keeps 152 bytes. */
  #first: Call<T> | null = null
  #last: Call<T> | null = null
  #state: 'open' | 'failed' | 'done' = 'open'
  #error: unknown = null
  #isStepping = false
  #wasWoken = false
  #isPaced = false
  #isWaiting = false
  #timer: NodeJS.Timeout | null = null

  constructor(source: PullSource<T>, pacer: Pacer) {
    this.#source = source
    this.#pacer = pacer
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** True while a consumer waits for a value. */
  get isWaitedFor(): boolean {
    return this.#first !== null
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#state === 'failed') {
      this.#state = 'done'
      return Promise.reject(this.#error)
    }
    if (this.#state === 'done') return Promise.resolve(DONE)
    return new Promise((resolve, reject) => {
      this.#enqueue({ resolve, reject, next: null })
      if (!this.#isWaiting) this.#pump()
    })
  }

  /** Settles every waiting `next()` at once and releases the source. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.#close('done')
    return Promise.resolve(DONE)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  /** Asks the source again if a consumer waits. */
  wake(): void {
    if (this.#isStepping) {
      this.#wasWoken = true
      return
    }
    if (!this.#isWaiting) return
    this.#stopWaiting()
    this.#pump()
  }

  /** Ends with an error: rejects the waiting `next()`, else the next one. */
  fail(error: unknown): void {
    if (this.#state !== 'open') return
    this.#error = error
    const first = this.#dequeue()
    this.#close(first === null ? 'failed' : 'done')
    first?.reject(error)
  }

  #enqueue(call: Call<T>): void {
    if (this.#last === null) this.#first = call
    else this.#last.next = call
    this.#last = call
  }

  #dequeue(): Call<T> | null {
    const call = this.#first
    this.#first = call?.next ?? null
    if (this.#first === null) this.#last = null
    return call
  }

  #pump(): void {
    while (this.#first !== null && this.#state === 'open' && !this.#isPaced) {
      if (!this.#pacer.spend()) {
        this.#giveWay()
        return
      }
      if (!this.#serve()) return
    }
  }

  #giveWay(): void {
    this.#isPaced = true
    this.#pacer.later(() => {
      this.#isPaced = false
      this.#pump()
    })
  }

  /** Serves the first call; false when it has to wait. */
  #serve(): boolean {
    let stepped: T | number | null
    try {
      stepped = this.#step()
    } catch (thrown) {
      this.fail(thrown)
      return false
    }
    if (this.#state !== 'open') return false
    if (stepped === null) {
      this.#close('done')
      return false
    }
    if (typeof stepped === 'number') {
      this.#isWaiting = true
      if (stepped !== Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.wake(), stepped)
      return false
    }
    this.#dequeue()?.resolve({ done: false, value: stepped })
    return true
  }

  #step(): T | number | null {
    this.#isStepping = true
    try {
      for (;;) {
        this.#wasWoken = false
        const stepped = this.#source.step()
        if (typeof stepped !== 'number' || !this.#wasWoken) return stepped
      }
    } finally {
      this.#isStepping = false
    }
  }

  #stopWaiting(): void {
    this.#isWaiting = false
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #close(state: 'failed' | 'done'): void {
    if (this.#state === 'done') return
    const wasOpen = this.#state === 'open'
    this.#state = state
    this.#stopWaiting()
    if (wasOpen) this.#source.release()
    for (let call = this.#dequeue(); call !== null; call = this.#dequeue()) call.resolve(DONE)
  }
}
