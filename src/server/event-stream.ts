import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ExecutionResult } from 'graphql'
import { RequestProblem } from './answers.ts'
import type { Engine } from './engine.ts'
import type { GraphQLParams } from './graphql-params.ts'
import { LargeResult } from './large-result.ts'
import { isStream, type OperationArgs, toClientResult } from './operation.ts'
import { serialised } from './ready-result.ts'
import type { SendBudget } from './send-budget.ts'
import { sendPieces } from './send-pieces.ts'
import { tooSlow } from './socket-protocol.ts'
import type { SendLimits } from './socket-sender.ts'
import { untilWrittenOrStalled } from './stall-watch.ts'

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

/** The status that GraphQL over HTTP wants, whatever the type of the answer. */
const mutationByGet = new RequestProblem(405, 'BAD_REQUEST', 'A mutation needs a POST.', { Allow: 'POST' })

/** Bounds of one event stream. */
export interface EventStreamLimits extends SendLimits {
  readonly keepAliveMs: number
}

/** What all event streams of a server share. */
export interface EventStreamParts {
  readonly engine: Engine
  readonly limits: EventStreamLimits
  readonly budget: SendBudget
}

/** The answer to one operation as a stream of events. */
export class EventStream {
  readonly #parts: EventStreamParts
  readonly #response: ServerResponse
  /** Aborted when the client has left. */
  readonly #gone = new AbortController()
  /** Bytes that wait for this client. */
  #held = 0

  constructor(parts: EventStreamParts, response: ServerResponse) {
    this.#parts = parts
    this.#response = response
    response.once('close', this.#onGone)
    // An answer that stands behind others on its connection is not told when that ends. Nobody says how many may stand there.
    response.req.socket.setMaxListeners(0).once('close', this.#onGone)
  }

  /**
   * Answers what `params` ask for; resolves when everything is told, or the client has left.
   * @throws RequestProblem 405 for a mutation by GET; everything else is told in the stream.
   */
  async run(params: GraphQLParams): Promise<void> {
    const response = this.#response
    const { kind, args, errors } = { kind: undefined, ...this.#parts.engine.prepare(params, 'sse', this.#gone) }
    if (kind === 'mutation' && response.req.method === 'GET') throw mutationByGet
    response.writeHead(200, HEADERS).write(COMMENT)
    const ping = setInterval(
      () => response.writableLength === 0 && response.write(COMMENT),
      this.#parts.limits.keepAliveMs,
    )
    try {
      if (args === undefined) response.write(nextEvent({ errors }))
      else await this.#execute(args)
      response.end(COMPLETE)
    } finally {
      clearInterval(ping)
    }
  }

  /** What is written between the end of a connection and the telling of it, node never calls back for. */
  readonly #onGone = (): void => {
    this.#response.req.socket.off('close', this.#onGone)
    this.#gone.abort()
    this.#give(this.#held)
  }

  #give(bytes: number): void {
    const given = Math.min(bytes, this.#held)
    this.#held -= given
    this.#parts.budget.give(given)
  }

  async #execute(args: OperationArgs): Promise<void> {
    const { run, toClientError } = this.#parts.engine
    const result = await run(args)
    if (isStream(result)) await this.#follow(result)
    else if (result instanceof LargeResult) await this.#sendLarge(result)
    else this.#response.write(nextEvent(toClientResult(result, toClientError)))
  }

  async #sendLarge(result: LargeResult): Promise<void> {
    const [before, after] = [Buffer.from('event: next\ndata: '), Buffer.from('\n\n')]
    try {
      await sendPieces(this.#response, [before, ...result.take().pieces, after])
    } finally {
      result.sent()
    }
  }

  async #follow(results: AsyncIterableIterator<ExecutionResult>): Promise<void> {
    const { metrics, toClientError } = this.#parts.engine
    const { signal } = this.#gone
    // The source is told at once, also while it waits for its next value.
    const end = () => void results.return?.().catch(() => undefined)
    if (signal.aborted) return end()
    signal.addEventListener('abort', end, { once: true })
    metrics.subscriptions('sse', 1)
    try {
      await this.#sendEach(results)
    } catch (thrown) {
      this.#response.write(nextEvent({ errors: [toClientError(thrown)] }))
    } finally {
      signal.removeEventListener('abort', end)
      metrics.subscriptions('sse', -1)
    }
  }

  async #sendEach(results: AsyncIterableIterator<ExecutionResult>): Promise<void> {
    const { engine, limits } = this.#parts
    let sent = 0
    const onStall = () => void results.throw?.(tooSlow(limits.stallMs)).catch(() => undefined)
    for await (const one of results) {
      if (this.#gone.signal.aborted) return
      await this.#write(nextEvent(toClientResult(one, engine.toClientError)), onStall)
      if (++sent % EVENTS_A_TURN === 0) await nextTurn()
    }
  }

  async #write(text: string, onStall: () => void): Promise<void> {
    const { limits, budget } = this.#parts
    const response = this.#response
    const { signal } = this.#gone
    if (signal.aborted) return
    budget.take(text.length)
    this.#held += text.length
    response.write(text, () => this.#give(text.length))
    const mayWait = budget.isSpent ? 0 : limits.bufferBytes
    if (!response.writableNeedDrain || response.writableLength <= mayWait || signal.aborted) return
    await untilWrittenOrStalled(drained(response, signal), response.socket ?? response, limits.stallMs, onStall)
  }
}
