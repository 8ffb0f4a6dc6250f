import type { SchemaPointer } from '../schema-source.ts'

/** The ways in which bytes name their schema. */
export type FramingKind =
  /** Confluent's header `__key_schema_id` or `__value_schema_id`. */
  | 'CONFLUENT_HEADER'
  /** A zero byte and four bytes of id, which Confluent's clients and Apicurio's newer ones write. */
  | 'CONFLUENT'
  /** Apicurio's headers `apicurio.value.globalId` and others. */
  | 'APICURIO_HEADER'
  /** A zero byte and eight bytes of id, which Apicurio's older clients write. */
  | 'APICURIO'
  /** Azure's content type `avro/binary+id`. */
  | 'AZURE'

/** How bytes name their schema, and where the value begins. */
export interface Framing {
  readonly kind: FramingKind
  readonly pointer: SchemaPointer
  /** Where the value begins, or what names its Protobuf message: see `readMessagePlace`. */
  readonly start: number
  /** The bytes that name the Protobuf message, where the header has them; null if they are at `start`. */
  readonly messagePlace: Buffer | null
}

/** Bytes in a framing that cannot be read: a sentence without the final period. */
export interface UnreadableFraming {
  readonly problem: string
}
