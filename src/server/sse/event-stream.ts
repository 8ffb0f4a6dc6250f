import type { ServerResponse } from 'node:http'
import type { ExecutionResult, GraphQLError } from 'graphql'
import { EVENTS_A_TURN, nextTurn } from '../../async/loop-turn.ts'
import { RequestProblem } from '../http/answers.ts'
import { isPassing } from '../pipeline/errors/passing.ts'
import type { GraphQLParams } from '../pipeline/graphql-params.ts'
import { type Caller, isStream, type OperationArgs, toClientResult } from '../pipeline/operation.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { LargeResult } from '../pipeline/results/large-result.ts'
import { cursorOf } from '../pipeline/results/resumable.ts'
import type { SendBudget } from '../sending/send-budget.ts'
import { sendPieces } from '../sending/send-pieces.ts'
import { type SendLimits, tooSlow } from '../sending/slow-client.ts'
import { untilWrittenOrStalled } from '../sending/stall-watch.ts'
import { isOfEventSource, keepsIds, lastEventIdOf } from './event-source-request.ts'
import {
  COMMENT,
  COMPLETE,
  END_OF_EVENT,
  EVENT_STREAM_HEADERS,
  nextEvent,
  retryAfter,
  startOf,
  startOfNext,
} from './event-text.ts'

/** Resolves when the client has taken all queued bytes, or has left. */
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

/**
 * Random, so that the clients of a restarted server do not reconnect all at once. Browsers wait 3 to 5 s by default.
 */
const retryMs = (): number => 1000 + 1000 * Math.random()

/** The status that GraphQL over HTTP requires, for any response type. */
const mutationByGet = new RequestProblem(405, 'BAD_REQUEST', 'A mutation needs a POST.', { Allow: 'POST' })

/** Limits of one event stream. */
export interface EventStreamLimits extends SendLimits {
  readonly keepAliveMs: number
}

/** What all event streams of a server share. */
export interface EventStreamParts {
  readonly pipeline: Pipeline
  readonly limits: EventStreamLimits
  readonly budget: SendBudget
  /** True during shutdown: streams close without a `complete`, so that clients reconnect. */
  readonly isLeaving: () => boolean
}

/** The response to one operation as a stream of events. */
export class EventStream {
  readonly #parts: EventStreamParts
  readonly #response: ServerResponse
  /** Aborted when the client has left. */
  readonly #gone = new AbortController()
  /** True when the client keeps the id of an event without data. */
  readonly #keepsIds: boolean
  /** Bytes queued for this client. */
  #held = 0

  constructor(parts: EventStreamParts, response: ServerResponse) {
    this.#parts = parts
    this.#response = response
    this.#keepsIds = keepsIds(response.req)
    response.once('close', this.#onGone)
    // A pipelined response that has not begun gets no `close` when its connection ends, so listen on the socket. Any
    // number of responses may be queued there.
    response.req.socket.setMaxListeners(0).once('close', this.#onGone)
  }

  /**
   * Runs the operation of `params`. Resolves when the stream has ended or the client has left.
   * @throws RequestProblem 405 for a mutation by GET; the stream carries all other errors.
   */
  async run(params: GraphQLParams): Promise<void> {
    const response = this.#response
    const prepared = await this.#parts.pipeline.prepare(params, 'sse', this.#caller())
    const { kind, args, errors } = { kind: undefined, ...prepared }
    if (kind === 'mutation' && response.req.method === 'GET') throw mutationByGet
    response.writeHead(200, EVENT_STREAM_HEADERS).write(this.#keepsIds ? COMMENT + retryAfter(retryMs()) : COMMENT)
    const ping = setInterval(
      () => response.writableLength === 0 && response.write(COMMENT),
      this.#parts.limits.keepAliveMs,
    )
    try {
      const isFinal = args === undefined ? this.#refuse(errors) : await this.#execute(args)
      response.end(isFinal ? COMPLETE : '')
    } finally {
      clearInterval(ping)
    }
  }

  /** The signal is created on first use. */
  #caller(): Caller {
    const gone = this.#gone
    return {
      get signal() {
        return gone.signal
      },
      resumeAfter: lastEventIdOf(this.#response.req),
    }
  }

  /** Node never calls back for bytes written between the end of a connection and its `close` event. */
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

  /** True when the end is final: the client must not ask again. */
  async #execute(args: OperationArgs): Promise<boolean> {
    const { run, toClientError } = this.#parts.pipeline
    const result = await run(args)
    if (isStream(result)) return this.#follow(result)
    if (result instanceof LargeResult) return this.#sendLarge(result)
    const answer = toClientResult(result, toClientError)
    if (answer.errors !== undefined && answer.data === undefined) return this.#refuse(answer.errors)
    this.#response.write(nextEvent(answer, null))
    return true
  }

  async #sendLarge(result: LargeResult): Promise<boolean> {
    const [before, after] = [Buffer.from(startOfNext(null)), Buffer.from(END_OF_EVENT)]
    try {
      await sendPieces(this.#response, [before, ...result.take(() => this.#response.destroy()).pieces, after])
    } finally {
      result.sent()
    }
    return true
  }

  /**
   * After a transient error EventSource must reconnect and resume, so it gets no error. True when the errors are final.
   */
  #refuse(errors: readonly GraphQLError[]): boolean {
    const mayPass = errors.every(isPassing)
    if (!(mayPass && isOfEventSource(this.#response.req))) this.#response.write(nextEvent({ errors }, null))
    return !mayPass
  }

  async #follow(results: AsyncIterableIterator<ExecutionResult>): Promise<boolean> {
    const { metrics, toClientError } = this.#parts.pipeline
    const { signal } = this.#gone
    // Ends the source at once, even while it waits for its next value.
    const end = () => void results.return?.().catch(() => undefined)
    if (signal.aborted) {
      end()
      return false
    }
    signal.addEventListener('abort', end, { once: true })
    metrics.subscriptions('sse', 1)
    try {
      this.#begin(results)
      await this.#sendEach(results)
      return !this.#parts.isLeaving()
    } catch (thrown) {
      return this.#refuse([toClientError(thrown)])
    } finally {
      signal.removeEventListener('abort', end)
      metrics.subscriptions('sse', -1)
    }
  }

  /**
   * Sends the cursor of the start. A stream that breaks before its first event resumes from there, because "latest"
   * will have moved.
   */
  #begin(results: object): void {
    if (!this.#keepsIds || lastEventIdOf(this.#response.req) !== undefined) return
    const cursor = cursorOf(results)
    if (cursor !== null) this.#response.write(startOf(cursor))
  }

  async #sendEach(results: AsyncIterableIterator<ExecutionResult>): Promise<void> {
    const { pipeline, limits } = this.#parts
    let sent = 0
    const onStall = () => void results.throw?.(tooSlow(limits.stallMs)).catch(() => undefined)
    for await (const one of results) {
      if (this.#gone.signal.aborted) return
      if (one instanceof LargeResult) await this.#writeLarge(one, cursorOf(results), onStall)
      else await this.#write(nextEvent(toClientResult(one, pipeline.toClientError), cursorOf(results)), onStall)
      if (++sent % EVENTS_A_TURN === 0) await nextTurn()
    }
  }

  async #write(event: Buffer, onStall: () => void): Promise<void> {
    if (this.#gone.signal.aborted) return
    this.#take(event.length)
    this.#response.write(event, () => this.#give(event.length))
    await this.#untilTaken(onStall)
  }

  /** All pieces at once: they are in memory, and an error behind half an event would be part of it. */
  async #writeLarge(result: LargeResult, cursor: string | null, onStall: () => void): Promise<void> {
    const response = this.#response
    const { pieces, sent } = result.take(() => response.destroy())
    this.#gone.signal.addEventListener('abort', sent, { once: true })
    if (this.#gone.signal.aborted) return sent()
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
    this.#take(bytes)
    response.write(startOfNext(cursor))
    for (const piece of pieces) response.write(piece)
    response.write(END_OF_EVENT, () => {
      this.#gone.signal.removeEventListener('abort', sent)
      sent()
      this.#give(bytes)
    })
    await this.#untilTaken(onStall)
  }

  #take(bytes: number): void {
    this.#parts.budget.take(bytes)
    this.#held += bytes
  }

  async #untilTaken(onStall: () => void): Promise<void> {
    const { limits, budget } = this.#parts
    const response = this.#response
    const { signal } = this.#gone
    const mayWait = budget.isSpent ? 0 : limits.bufferBytes
    if (!response.writableNeedDrain || response.writableLength <= mayWait || signal.aborted) return
    await untilWrittenOrStalled(drained(response, signal), response.socket ?? response, limits.stallMs, onStall)
  }
}
