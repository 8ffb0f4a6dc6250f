import type { JsonPath } from '../json-path.ts'
import type { PayloadFormat } from '../payload/payload-format.ts'
import type { Payload } from '../payload.ts'
import type { RegisteredSchema } from '../schemas.ts'
import type { Call } from './call.ts'

/** What is asked of a payload. */
export interface ReadRequest {
  /** The format to read it in; undefined: the setting for its topic, else the format that is recognised. */
  readonly as?: PayloadFormat | undefined
  /** Builds only the value at this path; undefined: the whole value. */
  readonly path?: JsonPath | undefined
}

/** A payload that was read. */
export interface ReadPayload {
  readonly format: PayloadFormat
  /** A JSON value: whole numbers beyond 2^53 - 1 are text of digits, bytes are base64. Undefined if nothing could be read. */
  readonly value: unknown
  /** Roughly how many bytes the value takes as JSON. */
  readonly jsonBytes: number
  /** The schema that it was written by. */
  readonly schema: RegisteredSchema | null
  /** What was tried and why each failed; null if it was read. */
  readonly problem: string | null
  /** The work that it took, as bytes of JSON: those of the value, and those that failed attempts had made. */
  readonly work: number
}

/** Reads payloads in any format. */
export interface PayloadReader {
  /** Never throws and never rejects: `problem` says why a payload could not be read. A promise while a schema is being fetched. */
  read(call: Call, payload: Payload, request: ReadRequest): ReadPayload | Promise<ReadPayload>
  /** The bytes as text; null if they are not valid UTF-8. Large texts are kept for the other fields of the event. */
  text(bytes: Buffer): string | null
}
