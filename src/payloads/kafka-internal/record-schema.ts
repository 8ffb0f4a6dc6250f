/** A type without fields, by the name that Kafka gives it. */
type PrimitiveType = 'int8' | 'int16' | 'uint16' | 'int32' | 'int64' | 'string' | 'bytes' | 'uuid'

/** The type of a field: a primitive, the fields of a structure, or a list. */
export type FieldType = PrimitiveType | readonly RecordField[] | { readonly items: FieldType }

/** When a field is there, and how. */
interface FieldOptions {
  /** The first version that has it. Default: 0. */
  readonly since?: number
  /** The last version that has it. Default: every one. */
  readonly until?: number
  readonly isNullable?: boolean
  /** The number of a tagged field, which is written only if it differs from its default. */
  readonly tag?: number
}

/** A field, by Kafka's name for it. */
export interface RecordField extends FieldOptions {
  readonly name: string
  readonly type: FieldType
}

/** The key or the value of one kind of record, as in Kafka's `common/message/*.json`. */
export interface RecordSchema {
  readonly name: string
  readonly fields: readonly RecordField[]
  readonly lastVersion: number
  /** The first version with compact lengths and tagged fields; null if no version has them. */
  readonly flexibleSince: number | null
}

/** The schemas of a record's key and of its value. */
export interface RecordKind {
  readonly key: RecordSchema
  readonly value: RecordSchema
}

/** A field of a record. */
export const field = (name: string, type: FieldType, options: FieldOptions = {}): RecordField => ({
  name,
  type,
  ...options,
})

/** A list. */
export const listOf = (items: FieldType): FieldType => ({ items })

/** A kind of record whose value has one version, which is flexible: all kinds since Kafka 3.7. */
export const recordKind = (
  name: string,
  keyFields: readonly RecordField[],
  valueFields: readonly RecordField[],
): RecordKind => ({
  key: keySchema(`${name}Key`, keyFields),
  value: { name: `${name}Value`, fields: valueFields, lastVersion: 0, flexibleSince: 0 },
})

/** Keys are never flexible. The number where other records have their version names the kind of the record. */
export const keySchema = (name: string, fields: readonly RecordField[]): RecordSchema => ({
  name,
  fields,
  lastVersion: 0,
  flexibleSince: null,
})
