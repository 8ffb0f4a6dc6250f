import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { isWanted, type Variables } from './conditions.ts'
import type { WorkBudget } from './work-budget.ts'

/**
 * The field nodes under each response key, in response order. Nodes under one key are one field, written in several
 * places.
 */
export type CollectedFields = ReadonlyMap<string, readonly FieldNode[]>

/** The place of selections and the type they apply to. */
export interface SelectionScope {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Variables
  readonly budget: WorkBudget
}

const appliesTo = (
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  type: GraphQLObjectType,
  schema: GraphQLSchema,
): boolean => {
  if (typeCondition === undefined) return true
  const condition = schema.getType(typeCondition.name.value)
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type))
}

/** CollectFields of the GraphQL specification, for one object type and known variables. */
export const collectFields = (
  { schema, fragments, variables, budget }: SelectionScope,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): CollectedFields => {
  const fields = new Map<string, FieldNode[]>()
  const spread = new Set<string>()
  const add = (node: FieldNode): void => {
    const key = node.alias?.value ?? node.name.value
    const nodes = fields.get(key)
    if (nodes === undefined) fields.set(key, [node])
    else nodes.push(node)
  }
  const addFragment = (fragment: FragmentDefinitionNode | InlineFragmentNode | undefined): void => {
    if (fragment !== undefined && appliesTo(fragment, type, schema)) addAll(fragment.selectionSet)
  }
  const addAll = ({ selections }: SelectionSetNode): void => {
    budget.spend(selections.length)
    for (const node of selections) {
      const isRepeated = node.kind === Kind.FRAGMENT_SPREAD && spread.has(node.name.value)
      if (isRepeated || !isWanted(node, variables)) continue
      if (node.kind === Kind.FIELD) add(node)
      else if (node.kind === Kind.INLINE_FRAGMENT) addFragment(node)
      else {
        spread.add(node.name.value)
        addFragment(fragments.get(node.name.value))
      }
    }
  }
  for (const set of sets) addAll(set)
  return fields
}
