import type { JsonPath } from '../../kafka/payload/json-path.ts'
import { countingWork, DECODE_LIMITS, type Decoded, DecodeProblem, decodeWork } from '../schema-codec.ts'
import { type BinaryHeads, UNTIL_END } from './binary-heads.ts'
import { scalarBytes } from './format.ts'

/** A value of a binary format. */
export interface BuiltValue extends Decoded {
  /** It is a map or a list of maps, and every key of every map is text, without control characters and not empty. */
  readonly isOfPlainMaps: boolean
  readonly work: number
}

const CONTROL = /\p{C}/u

const isPlainKey = (key: unknown): boolean => typeof key === 'string' && key !== '' && !CONTROL.test(key)

/** The name of a map's key in JSON. Numbers and words become their text. */
const nameOf = (key: unknown): string => (typeof key === 'string' ? key : JSON.stringify(key))

/** Sets a field, also one called `__proto__`, which an assignment would take as the prototype. */
const setField = (map: Record<string, unknown>, name: string, value: unknown): void => {
  if (name === '__proto__')
    Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true })
  else map[name] = value
}

/** How deep a value of the payload is, and how much of the path leads to it. */
interface Place {
  readonly depth: number
  /** The number of steps of the path that lead here. Undefined: beside the path. */
  readonly steps: number | undefined
}

/** Builds a JSON value from heads. Values, depth and bytes are counted while it is built. */
class ValueBuilder {
  readonly #heads: BinaryHeads
  readonly #path: JsonPath
  #values = 0
  jsonBytes = 0
  isOfPlainMaps = true

  constructor(heads: BinaryHeads, path: JsonPath) {
    this.#heads = heads
    this.#path = path
  }

  /** What was built and passed until now, as bytes of JSON. */
  get work(): number {
    return decodeWork(this.#values, this.jsonBytes)
  }

  /** The next value; undefined if the path does not lead to it or into it. */
  build(place: Place): unknown {
    const kind = this.#next(place)
    if (kind === 'end') throw new DecodeProblem(`an end without a beginning before byte ${this.#heads.position}`)
    return this.#rest(kind, place)
  }

  #next({ depth, steps }: Place): ReturnType<BinaryHeads['next']> {
    const heads = this.#heads
    heads.isSkipping = steps === undefined
    const kind = heads.next()
    this.#values += 1
    if (this.#values > DECODE_LIMITS.values) throw new DecodeProblem(`more than ${DECODE_LIMITS.values} values`)
    if (depth > DECODE_LIMITS.depth) throw new DecodeProblem(`nested deeper than ${DECODE_LIMITS.depth} levels`)
    return kind
  }

  #rest(kind: 'value' | 'list' | 'map', place: Place): unknown {
    if (kind === 'list') return this.#list(this.#heads.count, place)
    if (kind === 'map') return this.#map(this.#heads.count, place)
    if (place.depth === 0) this.isOfPlainMaps = false
    if (place.steps !== this.#path.length) return undefined
    const { value } = this.#heads
    this.#add(typeof value === 'object' && value !== null ? JSON.stringify(value).length : scalarBytes(value))
    return value
  }

  #add(bytes: number): void {
    this.jsonBytes += bytes
    if (this.jsonBytes > DECODE_LIMITS.jsonBytes)
      throw new DecodeProblem(`more than ${DECODE_LIMITS.jsonBytes} bytes of JSON`)
  }

  /** Where a child of `place` is. Keys of maps are text, so a number in the path names the key of its digits. */
  #below({ depth, steps }: Place, step: string | number): Place {
    if (steps === undefined) return { depth: depth + 1, steps }
    const wanted = typeof step === 'string' ? String(this.#path[steps]) : this.#path[steps]
    if (steps !== this.#path.length && wanted !== step) return { depth: depth + 1, steps: undefined }
    return { depth: depth + 1, steps: Math.min(steps + 1, this.#path.length) }
  }

  #list(count: number, place: Place): unknown {
    const isWhole = place.steps === this.#path.length
    const items: unknown[] = []
    let picked: unknown
    for (let index = 0; index !== count; index++) {
      const below = this.#below(place, index)
      const kind = this.#next(below)
      if (kind === 'end') {
        if (count !== UNTIL_END) throw this.#early()
        break
      }
      if (place.depth === 0 && kind !== 'map') this.isOfPlainMaps = false
      const item = this.#rest(kind, below)
      if (isWhole) items.push(item)
      else if (below.steps !== undefined) picked = item
    }
    if (isWhole) this.#add(2)
    return isWhole ? items : picked
  }

  #map(count: number, place: Place): unknown {
    const isWhole = place.steps === this.#path.length
    const map: Record<string, unknown> = {}
    let picked: unknown
    for (let entry = 0; entry !== count; entry++) {
      const name = this.#key(count, place)
      if (name === undefined) break
      const below = this.#below(place, name)
      const value = this.build(below)
      if (isWhole) this.#set(map, name, value)
      else if (below.steps !== undefined) picked = value
    }
    if (isWhole) this.#add(2)
    return isWhole ? map : picked
  }

  /** The name of the next entry; undefined at the end of the map. */
  #key(count: number, { depth }: Place): string | undefined {
    const place = { depth: depth + 1, steps: this.#path.length }
    const kind = this.#next(place)
    if (kind === 'end') {
      if (count !== UNTIL_END) throw this.#early()
      return undefined
    }
    if (kind !== 'value') throw new DecodeProblem(`the key of a map is a ${kind} before byte ${this.#heads.position}`)
    const key = this.#rest(kind, place)
    if (!this.#heads.isText || !isPlainKey(key)) this.isOfPlainMaps = false
    return nameOf(key)
  }

  #set(map: Record<string, unknown>, name: string, value: unknown): void {
    if (Object.hasOwn(map, name)) throw new DecodeProblem(`the key ${JSON.stringify(name.slice(0, 60))} comes twice`)
    setField(map, name, value)
  }

  #early(): DecodeProblem {
    return new DecodeProblem(`a list or map ends too early before byte ${this.#heads.position}`)
  }
}

/** Builds the one value that the bytes hold, or only the value at the path. @throws DecodeProblem */
export const buildValue = (heads: BinaryHeads, bytes: Buffer, path: JsonPath = []): BuiltValue => {
  const builder = new ValueBuilder(heads, path)
  const value = countingWork(builder, () => builder.build({ depth: 0, steps: 0 }))
  const { jsonBytes, isOfPlainMaps, work } = builder
  if (heads.position !== bytes.length)
    throw new DecodeProblem(`the value ends at byte ${heads.position} of ${bytes.length}`, work)
  return { value, jsonBytes, isOfPlainMaps, work }
}
