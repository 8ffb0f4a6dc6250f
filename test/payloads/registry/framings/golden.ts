import type { Framing, UnreadableFraming } from '../../../../src/payloads/registry/framings/framing.ts'
import type { MessagePlace } from '../../../../src/payloads/registry/framings/message-place.ts'

/** A message as a client wrote it: bytes in hexadecimal digits, headers with hexadecimal digits or text after `=`. */
export interface GoldenFraming {
  readonly by: string
  readonly part?: 'KEY' | 'VALUE' | 'HEADER'
  readonly headers?: Readonly<Record<string, string>>
  readonly bytes: string
  /** What is recognised. `messagePlace` in digits; null if nothing is. */
  readonly framing:
    | (Omit<Framing, 'messagePlace'> & { readonly messagePlace: string | null })
    | UnreadableFraming
    | null
  /** What names the Protobuf message. */
  readonly message?: MessagePlace
}

const GUID = '89791762-2336-4863-8c05-8c9a2a2a7b1c'
const GUID_DIGITS = GUID.replaceAll('-', '')

/** One for each framing that clients write. */
export const GOLDEN: readonly GoldenFraming[] = [
  {
    by: "Confluent's Avro serializer: a zero byte and the id",
    bytes: '00 00000007 0661626302',
    framing: { kind: 'CONFLUENT', pointer: { kind: 'id', id: 7 }, start: 5, messagePlace: null },
  },
  {
    by: "Confluent's Protobuf serializer, the first message of the file: a single 0",
    bytes: '00 00000102 00 0a0161',
    framing: { kind: 'CONFLUENT', pointer: { kind: 'id', id: 258 }, start: 5, messagePlace: null },
    message: { messageIndexes: [0], messageName: null, start: 6 },
  },
  {
    by: "Confluent's Protobuf serializer, the first message nested in the second one",
    bytes: '00 00000102 04 02 00 0a0161',
    framing: { kind: 'CONFLUENT', pointer: { kind: 'id', id: 258 }, start: 5, messagePlace: null },
    message: { messageIndexes: [1, 0], messageName: null, start: 8 },
  },
  {
    by: "Confluent's Protobuf serializer, a message at place 200",
    bytes: '00 00000102 02 9003 0a0161',
    framing: { kind: 'CONFLUENT', pointer: { kind: 'id', id: 258 }, start: 5, messagePlace: null },
    message: { messageIndexes: [200], messageName: null, start: 8 },
  },
  {
    by: 'an id above 2^31',
    bytes: '00 fffffffe 00',
    framing: { kind: 'CONFLUENT', pointer: { kind: 'id', id: 4294967294 }, start: 5, messagePlace: null },
  },
  {
    by: "Confluent's serializer with the GUID in a header",
    headers: { __value_schema_id: `01${GUID_DIGITS}` },
    bytes: '00 00000007 02',
    framing: { kind: 'CONFLUENT_HEADER', pointer: { kind: 'guid', guid: GUID }, start: 0, messagePlace: '' },
  },
  {
    by: "Confluent's Protobuf serializer with the GUID and the indexes in a header",
    part: 'KEY',
    headers: { __key_schema_id: `01${GUID_DIGITS}0402 00`, __value_schema_id: '00 00000009' },
    bytes: '0a0161',
    framing: { kind: 'CONFLUENT_HEADER', pointer: { kind: 'guid', guid: GUID }, start: 0, messagePlace: '040200' },
    message: { messageIndexes: [1, 0], messageName: null, start: 3 },
  },
  {
    by: "Confluent's serializer with the id in a header",
    headers: { __value_schema_id: '00 00000009' },
    bytes: '7b7d',
    framing: { kind: 'CONFLUENT_HEADER', pointer: { kind: 'id', id: 9 }, start: 0, messagePlace: '' },
  },
  {
    by: 'nobody: a header that was cut',
    headers: { __value_schema_id: '01 8979' },
    bytes: '7b7d',
    framing: { problem: 'the header __value_schema_id holds neither a schema id (5 bytes) nor a GUID (17 bytes)' },
  },
  {
    by: "Apicurio's serializer, version 2: eight bytes of id",
    bytes: '00 0000000000000007 0661626302',
    framing: { kind: 'APICURIO', pointer: { kind: 'longId', id: 7 }, start: 9, messagePlace: null },
  },
  {
    by: "Apicurio's Protobuf serializer: the name of the message",
    bytes: '00 00000007 0c 0a0a 73686f702e4f72646572 0a0161',
    framing: { kind: 'CONFLUENT', pointer: { kind: 'id', id: 7 }, start: 5, messagePlace: null },
    message: { messageIndexes: null, messageName: 'shop.Order', start: 18 },
  },
  {
    by: "Apicurio's serializer with the number of the version in a header",
    headers: { 'apicurio.value.globalId': '0000000000000003', 'apicurio.value.encoding': '=BINARY' },
    bytes: '00 00000007 02',
    framing: { kind: 'APICURIO_HEADER', pointer: { kind: 'globalId', globalId: 3 }, start: 0, messagePlace: null },
  },
  {
    by: "Apicurio's serializer with the number of the schema in a header",
    part: 'KEY',
    headers: { 'apicurio.key.contentId': '0000000000000004' },
    bytes: '02',
    framing: { kind: 'APICURIO_HEADER', pointer: { kind: 'id', id: 4 }, start: 0, messagePlace: null },
  },
  {
    by: "Apicurio's serializer with the name of the artifact in headers",
    headers: {
      'apicurio.value.groupId': '=default',
      'apicurio.value.artifactId': '=orders-value',
      'apicurio.value.version': '=2',
    },
    bytes: '02',
    framing: {
      kind: 'APICURIO_HEADER',
      pointer: { kind: 'artifact', subject: 'orders-value', version: 2 },
      start: 0,
      messagePlace: null,
    },
  },
  {
    by: 'nobody: a number in text where eight bytes belong',
    headers: { 'apicurio.value.globalId': '=3' },
    bytes: '02',
    framing: { problem: 'the header apicurio.value.globalId cannot be read' },
  },
  {
    by: "Azure's serializer: the id in the content type",
    headers: { 'content-type': `=avro/binary+${GUID_DIGITS}` },
    bytes: '00 00000007 02',
    framing: { kind: 'AZURE', pointer: { kind: 'guid', guid: GUID }, start: 0, messagePlace: null },
  },
  {
    by: "AWS Glue's serializer, without compression",
    bytes: `03 00 ${GUID_DIGITS} 0661`,
    framing: {
      problem: `it has the framing of the AWS Glue Schema Registry (schema version ${GUID}), which is not read`,
    },
  },
  { by: 'nobody: a zero byte and too little', bytes: '00 000000', framing: null },
  { by: 'nobody: zeros', bytes: '00 00000000 00000000', framing: null },
  { by: 'nobody: text', bytes: '7b7d', framing: null },
  { by: 'nobody: no bytes', bytes: '', framing: null },
  {
    by: 'nobody: a header with the name of a header',
    part: 'HEADER',
    headers: { __value_schema_id: '00 00000009' },
    bytes: '7b',
    framing: null,
  },
]
