import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getOperationAST,
  isInputType,
  type OperationDefinitionNode,
  typeFromAST,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromAST,
  visit,
} from 'graphql'
import { SENT_VARIABLES, type SentVariables } from '../../../graphql/core/scalars/json.ts'
import type { OperationKind } from '../../../observe/metrics.ts'
import { type Coerce, createCoercers, REFUSED } from './coerce-input.ts'
import { InputBudget } from './input-values.ts'
import { keptByOperation } from './kept-by-operation.ts'

type Variables = Readonly<Record<string, unknown>>

/** An operation whose variables are coerced here. */
export interface ReadyOperation {
  readonly kind: OperationKind
  /** The coerced variables; undefined if graphql refuses them or they hold too many values. */
  variablesOf(given: Variables): Variables | undefined
}

/** Finds the ready operation of a document; undefined when the document has no such operation. */
export type ReadyOperations = (
  document: DocumentNode,
  operationName: string | null | undefined,
) => ReadyOperation | undefined

interface Variable {
  readonly name: string
  readonly type: GraphQLInputType
  readonly coerce: Coerce
  readonly defaultValue: ValueNode | undefined
}

const coerced = (variables: readonly Variable[], given: Variables): Variables | undefined => {
  const values: Record<string, unknown> = Object.create(null)
  const budget = new InputBudget()
  for (const { name, type, coerce, defaultValue } of variables) {
    const isGiven = Object.hasOwn(given, name)
    if (!isGiven && defaultValue !== undefined) values[name] = valueFromAST(defaultValue, type)
    else {
      const value = coerce(isGiven ? given[name] : null, budget)
      if (value === REFUSED) return undefined
      if (isGiven) values[name] = value
    }
  }
  return values
}

/**
 * True when a list or object literal contains a variable. If the literal is JSON, the variable means the value as sent.
 */
const hasVariableInLiteral = (document: DocumentNode): boolean => {
  let isFound = false
  let depth = 0
  const literal = {
    enter: () => {
      depth++
    },
    leave: () => {
      depth--
    },
  }
  const Variable = () => {
    isFound ||= depth > 0
  }
  visit(document, { ObjectValue: literal, ListValue: literal, Variable })
  return isFound
}

const defaultsOf = (variables: readonly Variable[]): ReadonlyMap<string, ValueNode> =>
  new Map(variables.flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, defaultValue]])))

/** Prepares each operation once, while its document is cached. */
export const createReadyOperations = (schema: GraphQLSchema): ReadyOperations => {
  const coercerOf = createCoercers()
  const kept = keptByOperation<ReadyOperation>()
  const withVariableInLiteral = new WeakMap<DocumentNode, boolean>()
  const mayHaveVariableInJson = (document: DocumentNode): boolean => {
    const known = withVariableInLiteral.get(document) ?? hasVariableInLiteral(document)
    withVariableInLiteral.set(document, known)
    return known
  }
  const variable = ({ variable: { name }, type: node, defaultValue }: VariableDefinitionNode): Variable[] => {
    const type = typeFromAST(schema, node)
    return isInputType(type) ? [{ name: name.value, type, coerce: coercerOf(type), defaultValue }] : []
  }
  const make = (document: DocumentNode, operation: OperationDefinitionNode): ReadyOperation => {
    const { operation: kind } = operation
    const variables = (operation.variableDefinitions ?? []).flatMap(variable)
    if (!mayHaveVariableInJson(document)) return { kind, variablesOf: given => coerced(variables, given) }
    const defaults = defaultsOf(variables)
    return {
      kind,
      variablesOf: given => {
        const sent: SentVariables = { given, defaults }
        const values = coerced(variables, given)
        return values && Object.assign(values, { [SENT_VARIABLES]: sent })
      },
    }
  }
  return (document, operationName) =>
    kept(document, operationName, () => {
      const operation = getOperationAST(document, operationName)
      return operation ? make(document, operation) : undefined
    })
}
