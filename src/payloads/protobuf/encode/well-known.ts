import { shown } from '../../../kafka/text.ts'
import { DECODE_LIMITS } from '../../schema-codec.ts'
import { mismatchAt, type Place, placeIn, problemAt } from '../../value-place.ts'
import type { MessageType } from '../types/types.ts'
import {
  TAG_1_BYTES,
  TAG_1_VARINT,
  TAG_2_BYTES,
  TAG_2_VARINT,
  TAG_3_VARINT,
  VALUE_TAGS,
} from '../types/well-known-tags.ts'
import { decimalOf } from './decimal-value.ts'
import { bytesOf, textOf } from './scalar-values.ts'
import { durationOf, type Time, timestampOf } from './time-values.ts'
import { WireWriter, type Writing } from './wire-writer.ts'
import { isDefault, scalarOf, writeScalar } from './write-scalar.ts'

type WriteMessage = (writing: Writing, type: MessageType, value: unknown, place: Place) => void

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const checkDepth = (place: Place): void => {
  if (place.depth > DECODE_LIMITS.depth) throw problemAt(place, `nested deeper than ${DECODE_LIMITS.depth} levels`)
}

const writeTime = ({ writer }: Writing, { seconds, nanos }: Time): void => {
  if (seconds !== 0) {
    writer.varint(TAG_1_VARINT)
    writer.varint64(BigInt(seconds))
  }
  if (nanos === 0) return
  writer.varint(TAG_2_VARINT)
  writer.varint64(BigInt(nanos))
}

const writeDecimal = ({ writer }: Writing, value: unknown, place: Place): void => {
  const { bytes, precision, scale } = decimalOf(value, place)
  writer.varint(TAG_1_BYTES)
  writer.bytes(bytes)
  writer.varint(TAG_2_VARINT)
  writer.varint(precision)
  if (scale === 0) return
  writer.varint(TAG_3_VARINT)
  writer.varint(scale)
}

const writeFieldMask = ({ writer }: Writing, value: unknown, place: Place): void => {
  const text = textOf(value, place)
  for (const path of text === '' ? [] : text.split(',')) {
    writer.varint(TAG_1_BYTES)
    writer.text(path.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`))
  }
}

const writeWrapper = ({ writer }: Writing, type: MessageType, value: unknown, place: Place): void => {
  const [field] = type.fields
  if (field === undefined) return
  const scalar = scalarOf(field, value, place)
  if (isDefault(scalar)) return
  writer.varint(field.tag)
  writeScalar(writer, field, scalar)
}

const writePart = (writer: WireWriter, tag: number, write: () => void): void => {
  writer.varint(tag)
  const start = writer.begin()
  write()
  writer.end(start)
}

const writeStruct = (writer: WireWriter, value: unknown, place: Place): void => {
  checkDepth(place)
  if (!isObject(value)) throw mismatchAt(place, 'an object', value)
  for (const [name, inner] of Object.entries(value)) {
    const at = placeIn(place, name)
    writePart(writer, TAG_1_BYTES, () => {
      writer.varint(TAG_1_BYTES)
      writer.text(textOf(name, at))
      writePart(writer, TAG_2_BYTES, () => writeValue(writer, inner, at))
    })
  }
}

const writeListValue = (writer: WireWriter, value: unknown, place: Place): void => {
  checkDepth(place)
  if (!Array.isArray(value)) throw mismatchAt(place, 'a list', value)
  const items: readonly unknown[] = value
  for (const [index, item] of items.entries())
    writePart(writer, TAG_1_BYTES, () => writeValue(writer, item, placeIn(place, index)))
}

const writeValue = (writer: WireWriter, value: unknown, place: Place): void => {
  if (typeof value === 'number' && Number.isFinite(value)) {
    writer.varint(VALUE_TAGS.number)
    writer.double(value)
  } else if (typeof value === 'string') {
    writer.varint(VALUE_TAGS.string)
    writer.text(textOf(value, place))
  } else if (typeof value === 'boolean') {
    writer.varint(VALUE_TAGS.bool)
    writer.varint(value ? 1 : 0)
  } else if (value === null) {
    writer.varint(VALUE_TAGS.null)
    writer.varint(0)
  } else if (Array.isArray(value)) writePart(writer, VALUE_TAGS.list, () => writeListValue(writer, value, place))
  else if (isObject(value)) writePart(writer, VALUE_TAGS.struct, () => writeStruct(writer, value, place))
  else throw mismatchAt(place, 'a JSON value', value)
}

/** An Any whose type has no fields in JSON has nothing beside its value. */
const checkOnlyValue = (name: string, fields: object, place: Place): void => {
  for (const key of Object.keys(fields))
    if (key !== 'value')
      throw problemAt(placeIn(place, key), `an Any of ${shown(name)} has only the fields @type and value`)
}

/** The bytes of the message in an Any. */
const anyBytes = (writing: Writing, url: string, value: object, place: Place, write: WriteMessage): Buffer => {
  const { '@type': _, ...fields }: { readonly '@type'?: unknown; readonly value?: unknown } = { ...value }
  const name = url.slice(url.lastIndexOf('/') + 1)
  const type = writing.types.get(name)
  if (type === undefined && fields.value === undefined)
    throw problemAt(placeIn(place, '@type'), `the schema has no message ${shown(name)}`)
  const isWellKnown = type !== undefined && type.wellKnown !== null
  if (type === undefined || isWellKnown) checkOnlyValue(name, fields, place)
  if (type === undefined) return bytesOf(fields.value, placeIn(place, 'value'))
  const inner = { writer: new WireWriter(), types: writing.types, depth: writing.depth }
  write(
    inner,
    type,
    isWellKnown ? fields.value : fields,
    isWellKnown ? placeIn(place, 'value') : placeIn(place, '@type'),
  )
  return inner.writer.finish()
}

const writeAny = (writing: Writing, value: unknown, place: Place, write: WriteMessage): void => {
  if (!isObject(value)) throw mismatchAt(place, 'an object with the field @type', value)
  if (Object.keys(value).length === 0) return
  const url = textOf(Reflect.get(value, '@type'), placeIn(place, '@type'))
  const bytes = anyBytes(writing, url, value, place, write)
  writing.writer.varint(TAG_1_BYTES)
  writing.writer.text(url)
  if (bytes.length === 0) return
  writing.writer.varint(TAG_2_BYTES)
  writing.writer.bytes(bytes)
}

/**
 * Writes a type that has a JSON form of its own. Returns false if the value is in the form of its fields, as it is read where
 * its own form cannot hold it.
 */
export const writeWellKnown = (
  writing: Writing,
  type: MessageType,
  value: unknown,
  place: Place,
  write: WriteMessage,
): boolean => {
  const { wellKnown } = type
  switch (wellKnown) {
    case 'Struct':
      writeStruct(writing.writer, value, place)
      return true
    case 'Value':
      writeValue(writing.writer, value, place)
      return true
    case 'ListValue':
      writeListValue(writing.writer, value, place)
      return true
    case 'Any':
      writeAny(writing, value, place, write)
      return true
    case 'Wrapper':
      writeWrapper(writing, type, value, place)
      return true
    default:
      if (isObject(value)) return false
  }
  if (wellKnown === 'Timestamp') writeTime(writing, timestampOf(value, place))
  else if (wellKnown === 'Duration') writeTime(writing, durationOf(value, place))
  else if (wellKnown === 'Decimal') writeDecimal(writing, value, place)
  else writeFieldMask(writing, value, place)
  return true
}
