import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql'

/** The inputs of collecting fields. */
export interface CollectParts {
  readonly schema: GraphQLSchema
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  /** The variables that conditions name. */
  readonly conditions: { readonly [variable: string]: unknown }
}

const isIncluded = (node: SelectionNode, { conditions }: CollectParts): boolean => {
  // Few selections have a directive.
  if (node.directives === undefined || node.directives.length === 0) return true
  if (getDirectiveValues(GraphQLSkipDirective, node, conditions)?.if === true) return false
  return getDirectiveValues(GraphQLIncludeDirective, node, conditions)?.if !== false
}

const appliesTo = (
  type: GraphQLObjectType,
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  { schema }: CollectParts,
): boolean => {
  if (typeCondition === undefined) return true
  const condition = typeFromAST(schema, typeCondition)
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type))
}

/** CollectFields of the specification: the field nodes of a selection of `type`, by response key, in order. */
export const collectFields = (
  sets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
  parts: CollectParts,
): ReadonlyMap<string, readonly FieldNode[]> => {
  const fields = new Map<string, FieldNode[]>()
  const spread = new Set<string>()
  const collectSpread = (node: FragmentSpreadNode): void => {
    const { value: name } = node.name
    if (spread.has(name) || !isIncluded(node, parts)) return
    spread.add(name)
    const fragment = parts.fragments[name]
    if (fragment !== undefined && appliesTo(type, fragment, parts)) collect(fragment.selectionSet)
  }
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) collectSpread(node)
      else if (!isIncluded(node, parts)) continue
      else if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value
        const nodes = fields.get(key)
        if (nodes === undefined) fields.set(key, [node])
        else nodes.push(node)
      } else if (appliesTo(type, node, parts)) collect(node.selectionSet)
    }
  }
  for (const set of sets) collect(set)
  return fields
}
