import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLSchema } from 'graphql'
import { createReadyOperations, type ReadyOperation } from './ready-operations.ts'

/** Executes queries and mutations. */
export interface Executor {
  /** The operation ready to run; undefined for a document that has no such operation. */
  readonly readyOperation: ReturnType<typeof createReadyOperations>
  /** Executes a ready operation with the variables that it has made. */
  executeReady(operation: ReadyOperation, args: ReadyArgs): Promise<ExecutionResult> | ExecutionResult
  /** Executes with variables as they were sent. */
  execute(args: ExecutionArgs): Promise<ExecutionResult> | ExecutionResult
}

type ReadyArgs = Pick<ExecutionArgs, 'contextValue' | 'variableValues' | 'operationName'>

/** One executor serves all transports, so that they coerce variables alike. */
export const createExecutor = (schema: GraphQLSchema): Executor => {
  const readyOperation = createReadyOperations(schema)
  const executeReady: Executor['executeReady'] = ({ schema: view, document }, args) =>
    execute({ ...args, schema: view, document })
  return {
    readyOperation,
    executeReady,
    execute: args => {
      const operation = readyOperation(args.document, args.operationName ?? undefined)
      const variableValues = operation?.variablesOf(args.variableValues ?? {})
      // Without values graphql refuses the variables itself, and says why.
      return operation && variableValues ? executeReady(operation, { ...args, variableValues }) : execute(args)
    },
  }
}
