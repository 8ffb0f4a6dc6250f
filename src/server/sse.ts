import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import { RequestProblem } from './answers.ts'
import type { Engine } from './engine.ts'
import type { GraphQLParams } from './graphql-params.ts'
import { isStream, type OperationResult, toClientResult } from './operation.ts'
import { serialised } from './ready-result.ts'

/** Bounds of event streams. */
export interface SseLimits {
  /** Streams open at once. */
  readonly maxStreams: number
  /** Bytes waiting for one client beyond which its operation is not pulled. */
  readonly bufferBytes: number
  readonly keepAliveMs: number
}

/** Answers operations as event streams: GraphQL over SSE, distinct connections. */
export interface EventStreams {
  /** @throws RequestProblem 503 when there are too many streams; afterwards everything is told in the stream. */
  answer(response: ServerResponse, params: GraphQLParams): Promise<void>
}

/** An iterator that is always ready would starve the event loop: 2.6 s for 300,000 messages. */
const EVENTS_A_TURN = 64
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  // nginx would collect events otherwise.
  'X-Accel-Buffering': 'no',
}
const COMMENT = ':\n\n'
const COMPLETE = 'event: complete\ndata:\n\n'

const nextEvent = (result: ExecutionResult): string => `event: next\ndata: ${serialised(result)}\n\n`

/** Waits until the client has taken what waits for it, or is gone. */
const drained = async (response: ServerResponse, bufferBytes: number, gone: AbortSignal): Promise<void> => {
  if (!response.writableNeedDrain || response.writableLength <= bufferBytes || gone.aborted) return
  await once(response, 'drain', { signal: gone }).catch(() => undefined)
}

const noMutationByGet = new GraphQLError('A mutation needs a POST.', { extensions: { code: 'BAD_REQUEST' } })

/** Creates the event streams of a server. */
export const createEventStreams = (engine: Engine, limits: SseLimits): EventStreams => {
  const { toClientError, metrics } = engine
  let open = 0

  const send = async (response: ServerResponse, result: OperationResult, gone: AbortSignal): Promise<void> => {
    if (!isStream(result)) {
      response.write(nextEvent(toClientResult(result, toClientError)))
      return
    }
    let sent = 0
    for await (const one of result) {
      if (gone.aborted) return
      response.write(nextEvent(toClientResult(one, toClientError)))
      await drained(response, limits.bufferBytes, gone)
      if (++sent % EVENTS_A_TURN === 0) await nextTurn()
    }
  }

  const run = async (response: ServerResponse, args: ExecutionArgs, gone: AbortSignal): Promise<void> => {
    const result = await engine.run(args)
    if (!isStream(result)) return send(response, result, gone)
    // The source is told at once, also while it waits for its next value.
    const end = () => void result.return?.().catch(() => undefined)
    if (gone.aborted) return end()
    gone.addEventListener('abort', end, { once: true })
    metrics.subscriptions('sse', 1)
    try {
      await send(response, result, gone)
    } catch (thrown) {
      response.write(nextEvent({ errors: [toClientError(thrown)] }))
    } finally {
      gone.removeEventListener('abort', end)
      metrics.subscriptions('sse', -1)
    }
  }

  return {
    async answer(response, params) {
      if (open >= limits.maxStreams) throw new RequestProblem(503, 'BUSY', 'Too many event streams are open.')
      const gone = new AbortController()
      response.once('close', () => gone.abort())
      open += 1
      metrics.connections('sse', 1)
      response.writeHead(200, HEADERS).write(COMMENT)
      const ping = setInterval(() => response.writableLength === 0 && response.write(COMMENT), limits.keepAliveMs)
      try {
        const { kind, args, errors } = { kind: undefined, ...engine.prepare(params, 'sse', gone.signal) }
        const isRefused = kind === 'mutation' && response.req.method === 'GET'
        if (args === undefined || isRefused) response.write(nextEvent({ errors: errors ?? [noMutationByGet] }))
        else await run(response, args, gone.signal)
        response.end(COMPLETE)
      } finally {
        clearInterval(ping)
        open -= 1
        metrics.connections('sse', -1)
      }
    },
  }
}
