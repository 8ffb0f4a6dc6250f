import { type JsonPath, valueAt } from '../../kafka/json-path.ts'
import type { Decoded } from '../schema-codec.ts'

/** Reads bytes that need no schema. With a path it returns only the value there. @throws DecodeProblem */
export type Format = (bytes: Buffer, path?: JsonPath | undefined) => Decoded

/** A count of bytes in a sentence. */
export const bytesText = (count: number): string => (count === 1 ? '1 byte' : `${count} bytes`)

/** Roughly what a number takes in JSON. */
const NUMBER_BYTES = 10
/** What `null`, `true`, `false` and a comma take. */
const WORD_BYTES = 6

/** Roughly how many bytes a value without fields or items takes in JSON, with the comma after it. */
export const scalarBytes = (value: unknown): number => {
  if (typeof value === 'string') return value.length + 3
  return typeof value === 'number' ? NUMBER_BYTES : WORD_BYTES
}

/** A scalar as a decoded value. A path into a scalar leads to nothing. */
export const decodedScalar = (value: string | number | null, path: JsonPath | undefined): Decoded => ({
  value: path === undefined ? value : valueAt(value, path),
  jsonBytes: scalarBytes(value),
})

/** A whole number as JSON holds it exactly: a number up to ±(2^53 - 1), beyond that the text of its digits. */
export const exactInteger = (value: bigint): number | string =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value)

/** A floating-point number as JSON: NaN and the infinities, which JSON lacks, are text. */
export const exactFloat = (value: number): number | string => (Number.isFinite(value) ? value : String(value))
