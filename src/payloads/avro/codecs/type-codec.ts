import type { JsonPath } from '../../../kafka/json-path.ts'
import { cursor } from '../binary/cursor.ts'

/** What a JSON value is. */
export type JsonForm = 'null' | 'boolean' | 'number' | 'text' | 'array' | 'object'

/** Reads and writes the values of one type. All codecs have these properties in this order, so that V8 finds them quickly. */
export interface TypeCodec {
  /** The name of the type as a branch of a union, such as `long` or `shop.Money`. */
  readonly branch: string
  /** What its values are in JSON. */
  readonly form: JsonForm
  /** What a value that JSON cannot hold in this form becomes, such as NaN or a number beyond 2^53 - 1. */
  readonly exceptionalForm: JsonForm
  /** About how many bytes a value takes as JSON, without texts and without values inside it. */
  readonly jsonBytes: number
  read(): unknown
  /** Passes a value without building it. */
  skip(): void
  /** Reads the value at the path, from this step on, and skips everything else. Undefined if there is none. */
  readAt(path: JsonPath, step: number): unknown
  /** Whether the value can be written exactly. What is inside arrays, maps and records is not checked. */
  accepts(value: unknown): boolean
  /** @throws EncodeProblem */
  write(value: unknown): void
}

/** The parts of a codec for values that have no parts. */
interface LeafParts extends Omit<TypeCodec, 'exceptionalForm' | 'readAt'> {
  readonly exceptionalForm?: JsonForm
}

/** A codec for values that have no parts: numbers, texts and the like. */
export const leafCodec = (parts: LeafParts): TypeCodec => {
  const { branch, form, exceptionalForm = form, jsonBytes, read, skip, accepts, write } = parts
  const readAt = (path: JsonPath, step: number): unknown => {
    if (step === path.length) {
      cursor.count(0, jsonBytes)
      return read()
    }
    skip()
    return undefined
  }
  return { branch, form, exceptionalForm, jsonBytes, read, skip, readAt, accepts, write }
}
