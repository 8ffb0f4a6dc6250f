import { FIELD } from './batch-header.ts'
import type { BatchMessage } from './batch-message.ts'

/** What a batch takes beside its records. */
export const BATCH_OVERHEAD = FIELD.records

/** Bytes of a zigzag varint; exact for whole numbers up to 2^52 either way. */
export const varintSize = (value: number): number => {
  let rest = value < 0 ? -2 * value - 1 : 2 * value
  let size = 1
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) size++
  return size
}

const fieldSize = (field: Buffer | null): number =>
  field === null ? varintSize(-1) : varintSize(field.length) + field.length

/** Bytes of a record behind its length, at these distances from the batch's first record. */
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

/** Bytes of a record, its length included. */
export const recordSize = (message: BatchMessage, offsetDelta: number, timestampDelta: number): number => {
  const body = recordBodySize(message, offsetDelta, timestampDelta)
  return varintSize(body) + body
}

/** Exact bytes of an uncompressed batch of this message alone: what `max.message.bytes` is held against. */
export const encodedSize = (message: BatchMessage): number => BATCH_OVERHEAD + recordSize(message, 0, 0)
