import { shown } from '../../../kafka/text.ts'
import { SchemaProblem } from '../../schema-codec.ts'
import { type EnumType, FieldType, type KindName, type MessageType } from '../types/types.ts'
import type { FieldDeclaration, MessageDeclaration } from './declarations.ts'
import { type Features, featuresWithin } from './features.ts'

/** A type that a field names. */
export interface FoundType {
  readonly kind: KindName
  readonly message?: MessageType
  readonly enumType?: EnumType
}

/** Finds a type by its name as it is written in this scope. @throws SchemaProblem */
export type FindType = (name: string, scope: string) => FoundType

const KEY_KINDS: readonly KindName[] = [
  ...(['int32', 'int64', 'uint32', 'uint64', 'sint32', 'sint64'] as const),
  ...(['fixed32', 'fixed64', 'sfixed32', 'sfixed64', 'bool', 'string'] as const),
]

/** `unit_price` becomes `unitPrice`, as protoc does it. */
const jsonNameOf = (name: string): string => name.replace(/_+(.?)/g, (_, next: string) => next.toUpperCase())

const ENTRY = { isRepeated: false, isPacked: false, isGroup: false, isRequired: false, hasPresence: true, oneof: -1 }

/** The key or the value of a map's entry. */
const entryField = (number: number, name: string, found: FoundType, isUtf8: boolean): FieldType =>
  new FieldType({
    ...ENTRY,
    number,
    protoName: name,
    jsonName: name,
    kind: found.kind,
    message: found.message ?? null,
    enumType: found.enumType ?? null,
    key: null,
    value: null,
    isUtf8,
  })

const keyOf = ({ keyType, name }: FieldDeclaration, isUtf8: boolean): FieldType | null => {
  if (keyType === null) return null
  const kind = KEY_KINDS.find(one => one === keyType)
  if (kind === undefined) throw new SchemaProblem(`the map ${name} cannot have keys of the type ${shown(keyType)}`)
  return entryField(1, 'key', { kind }, isUtf8)
}

const isPacked = ({ options, label }: FieldDeclaration, features: Features): boolean => {
  if (label !== 'repeated') return false
  const packed = options.get('packed')
  return packed === undefined ? features.repeated_field_encoding === 'PACKED' : packed === 'true'
}

const linkField = (
  declaration: FieldDeclaration,
  outer: Features,
  jsonName: string,
  oneof: number,
  found: FoundType,
): FieldType => {
  const { name, number, label, options, isGroup } = declaration
  const features = featuresWithin(outer, options)
  const isUtf8 = features.utf8_validation !== 'NONE'
  const isMessage = found.kind === 'message'
  const key = keyOf(declaration, isUtf8)
  const isRequired = label === 'required' || (label === null && features.field_presence === 'LEGACY_REQUIRED')
  const isExplicit = label === 'optional' || isRequired || oneof !== -1 || isMessage
  return new FieldType({
    number,
    protoName: name,
    jsonName,
    kind: key === null ? found.kind : 'message',
    message: found.message ?? null,
    enumType: found.enumType ?? null,
    key,
    value: key === null ? null : entryField(2, 'value', found, isUtf8),
    isRepeated: label === 'repeated',
    isPacked: isPacked(declaration, features),
    isGroup: isGroup || (isMessage && key === null && features.message_encoding === 'DELIMITED'),
    isRequired: isRequired && oneof === -1,
    hasPresence: isExplicit || features.field_presence !== 'IMPLICIT',
    isUtf8,
    oneof,
  })
}

const checkUnique = ({ fields, fullName }: MessageDeclaration): void => {
  const taken = new Set<number | string>()
  const takeOnce = (what: string, id: number | string): void => {
    if (taken.has(id)) throw new SchemaProblem(`${fullName} has two fields with the ${what} ${shown(id)}`)
    taken.add(id)
  }
  for (const { number, name } of fields) {
    takeOnce('number', number)
    takeOnce('name', name)
  }
}

const wantedName = ({ name, options }: FieldDeclaration): string => options.get('json_name') ?? jsonNameOf(name)

/**
 * The names in JSON, each once. Old schemas may have `unit_price` beside `unitPrice`: both then have the name that they are
 * declared with. A field whose declared name is taken as well has its number after it.
 */
const jsonNamesOf = ({ fields }: MessageDeclaration): readonly string[] => {
  const isPlain = (field: FieldDeclaration): boolean => wantedName(field) === field.name
  const taken = new Set(fields.filter(isPlain).map(({ name }) => name))
  return fields.map(field => {
    if (isPlain(field)) return field.name
    let jsonName = wantedName(field)
    if (taken.has(jsonName)) jsonName = field.name
    while (taken.has(jsonName)) jsonName += field.number
    taken.add(jsonName)
    return jsonName
  })
}

/** The fields of a message. @throws SchemaProblem */
export const linkFields = (message: MessageDeclaration, features: Features, find: FindType): readonly FieldType[] => {
  const { fullName } = message
  const oneofs = new Map<string, number>()
  checkUnique(message)
  const jsonNames = jsonNamesOf(message)
  return message.fields.map((declaration, index) => {
    const { oneof } = declaration
    if (oneof !== null && !oneofs.has(oneof)) oneofs.set(oneof, oneofs.size)
    const place = oneof === null ? -1 : (oneofs.get(oneof) ?? -1)
    const found = find(declaration.type, fullName)
    return linkField(declaration, features, jsonNames[index] ?? declaration.name, place, found)
  })
}
