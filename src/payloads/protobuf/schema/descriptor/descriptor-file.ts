import { SchemaProblem } from '../../../schema-codec.ts'
import type { JsonObject } from '../../decode/json-object.ts'
import type { EnumDeclaration, FieldDeclaration, FileDeclaration, MessageDeclaration } from '../declarations.ts'
import { parseFile } from '../parse-file.ts'
import type { Counter } from '../parse-message.ts'
import { numberIn, objectIn, objectsIn, textIn, textsIn } from './json-parts.ts'
import { isDescriptor, readDescriptor } from './read-descriptor.ts'

/** What a scope of a descriptor passes on to the declarations in it. */
interface Scope {
  readonly edition: string
  readonly name: string
  readonly depth: number
  readonly counter: Counter
}

const MAX_NESTING = 32
const MAX_FIELD_NUMBER = 536_870_911
/** Of a type, with its package. */
const MAX_NAME = 512

const fullNameIn = ({ name: scope }: Scope, value: JsonObject): string => {
  const name = textIn(value, 'name')
  const fullName = scope === '' ? name : `${scope}.${name}`
  if (name === '' || fullName.length > MAX_NAME)
    throw new SchemaProblem('the descriptor has a type without a usable name')
  return fullName
}

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** The options that matter, with the names that a .proto text uses. */
const optionsOf = (value: JsonObject): Map<string, string> => {
  const given = objectIn(value, 'options')
  const options = new Map<string, string>()
  if (typeof given.packed === 'boolean') options.set('packed', String(given.packed))
  for (const [name, feature] of Object.entries(objectIn(given, 'features')))
    if (typeof feature === 'string') options.set(`features.${snakeCase(name)}`, feature)
  return options
}

const typeOf = (field: JsonObject): string => {
  const named = textIn(field, 'typeName')
  // `TYPE_INT64` is `int64`; messages, groups and enums have a name.
  return named === '' ? textIn(field, 'type').slice('TYPE_'.length).toLowerCase() : named
}

const labelOf = (field: JsonObject, { edition }: Scope): FieldDeclaration['label'] => {
  const label = textIn(field, 'label')
  if (label === 'LABEL_REPEATED') return 'repeated'
  if (label === 'LABEL_REQUIRED') return 'required'
  return edition === 'proto2' || field.proto3Optional === true ? 'optional' : null
}

const numberOf = (field: JsonObject): number => {
  const number = numberIn(field, 'number') ?? 0
  if (number >= 1 && number <= MAX_FIELD_NUMBER) return number
  throw new SchemaProblem(`the field number ${number} is not between 1 and ${MAX_FIELD_NUMBER}`)
}

/** What the fields of a message refer to. It is collected once for all of them. */
interface Around {
  /** The key and the value of each map, by the name of its type. */
  readonly entries: ReadonlyMap<string, readonly JsonObject[]>
  readonly oneofs: readonly JsonObject[]
}

const aroundOf = (message: JsonObject, nested: readonly JsonObject[], { name, counter }: Scope): Around => {
  const maps = nested.filter(one => objectIn(one, 'options').mapEntry === true)
  const oneofs = objectsIn(message, 'oneofDecl')
  for (const _ of oneofs) counter.count()
  return { entries: new Map(maps.map(one => [`.${name}.${textIn(one, 'name')}`, objectsIn(one, 'field')])), oneofs }
}

const fieldOf = (field: JsonObject, { entries, oneofs }: Around, scope: Scope): FieldDeclaration => {
  scope.counter.count()
  const [key, value] = entries.get(textIn(field, 'typeName')) ?? []
  const options = optionsOf(field)
  const jsonName = textIn(field, 'jsonName')
  if (jsonName !== '') options.set('json_name', jsonName)
  const oneof = oneofs[numberIn(field, 'oneofIndex') ?? -1]
  return {
    name: textIn(field, 'name'),
    number: numberOf(field),
    type: typeOf(value ?? field),
    keyType: key === undefined ? null : typeOf(key),
    label: labelOf(field, scope),
    // What is `optional` in proto3 is in a oneof of its own, which no .proto text names.
    oneof: oneof === undefined || field.proto3Optional === true ? null : textIn(oneof, 'name'),
    isGroup: textIn(field, 'type') === 'TYPE_GROUP',
    options,
  }
}

const enumOf = (value: JsonObject, scope: Scope): EnumDeclaration => {
  scope.counter.count()
  const values = objectsIn(value, 'value').map(one => {
    scope.counter.count()
    return [textIn(one, 'name'), numberIn(one, 'number') ?? 0] as const
  })
  return { fullName: fullNameIn(scope, value), values, options: optionsOf(value) }
}

/**
 * A message. The entries of its maps stay among its messages: the clients that register descriptors count them in the place of
 * a message.
 */
const messageOf = (value: JsonObject, outer: Scope): MessageDeclaration => {
  const fullName = fullNameIn(outer, value)
  const scope = { ...outer, name: fullName, depth: outer.depth + 1 }
  if (scope.depth > MAX_NESTING) throw new SchemaProblem(`messages are nested more than ${MAX_NESTING} deep`)
  const nested = objectsIn(value, 'nestedType')
  const around = aroundOf(value, nested, scope)
  return {
    fullName,
    fields: objectsIn(value, 'field').map(field => fieldOf(field, around, scope)),
    messages: nested.map(one => messageOf(one, scope)),
    enums: objectsIn(value, 'enumType').map(one => enumOf(one, scope)),
    options: optionsOf(value),
    isGroup: false,
  }
}

/** `EDITION_2023` is the edition 2023. A file without syntax is proto2. */
const editionOf = (file: JsonObject): string => {
  const syntax = textIn(file, 'syntax')
  if (syntax === 'editions') return textIn(file, 'edition').slice('EDITION_'.length)
  return syntax === '' ? 'proto2' : syntax
}

/**
 * A file from its descriptor in base64. Confluent's clients for Python, Go and .NET register this form, and Apicurio keeps it as
 * it is.
 *
 * @throws SchemaProblem
 */
const descriptorFile = (schema: string, counter: Counter): FileDeclaration => {
  const file = readDescriptor(schema)
  const edition = editionOf(file)
  const scope = { edition, name: textIn(file, 'package'), depth: 0, counter }
  return {
    edition,
    imports: textsIn(file, 'dependency'),
    messages: objectsIn(file, 'messageType').map(one => messageOf(one, scope)),
    enums: objectsIn(file, 'enumType').map(one => enumOf(one, scope)),
    options: optionsOf(file),
  }
}

/** A registered schema: mostly a .proto text, and from some clients a descriptor. @throws SchemaProblem */
export const fileOf = (schema: string, counter: Counter): FileDeclaration =>
  isDescriptor(schema) ? descriptorFile(schema, counter) : parseFile(schema, counter)
