import { type JsonPath, valueAt } from '../../kafka/payload/json-path.ts'
import type { PayloadFormat } from '../../kafka/payload/payload-format.ts'
import type { ReadPayload } from '../../kafka/ports/payload-reader.ts'
import type { RegisteredSchema } from '../../kafka/schemas.ts'
import { shortened } from '../../kafka/text.ts'
import { scalarBytes } from '../formats/format.ts'
import { type Decoded, DecodeProblem } from '../schema-codec.ts'

/** A value at once, or later. */
export type Soon<T> = T | Promise<T>

/** An attempt that failed. */
export class Failure {
  /** The format, and why the bytes are not of it: `INT64: it takes 8 bytes, not 5`. */
  readonly sentence: string
  readonly work: number

  constructor(format: string, problem: string, work = 0) {
    this.sentence = `${format}: ${problem}`
    this.work = work
  }
}

/** What an attempt came to. */
export type Outcome = ReadPayload | Failure

/** No attempt failed before. */
export const NO_FAILURES: readonly Failure[] = []

/** The most characters of a sentence: parts of it come from headers, schemas and the registry. */
const MOST_PROBLEM = 2000

/** The sentence about all failed attempts; null for none. */
export const problemOf = (failures: readonly Failure[]): string | null =>
  failures.length === 0 ? null : shortened(failures.map(({ sentence }) => sentence).join('; '), MOST_PROBLEM)

/** The work of all failed attempts. */
export const workOf = (failures: readonly Failure[]): number => {
  let work = 0
  for (const failure of failures) work += failure.work
  return work
}

/** A payload that was read. */
export const readAs = (
  format: PayloadFormat,
  { value, jsonBytes, work = jsonBytes }: Decoded,
  schema: RegisteredSchema | null = null,
): ReadPayload => ({ format, value, jsonBytes, schema, problem: null, work })

/** A payload that could not be read in the one format that was asked for. */
export const unread = (format: PayloadFormat, failures: readonly Failure[]): ReadPayload => ({
  format,
  value: undefined,
  jsonBytes: 0,
  schema: null,
  problem: problemOf(failures),
  work: workOf(failures),
})

/** Text or bytes whose value is made when it is read: most readers only ask for the format. */
export class RawRead implements ReadPayload {
  readonly format: 'STRING' | 'BYTES'
  readonly schema = null
  readonly problem: string | null
  readonly work: number
  readonly #bytes: Buffer
  readonly #isWhole: boolean

  /** `isWhole`: false where a path was asked for. Raw text has no parts. */
  constructor(format: 'STRING' | 'BYTES', bytes: Buffer, isWhole: boolean, failures: readonly Failure[]) {
    this.format = format
    this.#bytes = bytes
    this.#isWhole = isWhole
    this.problem = problemOf(failures)
    this.work = workOf(failures)
  }

  get jsonBytes(): number {
    const { length } = this.#bytes
    if (!this.#isWhole) return 0
    return this.format === 'STRING' ? length : Math.ceil(length / 3) * 4
  }

  get value(): unknown {
    return this.#isWhole ? this.#bytes.toString(this.format === 'STRING' ? 'utf8' : 'base64') : undefined
  }
}

const isContainer = (value: unknown): boolean => typeof value === 'object' && value !== null

/** The part of a whole reading at a path. `isKept`: the whole was read before, and its work was counted then. */
export const partOf = (whole: ReadPayload, path: JsonPath, isKept: boolean): ReadPayload => {
  const { format, schema, problem } = whole
  const isRaw = whole instanceof RawRead
  const value = isRaw ? undefined : valueAt(whole.value, path)
  const partBytes = isContainer(value) ? whole.jsonBytes : scalarBytes(value)
  const jsonBytes = isRaw ? 0 : partBytes
  return { format, value, jsonBytes, schema, problem, work: isKept ? jsonBytes : whole.work }
}

/** Runs a decoder. `about`: what the problem is about besides the format, such as `schema 7`. */
export const attempt = (format: string, read: () => ReadPayload, about?: string): Outcome => {
  const prefix = about === undefined ? '' : `${about}: `
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof DecodeProblem) return new Failure(format, `${prefix}${thrown.message}`, thrown.work)
    // A fault of a decoder must not break the other payloads.
    return new Failure(format, `${prefix}cannot be read (${thrown instanceof Error ? thrown.name : 'unknown error'})`)
  }
}
