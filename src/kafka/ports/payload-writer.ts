import type { Outcome } from '../errors/kafka-error.ts'
import type { PayloadPart } from '../payload.ts'
import type { SchemaType } from '../schemas.ts'
import type { Call } from './call.ts'

/** A value to write by a schema. */
export interface WriteRequest {
  readonly schemaType: SchemaType
  /** A JSON value, in the form in which payloads are read. */
  readonly data: unknown
  readonly topic: string
  readonly part: PayloadPart
  /** Default: `<topic>-key` or `<topic>-value`. A header has no default. */
  readonly subject?: string | undefined
  /** Default: the latest version of the subject. */
  readonly version?: number | undefined
  /** Instead of subject and version. */
  readonly schemaId?: number | undefined
  /** The Protobuf message, such as `shop.Order.Line`. Default: the first of the file. */
  readonly messageName?: string | undefined
}

/** Writes payloads by the schemas of a registry. */
export interface PayloadWriter {
  /**
   * The bytes of each value with Confluent's framing, or why they cannot be written. Looks each schema up once. A value that
   * does not fit its schema is INVALID_RECORD, with the place of the field as `path` in its details, such as `$.lines[0].price`.
   */
  write(call: Call, requests: readonly WriteRequest[]): Promise<readonly Outcome<Buffer>[]>
}
