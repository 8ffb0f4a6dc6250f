import { createHash } from 'node:crypto'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { operationError } from '../errors/failures.ts'

/** An item's position in an ordered list: its sort values, ending with one that is unique. */
export type SortKey = readonly (string | number)[]

/** The types of a sort key's parts, for each form that a list's keys can have. */
export type KeyShapes = readonly (readonly ('string' | 'number')[])[]

const CHECK_BYTES = 6
/** A group id has up to 32,767 bytes; JSON writes each in up to 6 characters, and base64 adds a third. */
const MAX_LENGTH = 300_000

/** Detects a truncated or altered cursor. It is no signature: a page cursor grants no access. */
const checkOf = (body: Buffer): Buffer => createHash('sha256').update(body).digest().subarray(0, CHECK_BYTES)

/** The cursor of an item in the list named `list` (its kind and order). */
export const encodePageCursor = (list: string, key: SortKey): string => {
  const body = Buffer.from(JSON.stringify([list, ...key]))
  return Buffer.concat([checkOf(body), body]).toString('base64url')
}

const bodyOf = (cursor: string): Buffer | null => {
  const bytes = Buffer.from(cursor.slice(0, MAX_LENGTH), 'base64url')
  const body = bytes.subarray(CHECK_BYTES)
  const isWhole = bytes.toString('base64url') === cursor && checkOf(body).equals(bytes.subarray(0, CHECK_BYTES))
  return isWhole ? body : null
}

/**
 * The list and the key in a cursor; empty if it is damaged or no JSON. Clients can forge cursors, because the check has
 * no secret.
 */
const contentOf = (cursor: string): readonly unknown[] => {
  const body = bodyOf(cursor)
  try {
    const content: unknown = body === null ? [] : JSON.parse(body.toString())
    return Array.isArray(content) ? content : []
  } catch {
    return []
  }
}

const isPart = (part: unknown, type: 'string' | 'number' | undefined): boolean =>
  typeof part === type && (typeof part !== 'number' || Number.isFinite(part))

const isKey = (shapes: KeyShapes, key: readonly unknown[]): key is SortKey =>
  shapes.some(shape => shape.length === key.length && key.every((part, index) => isPart(part, shape[index])))

/** The sort key in a cursor of this list. @throws GraphQLError INVALID_CURSOR for any other text. */
export const decodePageCursor = (
  argument: string,
  { list, shapes }: { readonly list: string; readonly shapes: KeyShapes },
  cursor: string,
): SortKey => {
  const [ownList, ...key] = contentOf(cursor)
  if (ownList === list && isKey(shapes, key)) return key
  const isOfAnother = typeof ownList === 'string' && ownList !== list
  const problem = isOfAnother ? 'belongs to another list or order' : 'is damaged or was not issued by this API'
  throw operationError(
    new KafkaError(
      'INVALID_CURSOR',
      `${argument}: this cursor ${problem}. Use one from this list's pageInfo or edges.`,
    ),
  )
}

/** Negative when `one` comes before `other`. Strings compare by code unit, as Kafka sorts names. */
export const compareKeys = (one: SortKey, other: SortKey): number => {
  for (const [index, part] of one.entries()) {
    const against = other[index]
    if (against === undefined || part === against) continue
    return part < against ? -1 : 1
  }
  return 0
}
