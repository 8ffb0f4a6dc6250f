import type { PayloadFormat } from '../../kafka/payload/payload-format.ts'
import { readCbor } from '../formats/cbor.ts'
import type { Format } from '../formats/format.ts'
import { readJson } from '../formats/json.ts'
import { readMsgpack } from '../formats/msgpack.ts'
import { readNull } from '../formats/null.ts'
import { NUMBER_READERS, type NumberFormat } from '../formats/numbers.ts'
import { readBytes } from '../formats/raw-bytes.ts'
import { readText } from '../formats/text.ts'
import { readUuid } from '../formats/uuid.ts'

/** The formats that a schema describes. */
export type SchemaFormat = 'AVRO' | 'PROTOBUF' | 'JSON_SCHEMA'
/** The formats of Kafka's internal topics. */
export type InternalFormat = 'CONSUMER_OFFSETS' | 'TRANSACTION_STATE' | 'SHARE_GROUP_STATE'
/** The formats that say everything by themselves. */
export type PlainFormat = Exclude<PayloadFormat, SchemaFormat | InternalFormat>

const OTHERS: Readonly<Record<Exclude<PlainFormat, NumberFormat>, Format>> = {
  NULL: readNull,
  STRING: readText,
  JSON: readJson,
  MSGPACK: readMsgpack,
  CBOR: readCbor,
  UUID: readUuid,
  BYTES: readBytes,
}

/** The reader of each format without a schema. */
export const PLAIN_READERS: Readonly<Record<PlainFormat, Format>> = { ...OTHERS, ...NUMBER_READERS }

/** True for a format without a schema. */
export const isPlain = (format: PayloadFormat): format is PlainFormat => Object.hasOwn(PLAIN_READERS, format)
