import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { keptByOperation } from '../../plan/kept-by-operation.ts'
import { collectFields } from './collect-fields.ts'
import { type FieldPlan, planSelection, type Selection } from './field-plan.ts'

type Variables = { readonly [variable: string]: unknown }

/** How to execute an operation, for given values of the variables in `@skip` and `@include`. Selections are planned on first use. */
export class OperationPlan {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Record<string, FragmentDefinitionNode>
  readonly #conditions: Variables
  readonly #selections = new WeakMap<FieldPlan, Map<GraphQLObjectType, Selection>>()
  #root: Selection | undefined
  #fields = 0

  constructor(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Record<string, FragmentDefinitionNode>,
    conditions: Variables,
  ) {
    this.schema = schema
    this.operation = operation
    this.fragments = fragments
    this.#conditions = conditions
  }

  get isMutation(): boolean {
    return this.operation.operation === OperationTypeNode.MUTATION
  }

  /** The root fields. @throws GraphQLError for a condition without a value. */
  rootSelection(type: GraphQLObjectType): Selection {
    this.#root ??= planSelection(collectFields([this.operation.selectionSet], type, this.#parts), {
      ...{ schema: this.schema, type, findsTwins: !this.isMutation, isRepeated: false },
      nextId: this.#nextId,
    })
    return this.#root
  }

  /** The fields of `type` that are selected below a field. @throws GraphQLError for a condition without a value. */
  selectionOf(field: FieldPlan, type: GraphQLObjectType): Selection {
    const known = this.#selections.get(field)?.get(type)
    if (known !== undefined) return known
    const planned = planSelection(collectFields(field.selectionSets, type, this.#parts), {
      ...{ schema: this.schema, type, findsTwins: true },
      isRepeated: field.isRepeated || field.question !== null,
      nextId: this.#nextId,
    })
    const ofField = this.#selections.get(field) ?? new Map<GraphQLObjectType, Selection>()
    this.#selections.set(field, ofField.set(type, planned))
    return planned
  }

  readonly #nextId = (): number => this.#fields++

  get #parts() {
    return { schema: this.schema, fragments: this.fragments, conditions: this.#conditions }
  }
}

/** The most plans of one operation for different values of its conditions; the oldest are evicted. */
const VARIANTS_KEPT = 8

/** The variables in conditions of a document. */
const conditionVariables = (document: DocumentNode): readonly string[] => {
  const names = new Set<string>()
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return undefined
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
      return false
    },
  })
  return [...names]
}

interface Variants {
  readonly names: readonly string[]
  readonly fragments: Record<string, FragmentDefinitionNode>
  readonly plans: LRUCache<string, OperationPlan>
}

const variantsOf = (document: DocumentNode): Variants => {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null)
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition
  return { names: conditionVariables(document), fragments, plans: new LRUCache({ max: VARIANTS_KEPT }) }
}

const conditionsOf = (names: readonly string[], variables: Variables): Variables =>
  Object.fromEntries(names.flatMap(name => (Object.hasOwn(variables, name) ? [[name, variables[name]]] : [])))

/** Plans each operation once for each set of condition values, while its document is cached. */
export const createOperationPlans = (schema: GraphQLSchema) => {
  const kept = keptByOperation<Variants>()
  return (document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): OperationPlan => {
    const { names, fragments, plans } = kept(document, operation.name?.value, () => variantsOf(document))
    const conditions = conditionsOf(names, variables)
    const variant = names.length === 0 ? '' : JSON.stringify(conditions)
    const known = plans.get(variant)
    if (known !== undefined) return known
    const plan = new OperationPlan(schema, operation, fragments, conditions)
    plans.set(variant, plan)
    return plan
  }
}
