import { FIELD } from '../parts/batch-header.ts'
import type { BatchMessage } from '../parts/batch-message.ts'

/** Size of a batch without its records. */
export const BATCH_OVERHEAD = FIELD.records

/** Size of a zigzag varint; exact for whole numbers up to ±2^52. */
export const varintSize = (value: number): number => {
  let rest = value < 0 ? -2 * value - 1 : 2 * value
  let size = 1
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) size++
  return size
}

const fieldSize = (field: Buffer | null): number =>
  field === null ? varintSize(-1) : varintSize(field.length) + field.length

/** Size of a record without its length prefix, at these distances from the batch's first record. */
export const recordBodySize = (message: BatchMessage, offsetDelta: number, timestampDelta: number): number => {
  const { key, value, headers } = message
  let size = 1 + varintSize(timestampDelta) + varintSize(offsetDelta) + fieldSize(key) + fieldSize(value)
  size += varintSize(headers.length)
  for (const header of headers) {
    const nameBytes = Buffer.byteLength(header.key)
    size += varintSize(nameBytes) + nameBytes + fieldSize(header.value)
  }
  return size
}

/** Size of a record with its length prefix. */
export const recordSize = (message: BatchMessage, offsetDelta: number, timestampDelta: number): number => {
  const body = recordBodySize(message, offsetDelta, timestampDelta)
  return varintSize(body) + body
}

/** Exact size of an uncompressed batch with only this message, as compared with `max.message.bytes`. */
export const encodedSize = (message: BatchMessage): number => BATCH_OVERHEAD + recordSize(message, 0, 0)
