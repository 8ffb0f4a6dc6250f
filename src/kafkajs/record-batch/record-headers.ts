import type { MessageHeader } from '../../kafka/message.ts'
import { malformed, type RecordCursor } from './record-cursor.ts'

/** The headers of a record that has none: one array for all. */
export const NO_HEADERS: readonly MessageHeader[] = Object.freeze([])

/** Reads a record's `count` headers, in order, duplicates kept. @throws KafkaError CORRUPT_MESSAGE */
export const readHeaders = (cursor: RecordCursor, count: number, end: number): readonly MessageHeader[] => {
  // A header takes two bytes at least: a count above that is damage, not a reason to allocate.
  if (count < 0 || count * 2 > end - cursor.at) throw malformed(`${count} headers`)
  const headers: MessageHeader[] = []
  for (let i = 0; i < count; i++) headers.push({ key: cursor.text(end), value: cursor.field(end) })
  return headers
}
