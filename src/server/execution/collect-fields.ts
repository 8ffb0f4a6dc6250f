import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  Kind,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql'

/** What names mean in a document. */
export interface Names {
  readonly schema: GraphQLSchema
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
}

/** The nodes of each field of an object, by the name that it has in the answer, in the answer's order. */
export type CollectedFields = ReadonlyMap<string, readonly FieldNode[]>

/** A document's fragments by their names. */
export const fragmentsOf = (document: DocumentNode): Names['fragments'] => {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null)
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition
  return fragments
}

const appliesTo = (
  type: GraphQLObjectType,
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  { schema }: Names,
): boolean => {
  if (!typeCondition) return true
  const on = typeFromAST(schema, typeCondition)
  return on === type || (isAbstractType(on) && schema.isSubType(on, type))
}

/** Collects what selections ask of an object of `type`, as graphql does, @skip and @include apart. */
export const collectFields = (
  sets: readonly (SelectionSetNode | undefined)[],
  type: GraphQLObjectType,
  names: Names,
): CollectedFields => {
  const fields = new Map<string, FieldNode[]>()
  const visited = new Set<string>()
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.FIELD) {
        const name = (node.alias ?? node.name).value
        const nodes = fields.get(name)
        if (nodes) nodes.push(node)
        else fields.set(name, [node])
        continue
      }
      if (node.kind === Kind.FRAGMENT_SPREAD && visited.has(node.name.value)) continue
      if (node.kind === Kind.FRAGMENT_SPREAD) visited.add(node.name.value)
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? names.fragments[node.name.value] : node
      if (fragment && appliesTo(type, fragment, names)) collect(fragment.selectionSet)
    }
  }
  sets.forEach(collect)
  return fields
}
