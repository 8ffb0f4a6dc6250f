import { GraphQLError } from 'graphql'
import type { GraphQLContext } from '../context.ts'

/** From this size on the characters that JSON escapes are counted one by one. */
const COUNTED_FROM_BYTES = 65_536
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c
/** `\u0000`, and `\"`: what JSON writes for one byte. */
const CONTROL_LENGTH = 6
const ESCAPED_LENGTH = 2

/** How many bytes a text takes in JSON. */
const bytesInJson = (bytes: Buffer): number => {
  if (bytes.length < COUNTED_FROM_BYTES) return bytes.length
  let { length } = bytes
  for (const byte of bytes) {
    if (byte < SPACE) length += CONTROL_LENGTH - 1
    else if (byte === QUOTE || byte === BACKSLASH) length += ESCAPED_LENGTH - 1
  }
  return length
}

/** How many bytes of an answer each form of a payload takes. */
const WRITTEN = {
  string: bytesInJson,
  json: ({ length }: Buffer) => length,
  base64: ({ length }: Buffer) => Math.ceil(length / 3) * 4,
  hex: ({ length }: Buffer) => 2 * length,
} as const

/** A form that writes the bytes of a payload into the answer. */
export type WrittenForm = keyof typeof WRITTEN

/**
 * Takes the bytes of one rendering from the budget of the answer or event.
 * @throws GraphQLError PAYLOAD_TOO_LARGE where they do not fit: this field then has an error, the rest of the event is whole.
 */
export const takeRendering = (form: WrittenForm, bytes: Buffer, context: GraphQLContext): void => {
  const { maxBytes } = context.limits.answer
  context.bytesRendered += WRITTEN[form](bytes)
  if (context.bytesRendered <= maxBytes) return
  throw new GraphQLError(
    `The payloads of this event come to more than ${maxBytes} bytes in the forms that are selected: select fewer forms and aliases, or set MAX_RESPONSE_BYTES.`,
    { extensions: { code: 'PAYLOAD_TOO_LARGE', maxBytes } },
  )
}
