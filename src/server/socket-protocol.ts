import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { makeServer, type Server } from 'graphql-ws'
import type { Engine } from './engine.ts'
import { createFrameSplice, type FrameSplice } from './frames.ts'
import { isStream, type OperationResult } from './operation.ts'
import { ReadyResult } from './ready-result.ts'
import type { SocketOperations } from './socket-operations.ts'

/** What belongs to one socket. */
export interface SocketState {
  readonly operations: SocketOperations
  /** Of its operations, those that stream: counted until they complete. */
  readonly streaming: Set<object>
}

/** Bounds of the protocol. */
export interface ProtocolLimits {
  readonly maxOperations: number
  readonly connectionInitTimeoutMs: number
}

const tooMany = (most: number): GraphQLError =>
  new GraphQLError(`A WebSocket runs at most ${most} operations at once.`, { extensions: { code: 'BUSY' } })

/**
 * graphql-transport-ws on our engine. Errors of an operation end that operation: nothing here throws, which would close the
 * socket and with it everything else that runs on it.
 */
export const createSocketProtocol = (
  engine: Engine,
  limits: ProtocolLimits,
): { readonly protocol: Server<SocketState>; readonly frames: FrameSplice } => {
  const { toClientError, metrics, schema } = engine
  const frames = createFrameSplice()
  const formatted = (errors: readonly unknown[]): readonly GraphQLFormattedError[] =>
    errors.map(error => toClientError(error).toJSON())
  const protocol = makeServer<undefined, SocketState>({
    schema,
    connectionInitWaitTimeout: limits.connectionInitTimeoutMs,
    onSubscribe: ({ extra: { operations } }, id, payload) => {
      if (operations.size >= limits.maxOperations) return [tooMany(limits.maxOperations)]
      const signal = operations.begin(id, payload)
      const { query, operationName, variables } = payload
      const params = { query, ...(operationName ? { operationName } : {}), ...(variables ? { variables } : {}) }
      const { args, errors } = engine.prepare(params, 'websocket', signal)
      if (args !== undefined) return args
      operations.end(payload)
      return errors
    },
    execute: engine.run,
    subscribe: engine.run,
    onOperation: ({ extra: { streaming } }, _id, payload, _args, result) => {
      if (!isStream(result as OperationResult)) return
      streaming.add(payload)
      metrics.subscriptions('websocket', 1)
    },
    onNext: (_context, _id, _payload, _args, result) => {
      if (result instanceof ReadyResult) return frames.placeholder(result)
      if (result.errors === undefined) return undefined
      const { data, extensions, errors } = result
      return {
        errors: formatted(errors),
        ...(data === undefined ? {} : { data }),
        ...(extensions ? { extensions } : {}),
      }
    },
    onError: (_context, _id, _payload, errors) => formatted(errors),
    onComplete: ({ extra: { operations, streaming } }, _id, payload) => {
      operations.end(payload)
      if (streaming.delete(payload)) metrics.subscriptions('websocket', -1)
    },
  })
  return { protocol, frames }
}
