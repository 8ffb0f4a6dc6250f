import type { JsonPath } from '../../../kafka/json-path.ts'
import { cursor } from '../binary/cursor.ts'
import { writer } from '../binary/writer.ts'
import { isJsonObject, type JsonObject, shown } from '../schema/json-object.ts'
import { setProperty } from './set-property.ts'
import type { TypeCodec } from './type-codec.ts'

/** A field of a record. */
export interface CodecField {
  readonly name: string
  readonly codec: TypeCodec
  /** The default as the schema writes it; null without a default. */
  readonly fallback: { readonly json: unknown } | null
}

/** The fields of a record, with what is computed of them once. */
interface Layout {
  readonly fields: readonly CodecField[]
  readonly indexes: ReadonlyMap<string, number>
  readonly jsonBytes: number
  readonly hasProto: boolean
}

/** V8 sets a property fastest if its name is a string that is a property name already. */
const internalised = (name: string): string => Object.keys({ [name]: 0 })[0] ?? name

const layoutOf = (given: readonly CodecField[]): Layout => {
  const fields = given.map(field => ({ ...field, name: internalised(field.name) }))
  const indexes = new Map(fields.map(({ name }, index) => [name, index]))
  const jsonBytes = fields.reduce((bytes, { name, codec }) => bytes + name.length + 4 + codec.jsonBytes, 3)
  return { fields, indexes, jsonBytes, hasProto: indexes.has('__proto__') }
}

const readRecord = ({ fields, jsonBytes, hasProto }: Layout): object => {
  cursor.enter()
  cursor.count(fields.length, jsonBytes)
  const record: Record<string, unknown> = {}
  if (hasProto) for (const { name, codec } of fields) setProperty(record, name, codec.read())
  else for (const field of fields) record[field.name] = field.codec.read()
  cursor.leave()
  return record
}

const skipRecord = ({ fields }: Layout): void => {
  cursor.enter()
  cursor.count(fields.length, 0)
  for (const field of fields) field.codec.skip()
  cursor.leave()
}

const readFieldAt = ({ fields, indexes }: Layout, path: JsonPath, step: number): unknown => {
  const wanted = fields[indexes.get(String(path[step])) ?? -1]
  let found: unknown
  cursor.enter()
  cursor.count(fields.length, 0)
  for (const field of fields)
    if (field === wanted) found = field.codec.readAt(path, step + 1)
    else field.codec.skip()
  cursor.leave()
  return found
}

const writeField = ({ name, codec, fallback }: CodecField, value: JsonObject): void => {
  writer.inside(name, () => {
    if (Object.hasOwn(value, name)) codec.write(value[name])
    else if (fallback === null) writer.fail('is missing, and the schema has no default for it')
    else writer.default(() => codec.write(fallback.json))
  })
}

const writeRecord = ({ fields, indexes }: Layout, value: unknown, record: string): void => {
  if (!isJsonObject(value)) writer.fail(`must be an object with the fields of ${shown(record)}`)
  const unknown = Object.keys(value).find(key => !indexes.has(key))
  if (unknown !== undefined) {
    const names = fields.slice(0, 20).map(({ name }) => name)
    writer.step(unknown, () => writer.fail(`is no field of ${shown(record)}, which has ${shown(names.join(', '))}`))
  }
  for (const field of fields) writeField(field, value)
}

const hasFields = ({ fields, indexes }: Layout, value: unknown): boolean =>
  isJsonObject(value) &&
  Object.keys(value).every(key => indexes.has(key)) &&
  fields.every(({ name, fallback }) => fallback !== null || Object.hasOwn(value, name))

/** The codec of a record. Its fields are asked for on first use, because they may be of the same type. */
export const recordCodec = (name: string, fieldsOf: () => readonly CodecField[]): TypeCodec => {
  let known: Layout | undefined
  const layout = (): Layout => {
    known ??= layoutOf(fieldsOf())
    return known
  }
  return {
    branch: name,
    form: 'object',
    exceptionalForm: 'object',
    jsonBytes: 0,
    read: () => readRecord(layout()),
    skip: () => skipRecord(layout()),
    readAt: (path, step) => (step === path.length ? readRecord(layout()) : readFieldAt(layout(), path, step)),
    accepts: value => hasFields(layout(), value),
    write: value => writeRecord(layout(), value, name),
  }
}
