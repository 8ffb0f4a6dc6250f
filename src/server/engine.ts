import type { ExecutionArgs, GraphQLError, GraphQLSchema } from 'graphql'
import type { OperationKind, ServerMetrics, Transport } from '../observe/metrics.ts'
import type { ToClientError } from './client-error.ts'
import type { Documents } from './documents.ts'
import type { Executor } from './execute-operation.ts'
import type { GraphQLParams } from './graphql-params.ts'
import {
  type Caller,
  type CreateContext,
  executionArgs,
  kindOf,
  noSuchOperation,
  type OperationResult,
  runOperation,
} from './operation.ts'
import type { Subscribe } from './subscription.ts'

/** What an operation runs on, whatever brought it. */
export interface EngineParts {
  readonly schema: GraphQLSchema
  readonly createContext: CreateContext
  readonly documents: Documents
  readonly toClientError: ToClientError
  readonly metrics: ServerMetrics
  readonly executor: Executor
  readonly subscribe: Subscribe
}

/** An operation ready to run, or why it cannot. */
type PreparedOperation =
  | { readonly kind: OperationKind; readonly args: ExecutionArgs; readonly errors?: undefined }
  | { readonly args?: undefined; readonly errors: readonly GraphQLError[] }

/** Prepares operations of the streaming transports; everything that a client must not see is translated already. */
export interface Engine extends EngineParts {
  prepare(params: GraphQLParams, transport: Transport, caller: Caller): PreparedOperation
  /** Runs what was prepared. Never throws: what is thrown becomes the result's error. */
  run(args: ExecutionArgs): Promise<OperationResult>
}

/** One engine serves all transports of a server. */
export const createEngine = (parts: EngineParts): Engine => {
  const { schema, createContext, documents, toClientError, metrics, executor, subscribe } = parts
  const prepared = (params: GraphQLParams, transport: Transport, caller: Caller): PreparedOperation => {
    const { document, errors } = documents(params.query)
    const kind = document === undefined ? 'invalid' : kindOf(document, params.operationName)
    metrics.operationStarted(transport, kind)
    if (document === undefined) return { errors }
    if (kind !== 'invalid') return { kind, args: executionArgs(schema, document, params, createContext(caller)) }
    return { errors: [noSuchOperation()] }
  }
  return {
    ...parts,
    run: args => runOperation(args, executor, subscribe),
    prepare(params, transport, caller) {
      try {
        return prepared(params, transport, caller)
      } catch (thrown) {
        return { errors: [toClientError(thrown)] }
      }
    },
  }
}
