/** How values are written. The numbers are this program's own. */
export const KINDS = {
  string: 0,
  int64: 1,
  int32: 2,
  bool: 3,
  double: 4,
  enum: 5,
  message: 6,
  bytes: 7,
  uint64: 8,
  sint64: 9,
  uint32: 10,
  sint32: 11,
  float: 12,
  fixed64: 13,
  sfixed64: 14,
  fixed32: 15,
  sfixed32: 16,
} as const

/** The name of a kind. */
export type KindName = keyof typeof KINDS
/** How a value is written. */
export type Kind = (typeof KINDS)[KindName]

export const VARINT = 0
export const FIXED64 = 1
export const DELIMITED = 2
export const START_GROUP = 3
export const END_GROUP = 4
export const FIXED32 = 5

const WIRE_TYPES: Readonly<Partial<Record<KindName, number>>> = {
  string: DELIMITED,
  bytes: DELIMITED,
  message: DELIMITED,
  double: FIXED64,
  fixed64: FIXED64,
  sfixed64: FIXED64,
  float: FIXED32,
  fixed32: FIXED32,
  sfixed32: FIXED32,
}

/** A type whose JSON form is not that of its fields. */
export type WellKnown =
  | 'Any'
  | 'Decimal'
  | 'Duration'
  | 'FieldMask'
  | 'ListValue'
  | 'Struct'
  | 'Timestamp'
  | 'Value'
  | 'Wrapper'

/** An enum. */
export interface EnumType {
  readonly fullName: string
  /** An open enum may have any number. */
  readonly isOpen: boolean
  readonly nameOf: ReadonlyMap<number, string>
  readonly numberOf: ReadonlyMap<string, number>
  /** True for google.protobuf.NullValue, which is null in JSON. */
  readonly isNull: boolean
}

/** What a field declares. */
export interface FieldParts {
  readonly number: number
  readonly protoName: string
  readonly jsonName: string
  readonly kind: KindName
  readonly enumType: EnumType | null
  readonly message: MessageType | null
  /** The key and the value of a map's entries. */
  readonly key: FieldType | null
  readonly value: FieldType | null
  readonly isRepeated: boolean
  readonly isPacked: boolean
  readonly isGroup: boolean
  readonly isRequired: boolean
  /** True if a default value is written as well. */
  readonly hasPresence: boolean
  /** True if text must be UTF-8. */
  readonly isUtf8: boolean
  /** The place of its oneof in the message; -1 without one. */
  readonly oneof: number
}

/** A field. A class, because the decoder asks each for its properties millions of times. */
export class FieldType {
  readonly number: number
  readonly protoName: string
  readonly jsonName: string
  readonly kind: Kind
  readonly enumType: EnumType | null
  readonly message: MessageType | null
  readonly key: FieldType | null
  readonly value: FieldType | null
  readonly isRepeated: boolean
  readonly isPacked: boolean
  readonly isGroup: boolean
  readonly isRequired: boolean
  readonly hasPresence: boolean
  readonly isUtf8: boolean
  readonly oneof: number
  /** The wire type of one value. */
  readonly wireType: number
  /** The tag of one value. */
  readonly tag: number
  /** The tag of a packed list; -1 if its values cannot be packed. */
  readonly packedTag: number
  /** The tag of a singular scalar outside of a oneof, which needs no second look; -1 for other fields. */
  readonly simpleTag: number
  /** True if every object inherits something of this name, such as `constructor`. */
  readonly isInherited: boolean
  /** Roughly how many bytes its name takes in JSON. */
  readonly nameBytes: number

  constructor(parts: FieldParts) {
    this.number = parts.number
    this.protoName = parts.protoName
    this.jsonName = parts.jsonName
    this.kind = KINDS[parts.kind]
    this.enumType = parts.enumType
    this.message = parts.message
    this.key = parts.key
    this.value = parts.value
    this.isRepeated = parts.isRepeated
    this.isPacked = parts.isPacked
    this.isGroup = parts.isGroup
    this.isRequired = parts.isRequired
    this.hasPresence = parts.hasPresence
    this.isUtf8 = parts.isUtf8
    this.oneof = parts.oneof
    this.wireType = parts.isGroup ? START_GROUP : (WIRE_TYPES[parts.kind] ?? VARINT)
    this.tag = tagOf(parts.number, this.wireType)
    const isPackable = parts.isRepeated && this.wireType !== DELIMITED && this.wireType !== START_GROUP
    this.packedTag = isPackable ? tagOf(parts.number, DELIMITED) : -1
    const isSimple = !parts.isRepeated && parts.message === null && parts.oneof === -1 && parts.jsonName !== '__proto__'
    this.simpleTag = isSimple ? this.tag : -1
    this.isInherited = parts.jsonName in Object.prototype
    this.nameBytes = parts.jsonName.length + 4
  }
}

const tagOf = (number: number, wireType: number): number => ((number << 3) | wireType) >>> 0

/** Numbers below this one are looked up in an array. */
const SMALL_NUMBERS = 256

/** A message. Its fields are set once, after all messages exist, because messages refer to each other. */
export class MessageType {
  readonly fullName: string
  readonly wellKnown: WellKnown | null
  /** Messages in it, without groups and map entries: those that message indexes count. */
  readonly messages: MessageType[] = []
  #fields: readonly FieldType[] = []
  #small: readonly (FieldType | undefined)[] = []
  #large: ReadonlyMap<number, FieldType> = new Map()
  #byName: ReadonlyMap<string, FieldType> = new Map()

  constructor(fullName: string, wellKnown: WellKnown | null) {
    this.fullName = fullName
    this.wellKnown = wellKnown
  }

  /** Its fields in the order of their numbers. */
  get fields(): readonly FieldType[] {
    return this.#fields
  }

  set fields(fields: readonly FieldType[]) {
    this.#fields = fields.toSorted((a, b) => a.number - b.number)
    const small: (FieldType | undefined)[] = []
    const last = Math.max(0, ...fields.map(({ number }) => number).filter(number => number < SMALL_NUMBERS))
    for (let number = 0; number <= last; number++) small.push(undefined)
    for (const field of fields) if (field.number < SMALL_NUMBERS) small[field.number] = field
    this.#small = small
    this.#large = new Map(fields.filter(({ number }) => number >= SMALL_NUMBERS).map(field => [field.number, field]))
    const names = fields.map((field): [string, FieldType] => [field.protoName, field])
    this.#byName = new Map([...names, ...fields.map((field): [string, FieldType] => [field.jsonName, field])])
  }

  /** The field with this number. */
  field(number: number): FieldType | undefined {
    return number < this.#small.length ? this.#small[number] : this.#large.get(number)
  }

  /** The field with this name, as JSON has it or as the schema has it. */
  fieldNamed(name: string): FieldType | undefined {
    return this.#byName.get(name)
  }
}

/** All messages by their full names, for Any. */
export type MessageTypes = ReadonlyMap<string, MessageType>
