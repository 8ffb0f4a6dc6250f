import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import { RequestProblem } from './answers.ts'
import type { Engine } from './engine.ts'
import type { GraphQLParams } from './graphql-params.ts'
import { isStream, type OperationResult, toClientResult } from './operation.ts'
import { serialised } from './ready-result.ts'
import type { SendBudget } from './send-budget.ts'
import { tooSlow } from './socket-protocol.ts'
import type { SendLimits } from './socket-sender.ts'
import { untilWrittenOrStalled } from './stall-watch.ts'

/** Bounds of event streams. */
export interface SseLimits extends SendLimits {
  /** Streams open at once. */
  readonly maxStreams: number
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

/** Resolves when the client has taken what waits for it, or is gone. */
const drained = (response: ServerResponse, gone: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const done = () => {
      response.off('drain', done)
      gone.removeEventListener('abort', done)
      resolve()
    }
    response.on('drain', done)
    gone.addEventListener('abort', done)
  })

const noMutationByGet = new GraphQLError('A mutation needs a POST.', { extensions: { code: 'BAD_REQUEST' } })

/** Creates the event streams of a server. */
export const createEventStreams = (engine: Engine, limits: SseLimits, budget: SendBudget): EventStreams => {
  const { toClientError, metrics } = engine
  let open = 0

  const write = async (
    response: ServerResponse,
    text: string,
    gone: AbortSignal,
    onStall: () => void,
  ): Promise<void> => {
    budget.take(text.length)
    response.write(text, () => budget.give(text.length))
    const mayWait = budget.isSpent ? 0 : limits.bufferBytes
    if (!response.writableNeedDrain || response.writableLength <= mayWait || gone.aborted) return
    await untilWrittenOrStalled(drained(response, gone), response.socket ?? response, limits.stallMs, onStall)
  }

  const send = async (response: ServerResponse, result: OperationResult, gone: AbortSignal): Promise<void> => {
    if (!isStream(result)) {
      response.write(nextEvent(toClientResult(result, toClientError)))
      return
    }
    let sent = 0
    const onStall = () => void result.throw?.(tooSlow(limits.stallMs)).catch(() => undefined)
    for await (const one of result) {
      if (gone.aborted) return
      await write(response, nextEvent(toClientResult(one, toClientError)), gone, onStall)
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
        const { kind, args, errors } = { kind: undefined, ...engine.prepare(params, 'sse', gone) }
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
