import { shown } from '../../../kafka/text.ts'
import { SchemaProblem } from '../../schema-codec.ts'
import { type EnumType, KINDS, type KindName, MessageType, type WellKnown } from '../types/types.ts'
import type { EnumDeclaration, FileDeclaration, MessageDeclaration } from './declarations.ts'
import { type Features, featuresOfEdition, featuresWithin } from './features.ts'
import { type FoundType, linkFields } from './link-fields.ts'

/** A file, and whether it is one of those that the program brings along. */
export interface SourceFile {
  readonly declaration: FileDeclaration
  readonly isKnown: boolean
}

/** All types of some files. */
export interface LinkedFiles {
  readonly messages: ReadonlyMap<string, MessageType>
  /** The messages of the last file, in its order. */
  readonly roots: readonly MessageType[]
}

const WELL_KNOWN: Readonly<Record<string, WellKnown>> = {
  'google.protobuf.Any': 'Any',
  'google.protobuf.Duration': 'Duration',
  'google.protobuf.FieldMask': 'FieldMask',
  'google.protobuf.ListValue': 'ListValue',
  'google.protobuf.Struct': 'Struct',
  'google.protobuf.Timestamp': 'Timestamp',
  'google.protobuf.Value': 'Value',
  'google.protobuf.DoubleValue': 'Wrapper',
  'google.protobuf.FloatValue': 'Wrapper',
  'google.protobuf.Int64Value': 'Wrapper',
  'google.protobuf.UInt64Value': 'Wrapper',
  'google.protobuf.Int32Value': 'Wrapper',
  'google.protobuf.UInt32Value': 'Wrapper',
  'google.protobuf.BoolValue': 'Wrapper',
  'google.protobuf.StringValue': 'Wrapper',
  'google.protobuf.BytesValue': 'Wrapper',
  'confluent.type.Decimal': 'Decimal',
}

const isScalar = (name: string): name is KindName => Object.hasOwn(KINDS, name) && name !== 'message' && name !== 'enum'

interface Waiting {
  readonly type: MessageType
  readonly declaration: MessageDeclaration
  readonly features: Features
}

/** Collects the types of files, then gives the messages their fields. */
class Linker {
  readonly messages = new Map<string, MessageType>()
  readonly #enums = new Map<string, EnumType>()
  readonly #waiting: Waiting[] = []
  /** The types by the scope and the name that they were looked up with: many fields have the same type. */
  readonly #found = new Map<string, FoundType>()

  add({ declaration, isKnown }: SourceFile): readonly MessageType[] {
    const features = featuresWithin(featuresOfEdition(declaration.edition), declaration.options)
    for (const one of declaration.enums) this.#addEnum(one, features, isKnown)
    return declaration.messages.map(message => this.#addMessage(message, features, isKnown))
  }

  finish(): void {
    for (const { type, declaration, features } of this.#waiting)
      type.fields = linkFields(declaration, features, (name, scope) => this.#findOnce(name, scope))
  }

  #addMessage(declaration: MessageDeclaration, outer: Features, isKnown: boolean): MessageType {
    const { fullName } = declaration
    const features = featuresWithin(outer, declaration.options)
    const isWellKnown = isKnown && Object.hasOwn(WELL_KNOWN, fullName)
    const type = new MessageType(fullName, isWellKnown ? (WELL_KNOWN[fullName] ?? null) : null)
    this.#checkName(fullName)
    this.messages.set(fullName, type)
    this.#waiting.push({ type, declaration, features })
    for (const one of declaration.enums) this.#addEnum(one, features, isKnown)
    for (const inner of declaration.messages) {
      const added = this.#addMessage(inner, features, isKnown)
      if (!inner.isGroup) type.messages.push(added)
    }
    return type
  }

  #addEnum({ fullName, values, options }: EnumDeclaration, outer: Features, isKnown: boolean): void {
    this.#checkName(fullName)
    const nameOf = new Map<number, string>()
    for (const [name, number] of values) if (!nameOf.has(number)) nameOf.set(number, name)
    this.#enums.set(fullName, {
      fullName,
      isOpen: featuresWithin(outer, options).enum_type !== 'CLOSED',
      nameOf,
      numberOf: new Map(values),
      isNull: isKnown && fullName === 'google.protobuf.NullValue',
    })
  }

  #checkName(fullName: string): void {
    if (this.messages.has(fullName) || this.#enums.has(fullName))
      throw new SchemaProblem(`two types have the name ${shown(fullName)}`)
  }

  #findOnce(name: string, scope: string): FoundType {
    const key = `${scope.length} ${scope}${name}`
    const found = this.#found.get(key) ?? this.#find(name, scope)
    this.#found.set(key, found)
    return found
  }

  /** Looks from the innermost scope outwards, as protoc does. */
  #find(name: string, scope: string): FoundType {
    if (isScalar(name)) return { kind: name }
    let within = name.startsWith('.') ? '' : scope
    const plain = name.startsWith('.') ? name.slice(1) : name
    for (;;) {
      const fullName = within === '' ? plain : `${within}.${plain}`
      const message = this.messages.get(fullName)
      if (message !== undefined) return { kind: 'message', message }
      const enumType = this.#enums.get(fullName)
      if (enumType !== undefined) return { kind: 'enum', enumType }
      if (within === '') throw new SchemaProblem(`${scope} has a field of the unknown type ${shown(name)}`)
      within = within.slice(0, Math.max(0, within.lastIndexOf('.')))
    }
  }
}

/** Links the types of all files. Imports come before the files that import them. @throws SchemaProblem */
export const linkFiles = (files: readonly SourceFile[]): LinkedFiles => {
  const linker = new Linker()
  const roots = files.map(file => linker.add(file))
  linker.finish()
  return { messages: linker.messages, roots: roots.at(-1) ?? [] }
}
