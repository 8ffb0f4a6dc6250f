import { enumType, parts } from '../core/schema-part.ts'

/** The formats of `kafka/payload/payload-format.ts`. The compiler compares the two where a field returns one. */
export const PayloadFormatEnum = enumType('PayloadFormat', {
  description: 'A format in which the bytes of a payload can be read.',
  values: {
    NULL: {
      description:
        'No bytes at all. A payload that is recognised is never NULL: `key` and `value` are null themselves.',
    },
    STRING: {
      description: 'Text in UTF-8 that is not JSON: read `string`.',
    },
    JSON: {
      description: 'JSON text: read `json` or `string`. A plain number such as 42 is JSON too.',
    },
    AVRO: {
      description:
        'Avro, a compact binary format without field names. Only the schema that it was written by can read it. Producers put the number of that schema in front (0x00 and four bytes) or into a header, and the server gets the schema from the registry.',
    },
    PROTOBUF: {
      description:
        'Protocol Buffers, a binary format with numbers in place of field names. The schema comes from the registry, as for AVRO.',
    },
    JSON_SCHEMA: {
      description: 'JSON text with the number of its JSON Schema in front or in a header.',
    },
    MSGPACK: {
      description:
        'MessagePack, a binary form of JSON. Recognised only where the bytes can hardly be anything else: a map, or a list of maps, with text as keys.',
    },
    CBOR: {
      description: 'CBOR (RFC 8949), a binary form of JSON. Recognised under the same condition as MSGPACK.',
    },
    INT8: {
      description: 'A whole number of one byte.',
    },
    INT16: {
      description:
        'A whole number of two bytes, as Kafka’s ShortSerializer writes it. Numbers are never recognised: force them with `as`, or set PAYLOAD_FORMATS.',
    },
    INT32: {
      description: 'A whole number of four bytes, as Kafka’s IntegerSerializer writes it.',
    },
    INT64: {
      description:
        'A whole number of eight bytes, as Kafka’s LongSerializer writes it. Beyond ±9007199254740991 it is a string of its digits.',
    },
    FLOAT32: {
      description:
        'A floating-point number of four bytes, as Kafka’s FloatSerializer writes it. NaN and the infinities are strings.',
    },
    FLOAT64: {
      description:
        'A floating-point number of eight bytes, as Kafka’s DoubleSerializer writes it. NaN and the infinities are strings.',
    },
    UUID: {
      description: 'A UUID: 16 bytes, or its 36 characters as Kafka’s UUIDSerializer writes them.',
    },
    BYTES: {
      description: 'Any other bytes: read `base64` or `hex`. `decodeError` says what was tried.',
    },
    CONSUMER_OFFSETS: {
      description:
        'A record of Kafka’s internal topic __consumer_offsets: a committed offset, or the state of a group.',
    },
    TRANSACTION_STATE: {
      description: 'A record of Kafka’s internal topic __transaction_state.',
    },
    SHARE_GROUP_STATE: {
      description: 'A record of Kafka’s internal topic __share_group_state.',
    },
  } as const,
})

/** What this file adds to a schema. */
export const payloadFormatParts = parts(PayloadFormatEnum)
