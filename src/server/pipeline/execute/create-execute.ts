import {
  assertValidSchema,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { tooManyValues } from '../plan/input-values.ts'
import { createReadyOperations, type ReadyOperations } from '../plan/ready-operations.ts'
import { HeldPermit } from '../results/held-permit.ts'
import type { Answer } from './answer/answer.ts'
import { executeOperation } from './execute-operation.ts'
import { Execution, type ExecutionCaller, type ExecutionParts } from './execution.ts'
import { createOperationPlans } from './plan/operation-plan.ts'

/** An operation of a valid document, and its inputs. */
export interface OperationToExecute {
  readonly document: DocumentNode
  readonly operationName?: string | null | undefined
  readonly contextValue?: unknown
  readonly rootValue?: unknown
  /** As the client sent them. */
  readonly variableValues?: { readonly [variable: string]: unknown } | null | undefined
  /** The same, coerced for resolvers, if that is already done. */
  readonly coercedVariables?: { readonly [variable: string]: unknown }
  readonly caller?: ExecutionCaller
}

/** Executes a query or mutation. Never throws or rejects: a thrown error becomes an error of the answer. */
export type Execute = (operation: OperationToExecute) => Answer | Promise<Answer>

const operationOf = (
  { definitions }: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode | GraphQLError => {
  const operations = definitions.filter(each => each.kind === Kind.OPERATION_DEFINITION)
  if (name !== null && name !== undefined)
    return (
      operations.findLast(each => each.name?.value === name) ?? new GraphQLError(`Unknown operation named "${name}".`)
    )
  const [only, ...others] = operations
  if (only === undefined) return new GraphQLError('Must provide an operation.')
  return others.length === 0
    ? only
    : new GraphQLError('Must provide operation name if query contains multiple operations.')
}

/** The most errors about variables that graphql lists. */
const MAX_VARIABLE_ERRORS = 50

/** Why the variables are refused. If there are too many values, they are not coerced again. */
const variableErrors = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: { readonly [variable: string]: unknown },
): readonly GraphQLError[] => {
  const tooMany = tooManyValues(given)
  if (tooMany !== null) return [tooMany]
  return getVariableValues(schema, variableDefinitions, given, { maxErrors: MAX_VARIABLE_ERRORS }).errors ?? []
}

/**
 * Executes as graphql's own `execute` does, with four differences: it yields to the event loop, limits an answer while it is
 * made, calls a resolver once for equal questions of an operation, and coerces the arguments of a field once.
 */
export const createExecute = (
  schema: GraphQLSchema,
  parts: ExecutionParts,
  readyOperation: ReadyOperations = createReadyOperations(schema),
): Execute => {
  assertValidSchema(schema)
  const planOf = createOperationPlans(schema)
  const refused = (errors: readonly GraphQLError[]): Answer => ({
    data: undefined,
    errors,
    isMutation: false,
    permit: new HeldPermit(parts.permits),
  })
  return ({ document, operationName, contextValue, rootValue, variableValues, coercedVariables, caller }) => {
    const operation = operationOf(document, operationName)
    if (operation instanceof GraphQLError) return refused([operation])
    const coerced = coercedVariables ?? readyOperation(document, operationName)?.variablesOf(variableValues ?? {})
    if (coerced === undefined) return refused(variableErrors(schema, operation, variableValues ?? {}))
    const plan = planOf(document, operation, coerced)
    const execution = new Execution({ plan, rootValue, contextValue, variableValues: coerced, caller }, parts)
    return execution.run(() => executeOperation(execution))
  }
}
