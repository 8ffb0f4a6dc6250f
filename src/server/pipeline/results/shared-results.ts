import type { ReadyPieces } from './large-events.ts'
import type { ReadyResult } from './ready-result.ts'

/** A result that subscribers share. */
export type Shareable = ReadyResult | ReadyPieces

/** Results by event, shared by all subscribers of one operation with the same variables and the same visibility. */
export interface ResultShare extends Disposable {
  get(event: object): Shareable | undefined
  /** Keeps a result for the other subscribers. No effect without others. */
  set(event: object, result: Shareable): void
  /** The result that another subscriber is making; null if that fails, undefined when none is being made. */
  making(event: object): Promise<ReadyPieces | null> | undefined
  /** Lets the other subscribers wait for this result. */
  make(event: object, making: Promise<ReadyPieces>): void
}

/** A kept result. It does not hold the event, which may be many times larger than the text made from it. */
interface Kept {
  readonly variant: Variant
  readonly bytes: number
  /** Null once evicted. */
  result: Shareable | null
}

interface Variant {
  subscribers: number
  /** Number of kept results. */
  keptCount: number
  /** Weak: subscribers that may still ask hold the event. */
  readonly results: WeakMap<object, Kept>
  /** Results that take more than a turn of the event loop and are being made. */
  readonly making: WeakMap<object, Promise<ReadyPieces | null>>
  /** Called when the last subscriber has left. */
  readonly forget: (variant: Variant) => void
}

/** One subscriber's share. A class, because every idle subscriber has one. */
class Share implements ResultShare {
  readonly #variant: Variant
  readonly #keep: (variant: Variant, event: object, result: Shareable) => void
  #isIn = true

  constructor(variant: Variant, keep: (variant: Variant, event: object, result: Shareable) => void) {
    this.#variant = variant
    this.#keep = keep
  }

  get(event: object): Shareable | undefined {
    return this.#variant.results.get(event)?.result ?? undefined
  }

  set(event: object, result: Shareable): void {
    if (this.#variant.subscribers > 1) this.#keep(this.#variant, event, result)
  }

  making(event: object): Promise<ReadyPieces | null> | undefined {
    return this.#variant.making.get(event)
  }

  make(event: object, making: Promise<ReadyPieces>): void {
    const { subscribers, making: all } = this.#variant
    if (subscribers < 2) return
    const over = <Value>(value: Value): Value => {
      all.delete(event)
      return value
    }
    all.set(
      event,
      making.then(over, () => over(null)),
    )
  }

  [Symbol.dispose](): void {
    if (!this.#isIn) return
    this.#isIn = false
    this.#variant.subscribers -= 1
    if (this.#variant.subscribers === 0) this.#variant.forget(this.#variant)
  }
}

/**
 * Serialised results that several subscribers are waiting for. Subscribers of the same operation move in step, so a
 * result is wanted again at once or never. The oldest are evicted when all together exceed `maxBytes`.
 */
export class SharedResults {
  readonly #maxBytes: number
  readonly #variants = new Map<string | object, Map<string, Variant>>()
  #queue: Kept[] = []
  #gone = 0
  /** Number of results kept for operations that no longer have subscribers. */
  #unwanted = 0
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Joins the results of one form with these values until disposed. */
  join(form: string | object, variantKey: string): ResultShare {
    const variants = this.#variants.get(form) ?? new Map<string, Variant>()
    this.#variants.set(form, variants)
    const variant = variants.get(variantKey) ?? this.#newVariant(form, variants, variantKey)
    variants.set(variantKey, variant)
    variant.subscribers += 1
    return new Share(variant, this.#keep)
  }

  /** Bytes held for subscribers that have not received them yet. */
  get bytes(): number {
    return this.#bytes
  }

  #newVariant(form: string | object, variants: Map<string, Variant>, key: string): Variant {
    const forget = (variant: Variant) => {
      variants.delete(key)
      if (variants.size === 0) this.#variants.delete(form)
      this.#unwanted += variant.keptCount
      this.#giveUpUnwanted()
    }
    return { subscribers: 0, keptCount: 0, results: new WeakMap(), making: new WeakMap(), forget }
  }

  readonly #keep = (variant: Variant, event: object, result: Shareable): void => {
    const kept: Kept = { variant, bytes: result.heldBytes, result }
    variant.results.set(event, kept)
    variant.keptCount += 1
    this.#queue.push(kept)
    this.#bytes += kept.bytes
    while (this.#bytes > this.#maxBytes) this.#dropOldest()
  }

  #dropOldest(): void {
    const oldest = this.#queue[this.#gone++]
    if (oldest === undefined) return
    this.#giveUp(oldest)
    if (this.#gone < 256 || this.#gone * 2 < this.#queue.length) return
    this.#queue = this.#queue.slice(this.#gone)
    this.#gone = 0
  }

  #giveUp(kept: Kept): void {
    this.#bytes -= kept.bytes
    kept.variant.keptCount -= 1
    if (kept.variant.subscribers === 0) this.#unwanted -= 1
    kept.result = null
  }

  /** Only when they are half of all: many operations may end at once, and each would scan the whole list. */
  #giveUpUnwanted(): void {
    if (this.#unwanted === 0 || this.#unwanted * 2 < this.#queue.length - this.#gone) return
    const wanted: Kept[] = []
    for (const kept of this.#queue.slice(this.#gone)) {
      if (kept.variant.subscribers === 0) this.#giveUp(kept)
      else wanted.push(kept)
    }
    this.#queue = wanted
    this.#gone = 0
  }
}
