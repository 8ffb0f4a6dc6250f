import { createHash } from 'node:crypto'

/** Every subscriber keeps its text, so a longer one is replaced by its digest. */
const LONGEST = 200

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

const short = (text: string): string =>
  text.length <= LONGEST ? text : `#${createHash('sha256').update(text).digest('base64')}`

/** Writes each large value once: a list of 250,000 names may be the argument of 200 fields. */
class ExactWriter {
  readonly #written = new Map<object | string, string | null>()

  write(value: unknown): string | null {
    if (typeof value === 'bigint') return `${value}n`
    if (value === null || typeof value === 'boolean') return String(value)
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
    if (typeof value === 'string' && value.length <= LONGEST) return JSON.stringify(value)
    if (typeof value !== 'object' && typeof value !== 'string') return null
    const known = this.#written.get(value)
    if (known !== undefined) return known
    const text = typeof value === 'string' ? JSON.stringify(value) : this.#writeObject(value)
    const kept = text === null ? null : short(text)
    this.#written.set(value, kept)
    return kept
  }

  #writeObject(value: object): string | null {
    if (Buffer.isBuffer(value)) return `bytes ${value.toString('base64')}`
    if (Array.isArray(value)) return this.#join('[', value)
    return isPlain(value) ? this.#join('{', Object.entries(value).flat()) : null
  }

  #join(open: '[' | '{', values: readonly unknown[]): string | null {
    const texts: string[] = []
    for (const each of values) {
      const text = this.write(each)
      if (text === null) return null
      texts.push(text)
    }
    return `${open}${texts.join(',')}${open === '[' ? ']' : '}'}`
  }
}

/** A short text that is equal for equal values and different for different ones; null for values of unknown kinds. */
export const exactText = (value: unknown): string | null => new ExactWriter().write(value)
