import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLError,
  type InlineFragmentNode,
  Kind,
  Location,
  type NamedTypeNode,
  type NameNode,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  Token,
  TokenKind,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql'

/** The scalar type of all variables of a normal form: their values are already coerced. */
export const COERCED = 'CoercedValue'

/**
 * A substring keeps the whole string in memory, and a document may have megabytes, so this copies it. Names are ASCII.
 */
const ownCopy = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')

const name = (value: string): NameNode => ({ kind: Kind.NAME, value })

const namedType = (value: string): NamedTypeNode => ({ kind: Kind.NAMED_TYPE, name: name(value) })

export const selectionSet = (selections: readonly SelectionNode[]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
})

/** The name of the variable that fills a hole. */
export const holeName = (index: number): string => `v${index}`

export const hole = (argument: string, index: number): ArgumentNode => ({
  kind: Kind.ARGUMENT,
  name: name(argument),
  value: { kind: Kind.VARIABLE, name: name(holeName(index)) },
})

export const holeDefinition = (index: number): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: name(holeName(index)) },
  type: namedType(COERCED),
})

const NO_SOURCE = new Source('', 'normal form')
const NON_NULL = 1

/**
 * A location whose line is the field's index in its form and whose column says whether the field may be null. Many
 * documents share a form, and an error must point into its own client's document.
 */
const locationOf = ({ index, isNonNull }: FormField): Location => {
  const token = new Token(TokenKind.NAME, index, index, index, isNonNull ? NON_NULL : 0)
  return new Location(token, token, NO_SOURCE)
}

/** The field of a form that an error of graphql-jit refers to. */
export const placeInForm = ({ locations }: GraphQLError): { readonly index: number; readonly isNonNull: boolean } => ({
  index: locations?.[0]?.line ?? -1,
  isNonNull: locations?.[0]?.column === NON_NULL,
})

/** The field of the form that a node represents; undefined for a node of a client's document. */
export const fieldIndex = ({ loc }: { readonly loc?: Location | undefined }): number | undefined =>
  loc?.source === NO_SOURCE ? loc.start : undefined

/** The parts of a field node. */
export interface FormField {
  readonly index: number
  readonly isNonNull: boolean
  readonly key: string
  readonly name: string
  readonly arguments: readonly ArgumentNode[]
  readonly selections: readonly SelectionNode[] | null
}

export const fieldNode = (field: FormField): FieldNode => ({
  kind: Kind.FIELD,
  ...(field.key === field.name ? {} : { alias: name(ownCopy(field.key)) }),
  name: name(field.name),
  arguments: field.arguments,
  directives: [],
  ...(field.selections === null ? {} : { selectionSet: selectionSet(field.selections) }),
  loc: locationOf(field),
})

export const fragmentOn = (type: string, selections: readonly SelectionNode[]): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: namedType(type),
  directives: [],
  selectionSet: selectionSet(selections),
})

const valueWithoutPlace = (node: ValueNode): ValueNode => {
  const { loc: _, ...value } = node
  if (value.kind === Kind.LIST) return { ...value, values: value.values.map(valueWithoutPlace) }
  if (value.kind === Kind.VARIABLE) return { ...value, name: name(value.name.value) }
  if (value.kind !== Kind.OBJECT) return value
  const fields = value.fields.map(field => ({
    kind: Kind.OBJECT_FIELD as const,
    name: name(field.name.value),
    value: valueWithoutPlace(field.value),
  }))
  return { ...value, fields }
}

/** The name and arguments of a field, in nodes that do not keep the document in memory. */
export const withoutPlace = ({ name: { value }, arguments: given = [] }: FieldNode): FieldNode => ({
  kind: Kind.FIELD,
  name: name(value),
  arguments: given.map(argument => ({
    kind: Kind.ARGUMENT,
    name: name(argument.name.value),
    value: valueWithoutPlace(argument.value),
  })),
})
