import type { JsonPath } from './json-path.ts'
import type { Payload } from './payload.ts'
import type { PayloadFormat } from './payload-format.ts'
import type { Call } from './ports/call.ts'
import type { RegisteredSchema, SchemaType } from './schemas.ts'

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
}

/** Reads payloads in any format. */
export interface PayloadReader {
  /** Never throws and never rejects: `problem` says why a payload could not be read. A promise while a schema is being fetched. */
  read(call: Call, payload: Payload, request: ReadRequest): ReadPayload | Promise<ReadPayload>
}

/** A value to write by a schema. */
export interface WriteRequest {
  readonly schemaType: SchemaType
  readonly data: unknown
  readonly topic: string
  readonly part: 'KEY' | 'VALUE' | 'HEADER'
  /** Default: `<topic>-key` or `<topic>-value`. */
  readonly subject?: string | undefined
  /** Default: the latest version of the subject. */
  readonly version?: number | undefined
  readonly schemaId?: number | undefined
  /** The Protobuf message, such as `shop.Order.Line`. Default: the first of the file. */
  readonly messageName?: string | undefined
}

/** Writes payloads by the schemas of a registry. */
export interface PayloadWriter {
  /** The bytes with Confluent's framing. @throws KafkaError INVALID_RECORD with the path of the field that does not fit. */
  write(call: Call, request: WriteRequest): Promise<Buffer>
}
