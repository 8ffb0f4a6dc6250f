import type { MessageType } from '../types/types.ts'
import { TAG_1_BYTES, TAG_1_VARINT, TAG_2_BYTES, TAG_2_VARINT, TAG_3_VARINT } from '../types/well-known-tags.ts'
import { decimalText } from './decimal-text.ts'
import type { JsonObject } from './json-object.ts'
import { defaultScalar, readScalar } from './read-scalar.ts'
import { readListValue, readStruct, readValue } from './struct.ts'
import { durationText, timestampText } from './time-text.ts'
import { checkDepth, type WireReader } from './wire-reader.ts'

/** Reads a message of any type up to `end`. */
export type ReadMessage = (reader: WireReader, type: MessageType, end: number, depth: number) => unknown

const TIME_BYTES = 30

/** Reads each field of a well-known type: `take` returns false for a field that it does not know. */
const readEach = (reader: WireReader, end: number, take: (tag: number) => boolean): void => {
  while (reader.at < end) {
    const tag = reader.varint()
    if (!take(tag)) reader.skip(tag, end)
  }
  if (reader.at !== end) throw reader.truncated()
}

/** A time whose parts are out of range is shown as its parts. */
const readTime = (
  reader: WireReader,
  end: number,
  text: (seconds: number, nanos: number) => string | null,
): unknown => {
  let seconds = '0'
  let nanos = 0
  readEach(reader, end, tag => {
    if (tag === TAG_1_VARINT) seconds = reader.int64()
    else if (tag === TAG_2_VARINT) nanos = reader.varint() | 0
    return tag === TAG_1_VARINT || tag === TAG_2_VARINT
  })
  reader.count(TIME_BYTES)
  return text(Number(seconds), nanos) ?? { seconds, nanos }
}

const readDecimal = (reader: WireReader, end: number): unknown => {
  let bytes: Buffer = Buffer.alloc(0)
  let precision = 0
  let scale = 0
  readEach(reader, end, tag => {
    if (tag === TAG_1_BYTES) {
      const start = reader.take(reader.varint(), end)
      bytes = reader.bytes.subarray(start, reader.at)
    } else if (tag === TAG_2_VARINT) precision = reader.varint()
    else if (tag === TAG_3_VARINT) scale = reader.varint() | 0
    return tag === TAG_1_BYTES || tag === TAG_2_VARINT || tag === TAG_3_VARINT
  })
  reader.count(bytes.length * 3 + 8)
  return decimalText(bytes, scale) ?? { value: bytes.toString('base64'), precision, scale }
}

const camelCase = (path: string): string => path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Paths that would not come back as they were, because of their capitals, are shown as they are. */
const readFieldMask = (reader: WireReader, end: number): unknown => {
  const paths: string[] = []
  readEach(reader, end, tag => {
    if (tag !== TAG_1_BYTES) return false
    const length = reader.length(end)
    reader.count(length + 3)
    paths.push(reader.text(length, true))
    return true
  })
  return paths.some(path => /[A-Z,]|_(?![a-z])/.test(path)) ? { paths } : paths.map(camelCase).join(',')
}

const readWrapper = (reader: WireReader, type: MessageType, end: number): unknown => {
  const [field] = type.fields
  if (field === undefined) return null
  let value = defaultScalar(field)
  readEach(reader, end, tag => {
    if (tag === field.tag) value = readScalar(reader, field, end)
    return tag === field.tag
  })
  return value
}

/** A message of a type that the schema knows is read; another stays base64. */
const readAny = (reader: WireReader, end: number, depth: number, read: ReadMessage): unknown => {
  let url = ''
  let [start, stop] = [reader.at, reader.at]
  readEach(reader, end, tag => {
    if (tag === TAG_1_BYTES) url = reader.text(reader.length(end), true)
    else if (tag === TAG_2_BYTES) {
      start = reader.take(reader.varint(), end)
      stop = reader.at
    }
    return tag === TAG_1_BYTES || tag === TAG_2_BYTES
  })
  reader.count(url.length + 12)
  if (url === '' && start === stop) return {}
  const type = reader.types.get(url.slice(url.lastIndexOf('/') + 1))
  if (type === undefined) {
    reader.count(Math.ceil((stop - start) / 3) * 4)
    return { '@type': url, value: reader.bytes.toString('base64', start, stop) }
  }
  reader.at = start
  const value = read(reader, type, stop, depth + 1)
  reader.at = end
  return type.wellKnown === null ? withType(url, value) : { '@type': url, value }
}

const withType = (url: string, value: unknown): JsonObject => ({
  '@type': url,
  ...(typeof value === 'object' ? value : {}),
})

/** Reads a type that has a JSON form of its own, up to `end`. */
export const readWellKnown = (
  reader: WireReader,
  type: MessageType,
  end: number,
  depth: number,
  read: ReadMessage,
): unknown => {
  checkDepth(depth)
  switch (type.wellKnown) {
    case 'Timestamp':
      return readTime(reader, end, timestampText)
    case 'Duration':
      return readTime(reader, end, durationText)
    case 'Decimal':
      return readDecimal(reader, end)
    case 'FieldMask':
      return readFieldMask(reader, end)
    case 'Wrapper':
      return readWrapper(reader, type, end)
    case 'Struct':
      return readStruct(reader, end, depth)
    case 'Value':
      return readValue(reader, end, depth)
    case 'ListValue':
      return readListValue(reader, end, depth)
    default:
      return readAny(reader, end, depth, read)
  }
}
