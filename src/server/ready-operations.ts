import { randomUUID } from 'node:crypto'
import {
  type DocumentNode,
  type GraphQLInputType,
  GraphQLScalarType,
  type GraphQLSchema,
  getOperationAST,
  isInputType,
  Kind,
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

/** An operation whose variables are coerced here: graphql is given the schema and the document of this, and takes them as they are. */
export interface ReadyOperation {
  readonly kind: OperationKind
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  /** The variables to execute with; undefined where graphql refuses them. */
  variablesOf(given: Variables): Variables | undefined
}

interface Variable {
  readonly name: string
  readonly type: GraphQLInputType
  readonly coerce: Coerce
  readonly defaultValue: ValueNode | undefined
}

/** By a name that no client can ask `__type` for. */
const AS_IT_IS = new GraphQLScalarType({
  name: `AsItIs_${randomUUID().replaceAll('-', '')}`,
  parseValue: value => value,
})

/** The schema with one scalar more, which no client sees: types are listed from the schema itself. */
const viewOf = (schema: GraphQLSchema): GraphQLSchema => {
  const getType = (name: string) => (name === AS_IT_IS.name ? AS_IT_IS : schema.getType(name))
  return Object.create(schema, { getType: { value: getType } })
}

const takenAsItIs = ({ kind, variable }: VariableDefinitionNode): VariableDefinitionNode => ({
  kind,
  variable,
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: AS_IT_IS.name } },
})

const withVariablesAsTheyAre = (document: DocumentNode, operation: OperationDefinitionNode): DocumentNode => {
  const variableDefinitions = (operation.variableDefinitions ?? []).map(takenAsItIs)
  const definitions = document.definitions.map(each => (each === operation ? { ...each, variableDefinitions } : each))
  return { ...document, definitions }
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
  const view = viewOf(schema)
  const coercerOf = createCoercers()
  const kept = keptByOperation<ReadyOperation | undefined>()
  const variable = ({ variable: { name }, type: node, defaultValue }: VariableDefinitionNode): Variable[] => {
    const type = typeFromAST(schema, node)
    return isInputType(type) ? [{ name: name.value, type, coerce: coercerOf(type), defaultValue }] : []
  }
  const make = (document: DocumentNode, operation: OperationDefinitionNode): ReadyOperation => {
    const variables = (operation.variableDefinitions ?? []).flatMap(variable)
    return {
      kind: operation.operation,
      schema: view,
      document: withVariablesAsTheyAre(document, operation),
      variablesOf: given => coerced(variables, given),
    }
  }
  return (document: DocumentNode, operationName: string | undefined): ReadyOperation | undefined =>
    kept(document, operationName, () => {
      const operation = getOperationAST(document, operationName)
      return operation ? make(document, operation) : undefined
    })
}
