/** How the bytes of a payload can be read. */
export const PAYLOAD_FORMATS = [
  'NULL',
  'STRING',
  'JSON',
  'AVRO',
  'PROTOBUF',
  'JSON_SCHEMA',
  'MSGPACK',
  'CBOR',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FLOAT32',
  'FLOAT64',
  'UUID',
  'BYTES',
  'CONSUMER_OFFSETS',
  'TRANSACTION_STATE',
  'SHARE_GROUP_STATE',
] as const

/** One of these formats. */
export type PayloadFormat = (typeof PAYLOAD_FORMATS)[number]
