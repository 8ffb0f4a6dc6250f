import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { makeServer, type Server, type SubscribePayload } from 'graphql-ws'
import type { GraphQLParams } from '../pipeline/graphql-params.ts'
import { isStream, type OperationResult } from '../pipeline/operation.ts'
import type { Pipeline, PreparedOperation } from '../pipeline/pipeline.ts'
import { LargeResult } from '../pipeline/results/large-result.ts'
import { ReadyResult } from '../pipeline/results/ready-result.ts'
import { createFrames, type Frames } from './frames.ts'
import { type FrameSender, SentResults } from './sent-results.ts'
import type { SocketOperations } from './socket-operations.ts'
import { refusalOf, refusedWith } from './socket-refusal.ts'

/** State of one socket that graphql-ws passes to its hooks. */
export interface SocketExtra extends FrameSender {
  readonly operations: SocketOperations
  /** The client has sent `connection_init`. */
  stopInitTimer(): void
}

/** The graphql-transport-ws protocol, independent of a socket. */
export type ProtocolServer = Server<SocketExtra>

/** Limits of the protocol. */
export interface ProtocolLimits {
  readonly maxOperations: number
}

const tooMany = (most: number): GraphQLError =>
  new GraphQLError(`A WebSocket runs at most ${most} operations at once (MAX_OPERATIONS_PER_SOCKET).`, {
    extensions: { code: 'BUSY' },
  })

const paramsOf = ({ query, operationName, variables }: SubscribePayload): GraphQLParams => ({
  query,
  ...(operationName ? { operationName } : {}),
  ...(variables ? { variables } : {}),
})

/**
 * graphql-transport-ws on this pipeline. An error ends only its operation. Nothing here throws: that would close the
 * socket and every other operation on it.
 */
export const createSocketProtocol = (
  pipeline: Pipeline,
  limits: ProtocolLimits,
): { readonly protocol: ProtocolServer; readonly frames: Frames } => {
  const { toClientError, metrics, schema } = pipeline
  const frames = createFrames()
  const formatted = (errors: readonly unknown[]): readonly GraphQLFormattedError[] =>
    errors.map(error => toClientError(error).toJSON())
  const begun = (operations: SocketOperations, payload: SubscribePayload, { args, errors }: PreparedOperation) => {
    if (args !== undefined) return args
    operations.end(payload)
    return errors
  }
  const protocol = makeServer<undefined, SocketExtra>({
    schema,
    // graphql-ws would keep its timer after `connection_init` for as long as the socket lives.
    connectionInitWaitTimeout: 0,
    onConnect: ({ extra }) => extra.stopInitTimer(),
    onSubscribe: ({ extra: { operations } }, id, payload) => {
      if (operations.size >= limits.maxOperations) return [tooMany(limits.maxOperations)]
      const caller = operations.begin(id, payload)
      const prepared = pipeline.prepare(paramsOf(payload), 'websocket', caller)
      if (!(prepared instanceof Promise)) return begun(operations, payload, prepared)
      return prepared.then(late => begun(operations, payload, late))
    },
    execute: pipeline.run,
    subscribe: pipeline.run,
    onOperation: ({ extra }, id, payload, _args, result) => {
      // graphql-ws also allows results of incremental delivery; the pipeline makes none.
      const results = result as OperationResult
      if (!isStream(results)) return refusalOf(results)
      extra.operations.streams(payload, results)
      metrics.subscriptions('websocket', 1)
      return new SentResults(results, id, frames, extra)
    },
    onNext: (_context, _id, _payload, _args, result) => {
      if (result instanceof ReadyResult || result instanceof LargeResult) return frames.placeholder(result)
      if (result.errors === undefined) return undefined
      const { data, extensions, errors } = result
      return {
        errors: formatted(errors),
        ...(data === undefined ? {} : { data }),
        ...(extensions ? { extensions } : {}),
      }
    },
    onError: (_context, _id, _payload, errors) => formatted(errors.flatMap(refusedWith)),
    onComplete: ({ extra: { operations } }, _id, payload) => {
      if (operations.end(payload)) metrics.subscriptions('websocket', -1)
    },
  })
  return { protocol, frames }
}
