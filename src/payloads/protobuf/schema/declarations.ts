/** Options that matter here, such as `json_name`, `packed` and `features.field_presence`, as they are written. */
export type Options = ReadonlyMap<string, string>

/** A field as it is declared. */
export interface FieldDeclaration {
  readonly name: string
  readonly number: number
  /** The name of a scalar or of a type, as it is written. Of a map: that of its values. */
  readonly type: string
  /** The type of a map's keys; null for other fields. */
  readonly keyType: string | null
  readonly label: 'optional' | 'required' | 'repeated' | null
  /** The name of the oneof that it belongs to. */
  readonly oneof: string | null
  readonly isGroup: boolean
  readonly options: Options
}

/** An enum as it is declared. */
export interface EnumDeclaration {
  /** With the package and the messages around it, without a leading period. */
  readonly fullName: string
  readonly values: readonly (readonly [name: string, number: number])[]
  readonly options: Options
}

/** A message as it is declared. */
export interface MessageDeclaration {
  /** With the package and the messages around it, without a leading period. */
  readonly fullName: string
  readonly fields: readonly FieldDeclaration[]
  readonly messages: readonly MessageDeclaration[]
  readonly enums: readonly EnumDeclaration[]
  readonly options: Options
  /** A group is a message and a field at once. It has no message index. */
  readonly isGroup: boolean
}

/** A .proto text. */
export interface FileDeclaration {
  /** `proto2`, `proto3` or an edition. */
  readonly edition: string
  readonly imports: readonly string[]
  readonly messages: readonly MessageDeclaration[]
  readonly enums: readonly EnumDeclaration[]
  readonly options: Options
}
