import { gzipSync } from 'node:zlib'
import { crc32 } from '@node-rs/crc32'

/** A message of format v0 or v1, as Kafka before 0.11 wrote it. */
export interface LegacyMessage {
  readonly offset: bigint | number
  readonly magic: 0 | 1
  readonly attributes?: number
  /** v1 only. */
  readonly timestamp?: bigint | number
  readonly key?: Buffer | string | null
  readonly value?: Buffer | string | null
}

const GZIP = 1

const field = (part: Buffer | string | null): Buffer => {
  const length = Buffer.alloc(4)
  const bytes = part === null ? Buffer.alloc(0) : Buffer.from(part)
  length.writeInt32BE(part === null ? -1 : bytes.length)
  return Buffer.concat([length, bytes])
}

const int64 = (value: bigint | number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value))
  return bytes
}

/** A message as stored in a log. */
export const legacyMessage = (message: LegacyMessage): Buffer => {
  const { offset, magic, attributes = 0, timestamp = -1, key = null, value = null } = message
  const time = magic === 1 ? int64(timestamp) : Buffer.alloc(0)
  const body = Buffer.concat([Buffer.from([magic, attributes]), time, field(key), field(value)])
  const head = Buffer.alloc(8)
  head.writeInt32BE(4 + body.length, 0)
  head.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([int64(offset), head, body])
}

/**
 * A gzip wrapper. Its offset is that of its last message. The offsets inside count from 0 in v1, and are absolute in
 * v0.
 */
export const gzipWrapper = (
  wrapper: Omit<LegacyMessage, 'value' | 'key'>,
  inner: readonly LegacyMessage[] | Buffer,
): Buffer => {
  const bytes = Buffer.isBuffer(inner) ? inner : Buffer.concat(inner.map(legacyMessage))
  return legacyMessage({ ...wrapper, attributes: (wrapper.attributes ?? 0) | GZIP, value: gzipSync(bytes) })
}
