import { cursor } from '../binary/cursor.ts'
import { writer } from '../binary/writer.ts'
import { base64Bytes, latin1Bytes } from '../texts/base64-text.ts'
import { durationOf, durationText } from '../texts/duration-text.ts'
import { isUuid, uuidBytes, uuidText } from '../texts/uuid-text.ts'
import { leafCodec, type TypeCodec } from './type-codec.ts'

const bytesOf = (value: unknown): Buffer | undefined => {
  if (typeof value !== 'string') return undefined
  writer.spend(value.length)
  return writer.isDefault ? latin1Bytes(value) : base64Bytes(value)
}

export const bytesCodec = leafCodec({
  branch: 'bytes',
  form: 'text',
  jsonBytes: 3,
  read: () => cursor.base64(cursor.size()),
  skip: () => void cursor.take(cursor.size()),
  accepts: value => bytesOf(value) !== undefined,
  write: value => writer.bytes(bytesOf(value) ?? writer.fail('must be bytes in base64')),
})

export const fixedCodec = (name: string, size: number): TypeCodec =>
  leafCodec({
    branch: name,
    form: 'text',
    jsonBytes: 3,
    read: () => cursor.base64(size),
    skip: () => void cursor.take(size),
    accepts: value => bytesOf(value)?.length === size,
    write: value => {
      const bytes = bytesOf(value)
      if (bytes?.length !== size) writer.fail(`must be ${size} bytes in base64`)
      writer.raw(bytes)
    },
  })

/** A UUID in 16 bytes. */
export const uuidFixedCodec = (name: string): TypeCodec =>
  leafCodec({
    branch: name,
    form: 'text',
    jsonBytes: 39,
    read: () => uuidText(cursor.slice(16)),
    skip: () => void cursor.take(16),
    accepts: isUuid,
    write: value => writer.raw(isUuid(value) ? uuidBytes(value) : defaultBytes(value, 16, 'must be a UUID')),
  })

export const durationCodec = (name: string): TypeCodec =>
  leafCodec({
    branch: name,
    form: 'text',
    jsonBytes: 24,
    read: () => durationText({ months: cursor.uint32(), days: cursor.uint32(), millis: cursor.uint32() }),
    skip: () => void cursor.take(12),
    accepts: value => durationOf(value) !== undefined,
    write: value => {
      const duration = durationOf(value)
      if (duration === undefined) return writer.raw(defaultBytes(value, 12, 'must be a duration such as P1M2DT3.5S'))
      writer.uint32(duration.months)
      writer.uint32(duration.days)
      writer.uint32(duration.millis)
    },
  })

/** The bytes of a default in the schema: there every type on bytes is written as bytes. */
const defaultBytes = (value: unknown, size: number, problem: string): Buffer => {
  const bytes = writer.isDefault ? latin1Bytes(value) : undefined
  return bytes?.length === size ? bytes : writer.fail(problem)
}
