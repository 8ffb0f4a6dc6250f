import {
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { isCondition } from '../normalise/conditions.ts'

/** Finds a condition on root fields or on fragments around them. Each fragment is checked once, even if many operations spread it. */
const conditionFinder = (document: DocumentNode) => {
  const fragments = new Map<string, SelectionSetNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet)
  const known = new Map<string, DirectiveNode | undefined>()
  const inFragment = (name: string): DirectiveNode | undefined => {
    if (known.has(name)) return known.get(name)
    // Validation refuses a fragment that spreads itself.
    known.set(name, undefined)
    const found = within(fragments.get(name)?.selections)
    known.set(name, found)
    return found
  }
  const at = (node: SelectionNode): DirectiveNode | undefined => {
    const own = node.directives?.find(isCondition)
    if (own !== undefined || node.kind === Kind.FIELD) return own
    return node.kind === Kind.FRAGMENT_SPREAD ? inFragment(node.name.value) : within(node.selectionSet.selections)
  }
  const within = (selections: readonly SelectionNode[] = []): DirectiveNode | undefined => {
    for (const node of selections) {
      const found = at(node)
      if (found !== undefined) return found
    }
    return undefined
  }
  return ({ selectionSet }: OperationDefinitionNode) => within(selectionSet.selections)
}

const conditional = ({ name }: OperationDefinitionNode, directive: DirectiveNode): GraphQLError => {
  const subscription = name ? `Subscription "${name.value}"` : 'An anonymous subscription'
  return new GraphQLError(
    `${subscription} must not use @${directive.name.value} on its root field, or on a fragment around it: a subscription always has one root field. Use the directive on fields below it.`,
    { nodes: directive },
  )
}

/**
 * The errors of subscriptions whose root field depends on `@skip` or `@include`, which the GraphQL specification forbids.
 * graphql 16 lets them pass, and fails when it opens the source.
 */
export const conditionalRootErrors = (document: DocumentNode): readonly GraphQLError[] => {
  const conditionIn = conditionFinder(document)
  const errors: GraphQLError[] = []
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation !== 'subscription') continue
    const directive = conditionIn(definition)
    if (directive !== undefined) errors.push(conditional(definition, directive))
  }
  return errors
}
