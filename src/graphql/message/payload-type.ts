import { isUtf8 } from 'node:buffer'
import type { Payload } from '../../kafka/payload.ts'
import { enumType, objectRef, parts } from '../core/schema-part.ts'
import { writeHex, writeText } from './payload-bytes.ts'
import { renderings, takeRendering } from './rendered-bytes.ts'

const formatOf = (bytes: Buffer): 'JSON' | 'STRING' | 'BYTES' => {
  if (renderings.json(bytes) !== undefined) return 'JSON'
  return isUtf8(bytes) ? 'STRING' : 'BYTES'
}

const PayloadFormat = enumType('PayloadFormat', {
  description: 'The most specific form in which a payload can be read.',
  values: {
    JSON: { description: 'Valid JSON: read `json` or `string`. A plain number such as 42 is JSON too.' },
    STRING: { description: 'Valid UTF-8, but not JSON: read `string`.' },
    BYTES: { description: 'Neither: read `base64` or `hex`.' },
  } as const,
})

export const MessagePayload = objectRef<Payload>('MessagePayload').implement({
  description:
    'The bytes of a key, a value or a header. Kafka stores only bytes; here you choose the form in which to read them. The server decodes only the forms that you select.',
  fields: t => ({
    size: t.int({
      extensions: { bytes: 'plain' },
      description: 'The number of bytes.',
      resolve: ({ bytes }) => bytes.length,
    }),
    string: t.string({
      extensions: { cost: { workPerByte: 1 }, bytes: writeText },
      description: 'The bytes as text. Null if they are not valid UTF-8; `base64` is always exact.',
      nullable: true,
      resolve: ({ bytes }, _, context) => {
        takeRendering('string', bytes, context)
        return renderings.text(bytes)
      },
    }),
    json: t.field({
      extensions: { cost: { workPerByte: 4 }, bytes: 'plain' },
      description:
        'The bytes as a JSON value. Null if they are not JSON (or JSON’s own null), or nested deeper than 500 levels; never an error. A number beyond ±9007199254740991 (2^53 - 1) becomes a string of its digits, because most JSON parsers would round it.',
      type: 'JSON',
      nullable: true,
      resolve: ({ bytes }, _, context) => {
        takeRendering('json', bytes, context)
        return renderings.json(bytes) ?? null
      },
    }),
    base64: t.field({
      extensions: { cost: { workPerByte: 1.5 }, bytes: 'plain' },
      description: 'The bytes in base64: exact for any content.',
      type: 'Bytes',
      resolve: ({ bytes }, _, context) => {
        takeRendering('base64', bytes, context)
        return bytes
      },
    }),
    hex: t.string({
      extensions: { cost: { workPerByte: 2 }, bytes: writeHex },
      description: 'The bytes as hexadecimal digits, two per byte.',
      resolve: ({ bytes }, _, context) => {
        takeRendering('hex', bytes, context)
        return bytes.toString('hex')
      },
    }),
    format: t.field({
      extensions: { cost: { workPerByte: 4 }, bytes: 'plain' },
      description: 'The most specific form in which these bytes can be read.',
      type: PayloadFormat,
      resolve: ({ bytes }) => formatOf(bytes),
    }),
  }),
})

/** What this file adds to a schema. */
export const payloadParts = parts(PayloadFormat, MessagePayload)
