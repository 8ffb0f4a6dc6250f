import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql'
import { type CollectedFields, collectFields, type SelectionScope } from './collect-fields.ts'
import { fieldNode, fragmentOn, hole, holeDefinition, selectionSet, withoutPlace } from './form-nodes.ts'

/**
 * A field below the root that takes arguments. Each argument it defines has a hole, in order, starting at `firstHole`:
 * a variable that gets the argument's coerced value.
 */
export interface HoledField {
  readonly definition: GraphQLField<unknown, unknown>
  /** Name and arguments, without locations. */
  readonly node: FieldNode
  readonly firstHole: number
}

/** A subscription after its conditions are applied. Two documents with the same selection have the same form. */
export interface NormalForm {
  /** Equal for two forms with the same selection. */
  readonly text: string
  /** Its own nodes: it shares none with a client's document. */
  readonly document: DocumentNode
  readonly fieldCount: number
  /**
   * The location of each field of the form in the client's document. Plain numbers, so that a cached form does not keep
   * the document.
   */
  readonly places: readonly (readonly number[])[]
  readonly holed: readonly HoledField[]
}

type Field = GraphQLField<unknown, unknown>

const fieldOf = (type: GraphQLCompositeType, name: string): Field | undefined => {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
}

const areTheSame = (one: CollectedFields, other: CollectedFields): boolean => {
  const keys = [...one.keys()]
  const otherKeys = [...other.keys()]
  return (
    keys.length === otherKeys.length &&
    keys.every((key, at) => key === otherKeys[at] && isSameList(one.get(key), other.get(key)))
  )
}

const isSameList = (one: readonly FieldNode[] = [], other: readonly FieldNode[] = []): boolean =>
  one.length === other.length && one.every((node, at) => node === other[at])

const setsOf = (nodes: readonly FieldNode[]): readonly SelectionSetNode[] =>
  nodes.flatMap(({ selectionSet: set }) => set ?? [])

class FormBuilder {
  readonly #scope: SelectionScope
  readonly #text: string[] = []
  readonly #places: (readonly number[])[] = []
  readonly #holed: HoledField[] = []
  #holes = 0

  constructor(scope: SelectionScope) {
    this.#scope = scope
  }

  build(root: GraphQLObjectType, operation: OperationDefinitionNode): NormalForm {
    const selections = this.#fields(root, collectFields(this.#scope, root, [operation.selectionSet]), () => [])
    const variableDefinitions = Array.from({ length: this.#holes }, (_, index) => holeDefinition(index))
    const definition: OperationDefinitionNode = {
      kind: Kind.OPERATION_DEFINITION,
      operation: operation.operation,
      variableDefinitions,
      directives: [],
      selectionSet: selectionSet(selections),
    }
    return {
      text: this.#text.join(''),
      document: { kind: Kind.DOCUMENT, definitions: [definition] },
      fieldCount: this.#places.length,
      places: this.#places,
      holed: this.#holed,
    }
  }

  #selections(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): SelectionNode[] {
    if (isObjectType(type)) return this.#fields(type, collectFields(this.#scope, type, sets))
    const fieldsOf = new Map(
      this.#scope.schema
        .getPossibleTypes(type)
        .map(possible => [possible, collectFields(this.#scope, possible, sets)] as const),
    )
    const common = this.#commonFields(type, fieldsOf)
    if (common !== undefined) return this.#fields(type, common)
    return [...fieldsOf].flatMap(([possible, fields]) => (fields.size === 0 ? [] : [this.#branch(possible, fields)]))
  }

  /**
   * The fields, when all possible types select the same ones. Not with arguments: types may have different defaults.
   */
  #commonFields(
    type: GraphQLAbstractType,
    fieldsOf: ReadonlyMap<GraphQLObjectType, CollectedFields>,
  ): CollectedFields | undefined {
    const [first, ...others] = fieldsOf.values()
    if (first === undefined || !others.every(other => areTheSame(first, other))) return undefined
    const areShared = [...first.values()].every(([node]) => {
      const name = node?.name.value ?? ''
      const isPlain = (each: GraphQLCompositeType) => fieldOf(each, name)?.args.length === 0
      return isPlain(type) && [...fieldsOf.keys()].every(isPlain)
    })
    return areShared ? first : undefined
  }

  #branch(type: GraphQLObjectType, fields: CollectedFields): SelectionNode {
    this.#text.push(`...${type.name}{`)
    const selections = this.#fields(type, fields)
    this.#text.push('}')
    return fragmentOn(type.name, selections)
  }

  #fields(type: GraphQLCompositeType, fields: CollectedFields, holesOf = this.#holesOf): SelectionNode[] {
    this.#scope.budget.spend(fields.size)
    const selections: SelectionNode[] = []
    for (const [key, nodes] of fields) {
      const [first] = nodes
      const definition = first && fieldOf(type, first.name.value)
      if (definition) selections.push(this.#field(key, definition, nodes, holesOf(definition, first)))
    }
    return selections
  }

  #field(key: string, definition: Field, nodes: readonly FieldNode[], holes: readonly ArgumentNode[]): SelectionNode {
    const index = this.#places.push(nodes.map(({ loc }) => loc?.start ?? 0)) - 1
    const { name } = definition
    const type = getNamedType(definition.type)
    const isNonNull = isNonNullType(definition.type)
    this.#text.push(key === name ? `${key} ` : `${key}:${name} `)
    const selections = isCompositeType(type) ? this.#within(type, nodes) : null
    return fieldNode({ index, isNonNull, key, name, arguments: holes, selections })
  }

  #within(type: GraphQLCompositeType, nodes: readonly FieldNode[]): SelectionNode[] {
    this.#text.push('{')
    const selections = this.#selections(type, setsOf(nodes))
    this.#text.push('}')
    return selections
  }

  readonly #holesOf = (definition: Field, node: FieldNode): readonly ArgumentNode[] => {
    if (definition.args.length === 0) return []
    const firstHole = this.#holes
    this.#holes += definition.args.length
    this.#holed.push({ definition, node: withoutPlace(node), firstHole })
    return definition.args.map(({ name }, at) => hole(name, firstHole + at))
  }
}

/**
 * Normalises a subscription. Collecting its fields once removes fragments, `@skip` and `@include`, and each argument
 * below the root becomes a hole. The root field's arguments are removed too: they only choose the events.
 * @throws GraphQLError BAD_USER_INPUT for a condition that is null, QUERY_TOO_LARGE beyond the budget
 */
export const normalise = (
  scope: SelectionScope,
  root: GraphQLObjectType,
  operation: OperationDefinitionNode,
): NormalForm => new FormBuilder(scope).build(root, operation)
