import { GraphQLError } from 'graphql'
import type { GraphQLContext } from '../core/context.ts'
import { Renderings } from './renderings.ts'

/** From this size on, the characters that JSON escapes are counted one by one. */
const COUNTED_FROM_BYTES = 65_536
/** What all payloads are rendered by. */
export const renderings = new Renderings()

/** How many bytes a text takes in JSON. */
const bytesInJson = (bytes: Buffer): number =>
  bytes.length < COUNTED_FROM_BYTES ? bytes.length : renderings.bytesInJson(bytes)

/**
 * The most bytes that the renderings of one event may take together, without the largest one. 20 forms of 4 MB blocked
 * the event loop for 2.6 s.
 */
const SEVERAL_BYTES = 8_388_608

/** How many bytes each form of a payload takes in a response. */
const WRITTEN = {
  string: bytesInJson,
  json: ({ length }: Buffer) => length,
  base64: ({ length }: Buffer) => Math.ceil(length / 3) * 4,
  hex: ({ length }: Buffer) => 2 * length,
} as const

/** A form in which a response contains the bytes of a payload. */
export type WrittenForm = keyof typeof WRITTEN

/**
 * Takes the bytes of one rendering from the budget of the response or event.
 * @throws GraphQLError PAYLOAD_TOO_LARGE when they do not fit. Only this field then fails; the rest of the event is
 * complete.
 */
export const takeRendering = (form: WrittenForm, bytes: Buffer, context: GraphQLContext): void => {
  const { maxBytes } = context.limits.answer
  const size = WRITTEN[form](bytes)
  const total = context.bytesRendered + size
  const largest = Math.max(context.largestRendering, size)
  if (total <= maxBytes && total - largest <= SEVERAL_BYTES) {
    context.bytesRendered = total
    context.largestRendering = largest
    return
  }
  throw new GraphQLError(
    `The payloads of this event take too many bytes in the selected forms. This one needs ${size} more; the limits are ${maxBytes} in total (MAX_RESPONSE_BYTES) and ${SEVERAL_BYTES} without the largest one. Select fewer forms and aliases.`,
    { extensions: { code: 'PAYLOAD_TOO_LARGE', maxBytes } },
  )
}
