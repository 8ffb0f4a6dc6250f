import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  type VariableNode,
  visit,
} from 'graphql'
import { isCondition } from './conditions.ts'

/**
 * The variables of a subscription that affect its results. Variables in arguments of the root field only choose the
 * events.
 */
export interface ShapingVariables {
  /** Names of variables in `@skip` and `@include`. */
  readonly conditions: readonly string[]
  /** The definitions of these variables, and of those in arguments below the root field. */
  readonly definitions: readonly VariableDefinitionNode[]
}

const eachVariable = (node: DirectiveNode | FieldNode['arguments'], use: (name: string) => void): void => {
  const Variable = ({ name }: VariableNode) => use(name.value)
  for (const each of Array.isArray(node) ? node : [node]) if (each !== undefined) visit(each, { Variable })
}

/** True when an argument of the field contains a variable. */
export const hasVariables = ({ arguments: given = [] }: FieldNode): boolean => {
  let found = false
  eachVariable(given, () => {
    found = true
  })
  return found
}

/** Visits every selection of an operation, each fragment once. */
class VariableFinder {
  readonly conditions = new Set<string>()
  readonly names = new Set<string>()
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #seen = new Set<string>()

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#fragments = fragments
  }

  look({ selections }: SelectionSetNode, isRoot: boolean): void {
    for (const node of selections) {
      for (const directive of node.directives ?? []) this.#lookAt(directive)
      const inner = this.#within(node, isRoot)
      if (inner !== undefined) this.look(inner, isRoot && node.kind !== Kind.FIELD)
    }
  }

  #lookAt(directive: DirectiveNode): void {
    if (isCondition(directive)) eachVariable(directive, name => this.conditions.add(name))
  }

  #within(node: SelectionNode, isRoot: boolean): SelectionSetNode | undefined {
    if (node.kind === Kind.INLINE_FRAGMENT) return node.selectionSet
    if (node.kind === Kind.FIELD) {
      if (!isRoot) eachVariable(node.arguments, name => this.names.add(name))
      return node.selectionSet
    }
    if (this.#seen.has(node.name.value)) return undefined
    this.#seen.add(node.name.value)
    return this.#fragments.get(node.name.value)?.selectionSet
  }
}

/** Finds the variables that affect a subscription's results. */
export const shapingVariables = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): ShapingVariables => {
  const finder = new VariableFinder(fragments)
  finder.look(operation.selectionSet, true)
  const { conditions, names } = finder
  const isShaping = ({ variable: { name } }: VariableDefinitionNode) =>
    conditions.has(name.value) || names.has(name.value)
  return {
    conditions: [...conditions].sort(),
    definitions: (operation.variableDefinitions ?? []).filter(isShaping),
  }
}
