import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql'
import type { OperationKind } from '../../observe/metrics.ts'
import { codeOf, type ToClientError } from './errors/client-error.ts'
import type { Answers } from './execute/create-answers.ts'
import type { ExecutionCaller } from './execute/execution.ts'
import type { GraphQLParams } from './graphql-params.ts'
import { LargeResult } from './results/large-result.ts'
import { ReadyResult } from './results/ready-result.ts'
import type { Subscribe } from './subscribe/subscription.ts'

/**
 * The client that waits for an operation. `signal` aborts when no client waits any more. An AbortController creates its
 * signal on first use.
 */
export interface Caller extends Pick<AbortController, 'signal'> {
  /** The cursor that a subscription resumes from. It overrides the arguments. */
  readonly resumeAfter?: string | undefined
}

/** Makes the context that the resolvers of one operation share. Reads the caller's signal only when a resolver does. */
export type CreateContext = (caller: Caller) => object

/** One result, or a stream of results. */
export type OperationResult = ExecutionResult | AsyncIterableIterator<ExecutionResult>

/** True for the results of a subscription. */
export const isStream = (result: OperationResult): result is AsyncIterableIterator<ExecutionResult> =>
  Symbol.asyncIterator in result

/** The kind of an operation in a document; `invalid` when the document has no such operation. */
export const kindOf = (document: DocumentNode, operationName: string | undefined): OperationKind =>
  getOperationAST(document, operationName)?.operation ?? 'invalid'

/** The error of a document without the requested operation; the same over every transport. */
export const noSuchOperation = (): GraphQLError =>
  new GraphQLError('The document has no such operation, or has several and "operationName" names none.', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
  })

/** The arguments of an operation's execution, and the client that waits for it. */
export interface OperationArgs extends ExecutionArgs {
  readonly caller?: ExecutionCaller
  /** Its document or its variables are large: its execution begins in a turn of the event loop that large requests share. */
  readonly takesTurns?: boolean
}

/** The arguments to execute an operation of a checked document. */
export const executionArgs = (
  schema: GraphQLSchema,
  document: DocumentNode,
  params: GraphQLParams,
  contextValue: object,
): ExecutionArgs => ({
  schema,
  document,
  contextValue,
  variableValues: params.variables ?? null,
  operationName: params.operationName ?? null,
})

/** Executes a query or mutation and serialises its result. */
const answerOperation = async (args: OperationArgs, { execute, write }: Answers): Promise<ExecutionResult> => {
  const { document, operationName, contextValue, variableValues, caller } = args
  const answer = await execute({ document, operationName, contextValue, variableValues, ...(caller ? { caller } : {}) })
  if (answer.data === undefined) return { errors: answer.errors }
  const { text, pieces } = await write(answer)
  if (pieces === undefined) {
    answer.permit.giveBack()
    return new ReadyResult(text)
  }
  const result = new LargeResult(pieces, answer.permit)
  if (caller?.signal.aborted) result.drop()
  else caller?.signal.addEventListener('abort', () => result.drop(), { once: true })
  return result
}

/** Runs an operation. Never throws: a thrown error becomes the result's error. */
export const runOperation = async (
  args: OperationArgs,
  subscribe: Subscribe,
  answers: Answers,
): Promise<OperationResult> => {
  try {
    const kind = kindOf(args.document, args.operationName ?? undefined)
    return await (kind === 'subscription' ? subscribe(args) : answerOperation(args, answers))
  } catch (thrown) {
    const originalError = thrown instanceof Error ? thrown : new Error(String(thrown))
    return { errors: [new GraphQLError(originalError.message, { originalError })] }
  }
}

/**
 * For a response that is too large only that error is sent. A part of the data, with an error for every other list,
 * would be of no use.
 */
export const wholeOrNothing = (result: ExecutionResult): ExecutionResult => {
  const tooLarge = result.errors?.find(error => codeOf(error) === 'RESPONSE_TOO_LARGE')
  return tooLarge === undefined ? result : { data: null, errors: [tooLarge] }
}

/** A result as clients see it. */
export const toClientResult = (result: ExecutionResult, toClientError: ToClientError): ExecutionResult => {
  if (result instanceof ReadyResult || result instanceof LargeResult || result.errors === undefined) return result
  const { errors = [], ...rest } = wholeOrNothing(result)
  return { ...rest, errors: errors.map(toClientError) }
}
