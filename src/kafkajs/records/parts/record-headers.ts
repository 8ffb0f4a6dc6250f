import type { MessageHeader } from '../../../kafka/message.ts'
import { tooLarge } from '../compression/codec.ts'
import { malformed, type RecordCursor } from './record-cursor.ts'

/** Shared by all records without headers. */
export const NO_HEADERS: readonly MessageHeader[] = Object.freeze([])

/** Memory of a header besides its bytes. Two bytes of input can create one, so it must be counted. */
export const HEADER_OVERHEAD = 160

/**
 * Reads `count` headers of a record, in order, including duplicates.
 * @throws KafkaError CORRUPT_MESSAGE; DECODE_LIMIT if the headers alone would take more than `maxBytes`
 */
export const readHeaders = (
  cursor: RecordCursor,
  count: number,
  end: number,
  maxBytes: number,
): readonly MessageHeader[] => {
  // Every header needs at least two bytes. A larger count means damaged data and must not cause an allocation.
  if (count < 0 || count * 2 > end - cursor.at) throw malformed(`${count} headers`)
  if (count * HEADER_OVERHEAD > maxBytes) throw tooLarge(maxBytes)
  const headers: MessageHeader[] = []
  for (let i = 0; i < count; i++) headers.push({ key: cursor.text(end), value: cursor.field(end) })
  return headers
}
