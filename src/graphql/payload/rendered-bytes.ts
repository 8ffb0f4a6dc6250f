import { GraphQLError } from 'graphql'
import type { Payload } from '../../kafka/payload/payload.ts'
import type { ReadPayload } from '../../kafka/ports/payload-reader.ts'
import type { GraphQLContext } from '../core/context.ts'
import type { JsonBytes } from '../core/json-bytes.ts'
import { shownBytes, textBytes } from './cut-payload.ts'
import { bytesInJson } from './json-size.ts'

/**
 * The most bytes that the renderings of one event may take together, without the largest one. 20 forms of 4 MB blocked
 * the event loop for 2.6 s.
 */
const SEVERAL_BYTES = 8_388_608

/**
 * The most work of decoding in one event beyond the bytes of its payloads, as bytes of JSON. A payload of six bytes can become
 * 100,000 values, and a batch can have hundreds of such payloads.
 */
const DECODE_WORK = 33_554_432

/** How many bytes each form of a payload takes in a response. */
const WRITTEN = {
  string: bytesInJson,
  base64: ({ length }: Buffer) => Math.ceil(length / 3) * 4,
  hex: ({ length }: Buffer) => 2 * length,
} as const

/** A form in which a response contains the bytes of a payload. */
export type WrittenForm = keyof typeof WRITTEN

const tooLarge = (size: number, maxBytes: number): GraphQLError =>
  new GraphQLError(
    `The payloads of this event take too many bytes in the selected forms. This one needs ${size} more; the limits are ${maxBytes} in total (MAX_RESPONSE_BYTES) and ${SEVERAL_BYTES} without the largest one. Select fewer forms and aliases.`,
    { extensions: { code: 'PAYLOAD_TOO_LARGE', maxBytes } },
  )

const tooMuchWork = (): GraphQLError =>
  new GraphQLError(
    `The payloads of this event become too large when they are decoded, more than ${DECODE_WORK} bytes in total. Ask for smaller batches, for a path, or for \`string\` or \`base64\`.`,
    { extensions: { code: 'PAYLOAD_TOO_LARGE', maxBytes: DECODE_WORK } },
  )

/** True if a rendering of `size` bytes fits into the budget of the event. */
const fits = (size: number, { bytesRendered, largestRendering, limits }: GraphQLContext): boolean => {
  const total = bytesRendered + size
  return total <= limits.answer.maxBytes && total - Math.max(largestRendering, size) <= SEVERAL_BYTES
}

/** @throws GraphQLError PAYLOAD_TOO_LARGE */
const take = (size: number, context: GraphQLContext): void => {
  if (!fits(size, context)) throw tooLarge(size, context.limits.answer.maxBytes)
  context.bytesRendered += size
  context.largestRendering = Math.max(context.largestRendering, size)
}

/**
 * Takes the bytes of one rendering from the budget of the response or event.
 * @throws GraphQLError PAYLOAD_TOO_LARGE when they do not fit. Only this field then fails; the rest of the event is
 * complete.
 */
export const takeRendering = (form: WrittenForm, bytes: Buffer, context: GraphQLContext): void =>
  take(WRITTEN[form](bytes), context)

/** Takes the bytes of a problem from the budget. @throws GraphQLError PAYLOAD_TOO_LARGE */
export const takeProblem = (problem: string, context: GraphQLContext): void => take(Buffer.byteLength(problem), context)

/** `MessagePayload.string` without the string. @throws GraphQLError PAYLOAD_TOO_LARGE */
export const writeText = (payload: Payload, to: JsonBytes, context: GraphQLContext): void => {
  const bytes = textBytes(payload)
  takeRendering('string', bytes, context)
  to.utf8(bytes)
}

/** `MessagePayload.hex` without the string. @throws GraphQLError PAYLOAD_TOO_LARGE */
export const writeHex = (payload: Payload, to: JsonBytes, context: GraphQLContext): void => {
  const bytes = shownBytes(payload)
  takeRendering('hex', bytes, context)
  to.hex(bytes)
}

/** Refuses to decode once the event has no budget left. `size`: the least that the value takes. @throws GraphQLError PAYLOAD_TOO_LARGE */
export const checkDecoding = (size: number, context: GraphQLContext): void => {
  if (context.decodeWork > DECODE_WORK) throw tooMuchWork()
  if (!fits(size, context)) throw tooLarge(size, context.limits.answer.maxBytes)
}

/** Of smaller payloads the bytes are free each time: batches have fewer bytes for many aliases. */
const ONCE_FROM_BYTES = 2048

/** Counts the work of a payload that was decoded, once if the reading was kept. Work up to the bytes of a payload is free once. */
export const countWork = (read: ReadPayload, bytes: Buffer, context: GraphQLContext): void => {
  const { work } = read
  if (work === 0) return
  let free = bytes.length
  if (bytes.length >= ONCE_FROM_BYTES) {
    context.decoded ??= new WeakSet()
    if (context.decoded.has(read)) return
    if (context.decoded.has(bytes)) free = 0
    context.decoded.add(read).add(bytes)
  }
  if (work > free) context.decodeWork += work - free
}

/** Takes the bytes of a decoded value from the budget. @throws GraphQLError PAYLOAD_TOO_LARGE */
export const takeDecoded = ({ jsonBytes }: ReadPayload, context: GraphQLContext): void => take(jsonBytes, context)
