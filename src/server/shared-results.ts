import type { ReadyResult } from './ready-result.ts'

/** Results of one operation with the same variables, for all who subscribe to it, by event. */
export interface ResultShare extends Disposable {
  get(event: object): ReadyResult | undefined
  /** Keeps a result for the others; does nothing while there is no other. */
  set(event: object, result: ReadyResult): void
}

interface Variant {
  subscribers: number
  readonly results: Map<object, ReadyResult>
  /** Called when the last subscriber has left. */
  readonly forget: () => void
}

interface Kept {
  readonly variant: Variant
  readonly event: object
  readonly bytes: number
}

/** One subscriber's part. A class: every idle subscriber has one. */
class Share implements ResultShare {
  readonly #variant: Variant
  readonly #keep: (variant: Variant, event: object, result: ReadyResult) => void
  #isIn = true

  constructor(variant: Variant, keep: (variant: Variant, event: object, result: ReadyResult) => void) {
    this.#variant = variant
    this.#keep = keep
  }

  get(event: object): ReadyResult | undefined {
    return this.#variant.results.get(event)
  }

  set(event: object, result: ReadyResult): void {
    if (this.#variant.subscribers > 1) this.#keep(this.#variant, event, result)
  }

  [Symbol.dispose](): void {
    if (!this.#isIn) return
    this.#isIn = false
    this.#variant.subscribers -= 1
    if (this.#variant.subscribers > 0) return
    this.#variant.results.clear()
    this.#variant.forget()
  }
}

/**
 * Serialised results that several subscribers are waiting for. Subscribers of the same operation move in step, so a result is
 * wanted again at once or never: the oldest go first when `maxBytes` are held by all together.
 */
export class SharedResults {
  readonly #maxBytes: number
  readonly #variants = new Map<object, Map<string, Variant>>()
  #queue: Kept[] = []
  #gone = 0
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Takes part in the results of `plan` with these variables until disposed. */
  join(plan: object, variantKey: string): ResultShare {
    const variants = this.#variants.get(plan) ?? new Map<string, Variant>()
    this.#variants.set(plan, variants)
    const variant = variants.get(variantKey) ?? this.#newVariant(plan, variants, variantKey)
    variants.set(variantKey, variant)
    variant.subscribers += 1
    return new Share(variant, this.#keep)
  }

  #newVariant(plan: object, variants: Map<string, Variant>, key: string): Variant {
    const forget = () => {
      variants.delete(key)
      if (variants.size === 0) this.#variants.delete(plan)
    }
    return { subscribers: 0, results: new Map(), forget }
  }

  readonly #keep = (variant: Variant, event: object, result: ReadyResult): void => {
    const bytes = result.text.length * 2
    variant.results.set(event, result)
    this.#queue.push({ variant, event, bytes })
    this.#bytes += bytes
    while (this.#bytes > this.#maxBytes) this.#dropOldest()
  }

  #dropOldest(): void {
    const oldest = this.#queue[this.#gone++]
    if (oldest === undefined) return
    this.#bytes -= oldest.bytes
    oldest.variant.results.delete(oldest.event)
    if (this.#gone < 256 || this.#gone * 2 < this.#queue.length) return
    this.#queue = this.#queue.slice(this.#gone)
    this.#gone = 0
  }
}
