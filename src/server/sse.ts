import type { ServerResponse } from 'node:http'
import { RequestProblem } from './answers.ts'
import type { Engine } from './engine.ts'
import { EventStream, type EventStreamLimits } from './event-stream.ts'
import type { GraphQLParams } from './graphql-params.ts'
import type { SendBudget } from './send-budget.ts'

/** Bounds of event streams. */
export interface SseLimits extends EventStreamLimits {
  /** Streams open at once. */
  readonly maxStreams: number
}

/** Answers operations as event streams: GraphQL over SSE, distinct connections. */
export interface EventStreams {
  /** @throws RequestProblem 503 when there are too many streams, 405 for a mutation by GET; all else is told in the stream. */
  answer(response: ServerResponse, params: GraphQLParams): Promise<void>
}

/** Creates the event streams of a server. */
export const createEventStreams = (engine: Engine, limits: SseLimits, budget: SendBudget): EventStreams => {
  const { metrics } = engine
  let open = 0
  return {
    async answer(response, params) {
      if (open >= limits.maxStreams)
        throw new RequestProblem(503, 'BUSY', 'Too many event streams are open (MAX_SOCKETS).')
      open += 1
      metrics.connections('sse', 1)
      try {
        await new EventStream({ engine, limits, budget }, response).run(params)
      } finally {
        open -= 1
        metrics.connections('sse', -1)
      }
    },
  }
}
