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
  visit,
} from 'graphql'
import { SENT_VARIABLES, type SentVariables } from '../graphql/scalars/json.ts'
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

const takenAsItIs = (name: string): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: AS_IT_IS.name } },
})

const withVariablesAsTheyAre = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  names: readonly string[],
): DocumentNode => {
  const variableDefinitions = names.map(takenAsItIs)
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

/** True when a variable stands inside a list or object literal. If that literal is JSON, the variable means the value as it was sent. */
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

/** Makes operations ready once, for as long as their documents are kept; undefined for a document without such an operation. */
export const createReadyOperations = (schema: GraphQLSchema) => {
  const view = viewOf(schema)
  const coercerOf = createCoercers()
  const kept = keptByOperation<ReadyOperation | undefined>()
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
    const variables = (operation.variableDefinitions ?? []).flatMap(variable)
    const names = variables.map(({ name }) => name)
    const ready = { kind: operation.operation, schema: view }
    if (!mayHaveVariableInJson(document)) {
      const variablesOf = (given: Variables) => coerced(variables, given)
      return { ...ready, document: withVariablesAsTheyAre(document, operation, names), variablesOf }
    }
    const defaults = defaultsOf(variables)
    return {
      ...ready,
      document: withVariablesAsTheyAre(document, operation, [...names, SENT_VARIABLES]),
      variablesOf: given => {
        const sent: SentVariables = { given, defaults }
        const values = coerced(variables, given)
        return values && Object.assign(values, { [SENT_VARIABLES]: sent })
      },
    }
  }
  return (document: DocumentNode, operationName: string | undefined): ReadyOperation | undefined =>
    kept(document, operationName, () => {
      const operation = getOperationAST(document, operationName)
      return operation ? make(document, operation) : undefined
    })
}
