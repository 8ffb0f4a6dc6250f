import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql'
import type { Turns } from '../../async/turns.ts'
import type { OperationKind, ServerMetrics, Transport } from '../../observe/metrics.ts'
import { isLargeDocument } from './documents/check-document.ts'
import type { Documents } from './documents/documents.ts'
import type { ToClientError } from './errors/client-error.ts'
import type { Answers } from './execute/create-answers.ts'
import type { GraphQLParams } from './graphql-params.ts'
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
import { tooManyValues } from './plan/input-values.ts'
import type { Subscribe } from './subscribe/subscription.ts'

/** The stages of the pipeline, and what they share. */
export interface PipelineParts {
  readonly schema: GraphQLSchema
  readonly createContext: CreateContext
  /** Parses, validates and bounds documents. */
  readonly documents: Documents
  /** Plans, executes and writes queries and mutations. */
  readonly answers: Answers
  /** Plans subscriptions, executes their events and shares the results. */
  readonly subscribe: Subscribe
  readonly toClientError: ToClientError
  readonly metrics: ServerMetrics
  /** Share the time of the event loop among large requests. */
  readonly turns: Turns
}

/** An operation of a valid document within its limits, or the reasons why not. */
type CheckedOperation =
  | { readonly kind: OperationKind; readonly document: DocumentNode; readonly errors?: undefined }
  | { readonly document?: undefined; readonly errors: readonly GraphQLError[] }

/** An operation that is ready to run, or the reasons why not. */
export type PreparedOperation =
  | { readonly kind: OperationKind; readonly args: OperationArgs; readonly errors?: undefined }
  | { readonly args?: undefined; readonly errors: readonly GraphQLError[] }

/**
 * From request to result, for every transport: parse, validate, bound, plan, execute, share, translate errors. HTTP, event
 * streams and WebSockets only read the request and write the result.
 */
export interface Pipeline extends PipelineParts {
  /** Parses, validates and bounds. Counts the operation. */
  check(params: GraphQLParams, transport: Transport): CheckedOperation
  /**
   * Checks, and gives the operation its context. All errors are already translated for clients. A promise for a large request,
   * which is checked in several turns of the event loop.
   */
  prepare(params: GraphQLParams, transport: Transport, caller: Caller): PreparedOperation | Promise<PreparedOperation>
  /** Runs a prepared operation. Never throws: a thrown error becomes the result's error. */
  run(args: OperationArgs): Promise<OperationResult>
}

/** One pipeline serves all transports of a server. */
export const createPipeline = (parts: PipelineParts): Pipeline => {
  const { schema, createContext, documents, toClientError, metrics, subscribe, answers, turns } = parts
  const check = (params: GraphQLParams, transport: Transport): CheckedOperation => {
    const { document, errors } = documents.check(params)
    const kind = document === undefined ? 'invalid' : kindOf(document, params.operationName)
    metrics.operationStarted(transport, kind)
    if (document === undefined) return { errors }
    return kind === 'invalid' ? { errors: [noSuchOperation()] } : { kind, document }
  }
  const prepared = (params: GraphQLParams, transport: Transport, caller: Caller): PreparedOperation => {
    const checked = check(params, transport)
    if (checked.document === undefined) return checked
    const { kind, document } = checked
    const takesTurns = params.isLarge === true || isLargeDocument(document)
    if (kind === 'subscription') {
      const tooMany = tooManyValues(params.variables)
      if (tooMany !== null) return { errors: [tooMany] }
      return { kind, args: { ...executionArgs(schema, document, params, createContext(caller)), takesTurns } }
    }
    const own = new OwnCaller(caller)
    return { kind, args: { ...executionArgs(schema, document, params, createContext(own)), caller: own, takesTurns } }
  }
  const preparedSafely = (params: GraphQLParams, transport: Transport, caller: Caller): PreparedOperation => {
    try {
      return prepared(params, transport, caller)
    } catch (thrown) {
      return { errors: [toClientError(thrown)] }
    }
  }
  return {
    ...parts,
    check,
    run: args => {
      const run = () => runOperation(args, subscribe, answers)
      return args.takesTurns ? turns.inTurn(run) : run()
    },
    prepare(params, transport, caller) {
      const now = () => preparedSafely(params, transport, caller)
      const checking = documents.prepare(params)
      if (checking !== undefined) return checking.then(() => turns.inTurn(now))
      return params.isLarge ? turns.inTurn(now) : now()
    },
  }
}
