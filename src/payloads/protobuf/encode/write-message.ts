import { shortened, shown } from '../../../kafka/text.ts'
import { DECODE_LIMITS } from '../../schema-codec.ts'
import { mismatchAt, type Place, placeIn, problemAt } from '../../value-place.ts'
import { DELIMITED, END_GROUP, type FieldType, KINDS, type MessageType, START_GROUP } from '../types/types.ts'
import { writeWellKnown } from './well-known.ts'
import type { Writing } from './wire-writer.ts'
import { isDefault, scalarOf, writeScalar } from './write-scalar.ts'

interface Given {
  readonly field: FieldType
  readonly value: unknown
  readonly place: Place
}

/** Writes the fields of a message. @throws EncodeProblem */
export const writeMessage = (writing: Writing, type: MessageType, value: unknown, place: Place): void => {
  if (place.depth > DECODE_LIMITS.depth * 2)
    throw problemAt(place, `nested deeper than ${DECODE_LIMITS.depth} messages`)
  if (type.wellKnown !== null && writeWellKnown(writing, type, value, place, writeMessage)) return
  const given = givenFields(type, value, place)
  for (const one of given) writeField(writing, one)
}

/** The fields of the value in the order of their numbers. */
const givenFields = (type: MessageType, value: unknown, place: Place): readonly Given[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw mismatchAt(place, `an object, ${type.fullName}`, value)
  const given = new Map<FieldType, Given>()
  for (const [name, inner] of Object.entries(value)) {
    const field = type.fieldNamed(name)
    const at = placeIn(place, name)
    if (field === undefined) throw unknownField(type, name, at)
    if (given.has(field))
      throw problemAt(at, `the field is given twice, as ${field.jsonName} and as ${field.protoName}`)
    if (inner !== null || mayBeNull(field)) given.set(field, { field, value: inner, place: at })
  }
  checkOneofs([...given.values()])
  for (const field of type.fields)
    if (field.isRequired && !given.has(field))
      throw problemAt(placeIn(place, field.jsonName), `${type.fullName} requires this field`)
  return [...given.values()].sort((a, b) => a.field.number - b.field.number)
}

const mayBeNull = ({ isRepeated, message, enumType }: FieldType): boolean =>
  !isRepeated && (message?.wellKnown === 'Value' || enumType?.isNull === true)

const unknownField = ({ fullName, fields }: MessageType, name: string, place: Place): Error => {
  const names = fields.slice(0, 10).map(({ jsonName }) => shortened(jsonName))
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}${fields.length > 10 ? ', …' : ''}`
  return problemAt(place, `${fullName} has no field ${shown(name)}; ${known}`)
}

const checkOneofs = (given: readonly Given[]): void => {
  const chosen = new Map<number, FieldType>()
  for (const { field, place } of given) {
    if (field.oneof === -1) continue
    const other = chosen.get(field.oneof)
    if (other !== undefined) throw problemAt(place, `only one of ${other.jsonName} and ${field.jsonName} may be set`)
    chosen.set(field.oneof, field)
  }
}

const writeField = (writing: Writing, { field, value, place }: Given): void => {
  if (field.key !== null && field.value !== null) writeMap(writing, field, field.key, field.value, value, place)
  else if (field.isRepeated) writeList(writing, field, value, place)
  else writeOne(writing, field, value, place, field.hasPresence)
}

const writeOne = (writing: Writing, field: FieldType, value: unknown, place: Place, always: boolean): void => {
  const { writer } = writing
  if (field.message === null) {
    const scalar = scalarOf(field, value, place)
    if (!always && isDefault(scalar)) return
    writer.varint(field.tag)
    writeScalar(writer, field, scalar)
    return
  }
  writer.varint(field.tag)
  if (field.isGroup) {
    writeMessage(writing, field.message, value, place)
    writer.varint(field.tag - START_GROUP + END_GROUP)
    return
  }
  const start = writer.begin()
  writeMessage(writing, field.message, value, place)
  writer.end(start)
}

const writeList = (writing: Writing, field: FieldType, value: unknown, place: Place): void => {
  if (!Array.isArray(value)) throw mismatchAt(place, 'a list', value)
  const items: readonly unknown[] = value
  if (field.isPacked && field.packedTag !== -1) {
    writePacked(writing, field, items, place)
    return
  }
  for (const [index, item] of items.entries()) writeOne(writing, field, item, placeIn(place, index), true)
}

const writePacked = ({ writer }: Writing, field: FieldType, items: readonly unknown[], place: Place): void => {
  if (items.length === 0) return
  writer.varint(field.packedTag)
  const start = writer.begin()
  for (const [index, item] of items.entries()) writeScalar(writer, field, scalarOf(field, item, placeIn(place, index)))
  writer.end(start)
}

const writeMap = (
  writing: Writing,
  field: FieldType,
  keyField: FieldType,
  valueField: FieldType,
  value: unknown,
  place: Place,
): void => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw mismatchAt(place, 'an object, a map', value)
  const { writer } = writing
  for (const [name, inner] of Object.entries(value)) {
    const at = placeIn(place, name)
    writer.varint(((field.number << 3) | DELIMITED) >>> 0)
    const start = writer.begin()
    writer.varint(keyField.tag)
    writeScalar(writer, keyField, scalarOf(keyField, keyOf(keyField, name), at))
    writeOne(writing, valueField, inner, at, true)
    writer.end(start)
  }
}

/** Keys are text in JSON. */
const keyOf = ({ kind }: FieldType, name: string): unknown =>
  kind === KINDS.bool && (name === 'true' || name === 'false') ? name === 'true' : name
