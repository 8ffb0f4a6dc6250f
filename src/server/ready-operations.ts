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
} from 'graphql'
import type { OperationKind } from '../observe/metrics.ts'
import { type Coerce, createCoercers, REFUSED } from './coerce-input.ts'
import { keptByOperation } from './kept-by-operation.ts'

type Variables = Readonly<Record<string, unknown>>

/** An operation whose variables are coerced here. */
export interface ReadyOperation {
  readonly kind: OperationKind
  /** The variables to execute with; undefined where graphql refuses them. */
  variablesOf(given: Variables): Variables | undefined
}

interface Variable {
  readonly name: string
  readonly type: GraphQLInputType
  readonly coerce: Coerce
  readonly defaultValue: ValueNode | undefined
}

const coerced = (variables: readonly Variable[], given: Variables): Variables | undefined => {
  const values: Record<string, unknown> = Object.create(null)
  for (const { name, type, coerce, defaultValue } of variables) {
    const isGiven = Object.hasOwn(given, name)
    if (!isGiven && defaultValue !== undefined) values[name] = valueFromAST(defaultValue, type)
    else {
      const value = coerce(isGiven ? given[name] : null)
      if (value === REFUSED) return undefined
      if (isGiven) values[name] = value
    }
  }
  return values
}

/** Makes operations ready once, for as long as their documents are kept; undefined for a document without such an operation. */
export const createReadyOperations = (schema: GraphQLSchema) => {
  const coercerOf = createCoercers()
  const kept = keptByOperation<ReadyOperation | undefined>()
  const variable = ({ variable: { name }, type: node, defaultValue }: VariableDefinitionNode): Variable[] => {
    const type = typeFromAST(schema, node)
    return isInputType(type) ? [{ name: name.value, type, coerce: coercerOf(type), defaultValue }] : []
  }
  const make = (operation: OperationDefinitionNode): ReadyOperation => {
    const variables = (operation.variableDefinitions ?? []).flatMap(variable)
    return {
      kind: operation.operation,
      variablesOf: given => coerced(variables, given),
    }
  }
  return (document: DocumentNode, operationName: string | undefined): ReadyOperation | undefined =>
    kept(document, operationName, () => {
      const operation = getOperationAST(document, operationName)
      return operation ? make(operation) : undefined
    })
}
