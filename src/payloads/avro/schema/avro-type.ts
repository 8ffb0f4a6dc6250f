/** What a number, bytes or a text stands for, beyond its Avro type. */
export type LogicalType =
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'duration' }
  | { readonly kind: 'date' }
  /** The time of a day. `digits`: of the fraction of a second. */
  | { readonly kind: 'time'; readonly digits: 3 | 6 }
  /** `isLocal`: without a time zone. */
  | { readonly kind: 'timestamp'; readonly digits: 3 | 6 | 9; readonly isLocal: boolean }

/** The names of the types without a definition. */
export const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const

/** One of these names. */
export type Primitive = (typeof PRIMITIVES)[number]

/** A number, a text, bytes, a boolean or null. */
interface PrimitiveType {
  readonly kind: 'primitive'
  readonly type: Primitive
  readonly logical: LogicalType | null
}

/** A field of a record. */
export interface RecordField {
  readonly name: string
  readonly type: AvroType
  /** The default as the schema writes it; null without a default. */
  readonly fallback: { readonly json: unknown } | null
}

/** A record. Its fields are set after its creation, because they may refer to it. */
export interface RecordType {
  readonly kind: 'record'
  readonly name: string
  fields: readonly RecordField[]
}

/** An enum. */
export interface EnumType {
  readonly kind: 'enum'
  readonly name: string
  readonly symbols: readonly string[]
}

/** Bytes of one size. */
export interface FixedType {
  readonly kind: 'fixed'
  readonly name: string
  readonly size: number
  readonly logical: LogicalType | null
}

/** A type with a name, to which others can refer. */
export type NamedType = RecordType | EnumType | FixedType

/** A type of a schema. Types that refer to each other form a graph, which may have circles. */
export type AvroType =
  | PrimitiveType
  | NamedType
  | { readonly kind: 'array'; readonly items: AvroType }
  | { readonly kind: 'map'; readonly values: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }

/** The name of a type in a union: its own, or that of its kind. */
export const branchName = (type: AvroType): string => {
  if (type.kind === 'primitive') return type.type
  return 'name' in type ? type.name : type.kind
}
