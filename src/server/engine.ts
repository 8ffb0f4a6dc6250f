import type { GraphQLError, GraphQLSchema } from 'graphql'
import type { OperationKind, ServerMetrics, Transport } from '../observe/metrics.ts'
import type { ToClientError } from './client-error.ts'
import type { Documents } from './documents.ts'
import type { Answers } from './execute/create-answers.ts'
import type { GraphQLParams } from './graphql-params.ts'
import { tooManyValues } from './input-values.ts'
import {
  type Caller,
  type CreateContext,
  executionArgs,
  kindOf,
  noSuchOperation,
  type OperationArgs,
  type OperationResult,
  runOperation,
} from './operation.ts'
import { OwnCaller } from './own-caller.ts'
import type { Subscribe } from './subscription.ts'

/** What any transport needs to run an operation. */
export interface EngineParts {
  readonly schema: GraphQLSchema
  readonly createContext: CreateContext
  readonly documents: Documents
  readonly toClientError: ToClientError
  readonly metrics: ServerMetrics
  readonly subscribe: Subscribe
  readonly answers: Answers
}

/** An operation that is ready to run, or the reasons why not. */
type PreparedOperation =
  | { readonly kind: OperationKind; readonly args: OperationArgs; readonly errors?: undefined }
  | { readonly args?: undefined; readonly errors: readonly GraphQLError[] }

/** Prepares operations of the streaming transports. All errors are already translated for clients. */
export interface Engine extends EngineParts {
  prepare(params: GraphQLParams, transport: Transport, caller: Caller): PreparedOperation
  /** Runs a prepared operation. Never throws: a thrown error becomes the result's error. */
  run(args: OperationArgs): Promise<OperationResult>
}

/** One engine serves all transports of a server. */
export const createEngine = (parts: EngineParts): Engine => {
  const { schema, createContext, documents, toClientError, metrics, subscribe, answers } = parts
  const prepared = (params: GraphQLParams, transport: Transport, caller: Caller): PreparedOperation => {
    const { document, errors } = documents(params.query)
    const kind = document === undefined ? 'invalid' : kindOf(document, params.operationName)
    metrics.operationStarted(transport, kind)
    if (document === undefined) return { errors }
    if (kind === 'invalid') return { errors: [noSuchOperation()] }
    if (kind === 'subscription') {
      const tooMany = tooManyValues(params.variables)
      if (tooMany !== null) return { errors: [tooMany] }
      return { kind, args: executionArgs(schema, document, params, createContext(caller)) }
    }
    const own = new OwnCaller(caller)
    return { kind, args: { ...executionArgs(schema, document, params, createContext(own)), caller: own } }
  }
  return {
    ...parts,
    run: args => runOperation(args, subscribe, answers),
    prepare(params, transport, caller) {
      try {
        return prepared(params, transport, caller)
      } catch (thrown) {
        return { errors: [toClientError(thrown)] }
      }
    },
  }
}
