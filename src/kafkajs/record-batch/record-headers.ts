import type { MessageHeader } from '../../kafka/message.ts'
import { tooLarge } from '../compression/codec.ts'
import { malformed, type RecordCursor } from './record-cursor.ts'

/** The headers of a record that has none: one array for all. */
export const NO_HEADERS: readonly MessageHeader[] = Object.freeze([])

/** What a header costs beside its bytes: two bytes of input can make one, so it has to be counted. */
export const HEADER_OVERHEAD = 160

/**
 * Reads a record's `count` headers, in order, duplicates kept.
 * @throws KafkaError CORRUPT_MESSAGE; DECODE_LIMIT when the headers alone would take more than `maxBytes`
 */
export const readHeaders = (
  cursor: RecordCursor,
  count: number,
  end: number,
  maxBytes: number,
): readonly MessageHeader[] => {
  // A header takes two bytes at least: a count above that is damage, not a reason to allocate.
  if (count < 0 || count * 2 > end - cursor.at) throw malformed(`${count} headers`)
  if (count * HEADER_OVERHEAD > maxBytes) throw tooLarge(maxBytes)
  const headers: MessageHeader[] = []
  for (let i = 0; i < count; i++) headers.push({ key: cursor.text(end), value: cursor.field(end) })
  return headers
}
