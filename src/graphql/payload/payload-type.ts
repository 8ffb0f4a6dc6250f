import type { Payload } from '../../kafka/payload/payload.ts'
import { objectRef, parts } from '../core/schema-part.ts'
import { SchemaVersion } from '../registry/schema-version-type.ts'
import { CutPayload, shownBytes, textBytes } from './cut-payload.ts'
import { autoOf, decodeErrorOf, jsonOf, longOf, readFacts } from './decoded-payload.ts'
import { jsonPathOf } from './json-paths.ts'
import { PayloadFormatEnum, payloadFormatParts } from './payload-format-type.ts'
import { payloadSchema } from './payload-schema.ts'
import { takeRendering, writeHex, writeText } from './rendered-bytes.ts'

const asDescription = 'Read the bytes in this format, whatever they look like. Default: the format is recognised.'

const checkPath = ({ path }: Readonly<Record<string, unknown>>): void => {
  if (typeof path === 'string') jsonPathOf(path)
}

export const MessagePayload = objectRef<Payload>('MessagePayload').implement({
  description:
    'The bytes of a key, a value or a header. Kafka stores only bytes; here you choose the form in which to read them. The server decodes only the forms that you select. Bytes that cannot be decoded never fail the message: the decoded forms are null, and `decodeError` says why.',
  fields: t => ({
    size: t.int({
      extensions: { bytes: 'plain' },
      description: 'The number of bytes, also of a payload that was cut.',
      resolve: ({ bytes }) => bytes.length,
    }),
    auto: t.field({
      extensions: { cost: { workPerByte: 4 }, bytes: 'soon' },
      description:
        'The payload in the best form that can be found. In this order: the format that the server is configured for (PAYLOAD_FORMATS), a record of an internal topic of Kafka, a schema of the registry that the bytes or headers name, JSON, MessagePack, CBOR, text, and otherwise the bytes in base64. 64-bit numbers beyond ±9007199254740991, decimals, NaN and the infinities are strings, because JSON parsers round or refuse them. Null if `as` names a format that the bytes do not have: see `decodeError(as:)`.',
      type: 'JSON',
      nullable: true,
      args: { as: t.arg({ type: PayloadFormatEnum, description: asDescription }) },
      resolve: (payload, { as }, context) => autoOf(payload, as, context),
    }),
    string: t.string({
      extensions: { cost: { workPerByte: 1 }, bytes: writeText },
      description: 'The bytes as text. Null if they are not valid UTF-8; `base64` is always exact.',
      nullable: true,
      resolve: (payload, _, context) => {
        const bytes = textBytes(payload)
        takeRendering('string', bytes, context)
        return context.payloads.text(bytes)
      },
    }),
    json: t.field({
      extensions: { cost: { workPerByte: 4 }, bytes: 'soon', checkArguments: checkPath },
      description:
        'The decoded value, whatever the format: JSON, Avro, Protobuf, JSON Schema, MessagePack, CBOR, configured numbers, records of internal topics. Null for plain text and other bytes, for JSON’s own null, and for JSON nested deeper than 500 levels; never an error. A number beyond ±9007199254740991 (2^53 - 1) becomes a string of its digits, because most JSON parsers would round it.',
      type: 'JSON',
      nullable: true,
      args: {
        path: t.arg.string({
          description:
            "Only the value at this path, such as `$.customer.lines[0]['unit price']`. Null if there is none. The server builds only this part of Avro and Protobuf values.",
        }),
      },
      resolve: (payload, { path }, context) => jsonOf(payload, path, context),
    }),
    number: t.field({
      extensions: { cost: { workPerByte: 4 }, bytes: 'soon' },
      description:
        'The decoded value as a whole number of 64 bits: of JSON text such as 42, or of a format of numbers that the server is configured for. Null for everything else.',
      type: 'Long',
      nullable: true,
      resolve: (payload, _, context) =>
        payload instanceof CutPayload ? null : readFacts(payload, context, read => longOf(read, payload)),
    }),
    base64: t.field({
      extensions: { cost: { workPerByte: 1.5 }, bytes: 'plain' },
      description:
        'The bytes in base64: exact for any content. They include the framing of a schema registry, so that `produce` writes the same payload from them.',
      type: 'Bytes',
      resolve: (payload, _, context) => {
        const bytes = shownBytes(payload)
        takeRendering('base64', bytes, context)
        return bytes
      },
    }),
    hex: t.string({
      extensions: { cost: { workPerByte: 2 }, bytes: writeHex },
      description: 'The bytes as hexadecimal digits, two per byte.',
      resolve: (payload, _, context) => {
        const bytes = shownBytes(payload)
        takeRendering('hex', bytes, context)
        return bytes.toString('hex')
      },
    }),
    format: t.field({
      extensions: { cost: { workPerByte: 4 }, bytes: 'soon' },
      description:
        'The format in which `json` and `auto` read these bytes. STRING and BYTES are what remains when no other fits.',
      type: PayloadFormatEnum,
      resolve: (payload, _, context) => readFacts(payload, context, ({ format }) => format),
    }),
    schema: t.field({
      extensions: { cost: { workPerByte: 4 } },
      description:
        'The schema of the registry that these bytes were decoded by, as a version of a subject. If several subjects have this schema, the one named after the topic. Null for formats without a schema, if `decodeError` is set, if no version has this schema any more, and if the registry has only GUIDs.',
      type: SchemaVersion,
      nullable: true,
      resolve: (payload, _, context) =>
        readFacts(payload, context, ({ schema }) => (schema === null ? null : payloadSchema(schema, payload, context))),
    }),
    decodeError: t.string({
      extensions: { cost: { workPerByte: 4 }, bytes: 'soon' },
      description:
        'Why the payload was not decoded: each format that was tried, and what was wrong, such as "AVRO: schema 7: truncated at byte 17; JSON: not JSON text". Null if it was decoded, and for plain text. Set for a payload that names a schema which cannot be used, for bytes of no known format, for text that begins like JSON and is not, for a format in `as` that does not fit, and for a payload that was cut.',
      nullable: true,
      args: { as: t.arg({ type: PayloadFormatEnum, description: asDescription }) },
      resolve: (payload, { as }, context) => decodeErrorOf(payload, as, context),
    }),
    isTruncated: t.boolean({
      extensions: { bytes: 'plain' },
      description:
        'Whether only the beginning is shown, because the payload is longer than `maxBytes`. `string` then ends with a whole character, `base64` and `hex` with the last byte that was asked for; `json` and `auto` are null. `size`, `format` and `schema` are those of the whole payload.',
      resolve: payload => payload instanceof CutPayload,
    }),
  }),
})

/** What this file adds to a schema. */
export const payloadParts = parts(payloadFormatParts, MessagePayload)
