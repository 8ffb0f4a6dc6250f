import type { Payload } from '../../kafka/payload/payload.ts'
import type { PayloadFormat } from '../../kafka/payload/payload-format.ts'
import type { ReadPayload, ReadRequest } from '../../kafka/ports/payload-reader.ts'
import type { GraphQLContext } from '../core/context.ts'
import { mapMaybePromise } from '../core/map-maybe-promise.ts'
import { CutPayload } from './cut-payload.ts'
import { jsonPathOf } from './json-paths.ts'
import { checkDecoding, countWork, takeDecoded, takeProblem } from './rendered-bytes.ts'

type Soon<T> = T | Promise<T>

/** What most fields ask: the whole value, in the format that is recognised. */
const WHOLE: ReadRequest = {}

const requestOf = (as: PayloadFormat | null | undefined): ReadRequest => (as == null ? WHOLE : { as })

/**
 * Reads a payload. Its schema may only come after the event was begun again: then the payload has been read again as well, and
 * `isLate` says that this value counts for nothing.
 */
const read = <T>(
  payload: Payload,
  request: ReadRequest,
  context: GraphQLContext,
  next: (read: ReadPayload, isLate: boolean) => T | Promise<T>,
): Soon<T> => {
  const { eventNumber } = context
  return mapMaybePromise(context.payloads.read(context.call, payload, request), found => {
    const isLate = context.eventNumber !== eventNumber
    if (!isLate) countWork(found, payload.bytes, context)
    return next(found, isLate)
  })
}

/** Reads a payload for a field that returns no value of it, such as `format`. */
export const readFacts = <T>(
  payload: Payload,
  context: GraphQLContext,
  next: (read: ReadPayload) => T | Promise<T>,
): Soon<T> => {
  checkDecoding(0, context)
  return read(payload, WHOLE, context, next)
}

/** Reads a value, and takes its bytes from the budget of the event. `isShown`: whether the field shows it; null otherwise. */
const readValue = (
  payload: Payload,
  request: ReadRequest,
  context: GraphQLContext,
  isShown: (read: ReadPayload) => boolean,
): unknown => {
  checkDecoding(request.path === undefined ? payload.bytes.length : 0, context)
  return read(payload, request, context, (found, isLate) => {
    if (isLate || !isShown(found)) return null
    takeDecoded(found, context)
    return found.value ?? null
  })
}

const isDecoded = ({ format }: ReadPayload): boolean => format !== 'STRING' && format !== 'BYTES'

/** `auto`: the value in the format that is recognised, or in this one. Null for a payload that was cut. */
export const autoOf = (payload: Payload, as: PayloadFormat | null | undefined, context: GraphQLContext): unknown =>
  payload instanceof CutPayload ? null : readValue(payload, requestOf(as), context, () => true)

/** `json`: the decoded value, or the part of it at a path. Null for plain text and bytes, and for a payload that was cut. */
export const jsonOf = (payload: Payload, path: string | null | undefined, context: GraphQLContext): unknown => {
  const request = path == null ? WHOLE : { path: jsonPathOf(path) }
  return payload instanceof CutPayload ? null : readValue(payload, request, context, isDecoded)
}

/** `decodeError`: why there is no decoded value, also of a payload that was cut; null if there is one. */
export const decodeErrorOf = (
  payload: Payload,
  as: PayloadFormat | null | undefined,
  context: GraphQLContext,
): Soon<string | null> => {
  if (payload instanceof CutPayload) return payload.problem
  checkDecoding(0, context)
  return read(payload, requestOf(as), context, ({ problem }, isLate) => {
    if (problem !== null && !isLate) takeProblem(problem, context)
    return problem
  })
}

/** A whole number of at most 64 bits in JSON text, with its sign. */
const WHOLE_NUMBER = /^\s*(-?\d{1,19})\s*$/
/** A number of 64 bits, its sign and the white space that people put around it. */
const MOST_NUMBER_BYTES = 32

const asLong = (digits: string): bigint | null => {
  const value = BigInt(digits)
  return BigInt.asIntN(64, value) === value ? value : null
}

/** The number of JSON text, which `json` holds as text if it is large. */
const longOfText = (bytes: Buffer): bigint | null => {
  const [, digits] = bytes.length > MOST_NUMBER_BYTES ? [] : (WHOLE_NUMBER.exec(bytes.toString('latin1')) ?? [])
  return digits === undefined ? null : asLong(digits)
}

/** A decoded value as a number of 64 bits; null if it is none. */
export const longOf = ({ format, value }: ReadPayload, { bytes }: Payload): bigint | null => {
  if (format === 'JSON') return longOfText(bytes)
  if (format === 'INT64' && typeof value === 'string') return asLong(value)
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : null
}
