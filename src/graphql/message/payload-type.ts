import { isUtf8 } from 'node:buffer'
import { enumType, objectRef, parts } from '../schema-part.ts'
import { renderings, takeRendering } from './rendered-bytes.ts'

const formatOf = (bytes: Buffer): 'JSON' | 'STRING' | 'BYTES' => {
  if (renderings.json(bytes) !== undefined) return 'JSON'
  return isUtf8(bytes) ? 'STRING' : 'BYTES'
}

const PayloadFormat = enumType('PayloadFormat', {
  description: 'What the bytes of a payload can be read as.',
  values: {
    JSON: { description: 'Valid JSON: `json` and `string` have it. A plain number such as 42 is JSON, too.' },
    STRING: { description: 'Valid UTF-8, but not JSON: `string` has it.' },
    BYTES: { description: 'Neither: only `base64` and `hex` have it.' },
  } as const,
})

/** A key, a value or a header's value. */
export const MessagePayload = objectRef<Buffer>('MessagePayload').implement({
  description:
    'The bytes of a key, a value or a header. Kafka knows bytes only; here they are in every form that is asked for, and only what is asked for is decoded.',
  fields: t => ({
    size: t.int({ description: 'How many bytes.', resolve: bytes => bytes.length }),
    string: t.string({
      extensions: { cost: { workPerByte: 1 } },
      description: 'The bytes as text. Null when they are not valid UTF-8: `base64` has them exactly.',
      nullable: true,
      resolve: (bytes, _, context) => {
        takeRendering('string', bytes, context)
        return renderings.text(bytes)
      },
    }),
    json: t.field({
      extensions: { cost: { workPerByte: 4 } },
      description:
        'The bytes as a JSON value. Null when they are not JSON (or JSON’s own null), or nested deeper than 500 levels; never an error. A number beyond ±9007199254740991 (2^53 - 1) comes as a string of its digits, because most JSON parsers would round it.',
      type: 'JSON',
      nullable: true,
      resolve: (bytes, _, context) => {
        takeRendering('json', bytes, context)
        return renderings.json(bytes) ?? null
      },
    }),
    base64: t.field({
      extensions: { cost: { workPerByte: 1.5 } },
      description: 'The bytes in base64: exact, whatever they are.',
      type: 'Bytes',
      resolve: (bytes, _, context) => {
        takeRendering('base64', bytes, context)
        return bytes
      },
    }),
    hex: t.string({
      extensions: { cost: { workPerByte: 2 } },
      description: 'The bytes as hexadecimal digits, two each.',
      resolve: (bytes, _, context) => {
        takeRendering('hex', bytes, context)
        return bytes.toString('hex')
      },
    }),
    format: t.field({
      extensions: { cost: { workPerByte: 4 } },
      description: 'The most telling form that these bytes can be read in.',
      type: PayloadFormat,
      resolve: formatOf,
    }),
  }),
})

/** What this file adds to a schema. */
export const payloadParts = parts(PayloadFormat, MessagePayload)
