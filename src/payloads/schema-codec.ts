import type { JsonPath } from '../kafka/payload/json-path.ts'
import type { SchemaType } from '../kafka/schemas.ts'

/** A schema with the texts of all schemas that it refers to, directly and indirectly. */
export interface SchemaText {
  readonly schemaType: SchemaType
  readonly schema: string
  /** Each before the schemas that refer to it. `name` is the name that the referring text uses. */
  readonly references: readonly { readonly name: string; readonly schema: string }[]
}

/** What to read. */
export interface DecodeOptions {
  /** Builds only the value at this path. */
  readonly path?: JsonPath | undefined
  /** Protobuf: the place of the message in its file, by the framing. Default: [0], the first message. */
  readonly messageIndexes?: readonly number[] | undefined
  /** Protobuf: the name of the message, such as `shop.Order`, for bytes without a framing. It wins over the indexes. */
  readonly messageName?: string | undefined
}

/** A decoded value. */
export interface Decoded {
  readonly value: unknown
  /** Roughly how many bytes it takes as JSON. */
  readonly jsonBytes: number
  /** The work that it took, as bytes of JSON. Default: `jsonBytes`. More if values were only passed. */
  readonly work?: number
}

/** An encoded value. */
export interface Encoded {
  readonly bytes: Buffer
  /** Protobuf: the place of the message in its file. */
  readonly messageIndexes: readonly number[] | null
}

/** Reads and writes values of one schema. Nothing is generated from the schema's text: other people write it. */
export interface SchemaCodec {
  /** Reads the bytes from `start` to their end. @throws DecodeProblem */
  decode(bytes: Buffer, start: number, options: DecodeOptions): Decoded
  /** @throws EncodeProblem that names the field */
  encode(value: unknown, messageName?: string): Encoded
}

/** The most that one payload may become. They are counted while it is read. */
export const DECODE_LIMITS = { values: 100_000, depth: 128, jsonBytes: 16_777_216 } as const

/** Why bytes cannot be read: a sentence without the final period, such as `truncated at byte 17`. */
export class DecodeProblem extends Error {
  override readonly name = 'DecodeProblem'
  /** The work until then, as bytes of JSON. */
  work: number

  constructor(problem: string, work = 0) {
    super(problem)
    this.work = work
  }
}

/** What the smallest value takes as JSON, a null with its comma. */
const LEAST_VALUE_BYTES = 5

/** The work of a decoder that built or passed so many values. */
export const decodeWork = (values: number, jsonBytes: number): number => Math.max(jsonBytes, LEAST_VALUE_BYTES * values)

/** Decodes. If that fails, the problem says how much work came before. @throws DecodeProblem */
export const countingWork = <T>(counter: { readonly work: number }, decode: () => T): T => {
  try {
    return decode()
  } catch (thrown) {
    if (thrown instanceof DecodeProblem) thrown.work = counter.work
    throw thrown
  }
}

/** Why a schema cannot be used, such as `unknown type shop.Money`. */
export class SchemaProblem extends Error {
  override readonly name = 'SchemaProblem'
}

/** Why a value does not fit its schema. */
export class EncodeProblem extends Error {
  override readonly name = 'EncodeProblem'
  /** The field, such as `$.lines[0].price`. */
  readonly path: string

  constructor(path: string, problem: string) {
    super(problem)
    this.path = path
  }
}
