import type { ServerResponse } from 'node:http'
import { RequestProblem } from '../http/answers.ts'
import type { GraphQLParams } from '../pipeline/graphql-params.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { SendBudget } from '../sending/send-budget.ts'
import { isOfEventSource } from './event-source-request.ts'
import { EventStream, type EventStreamLimits } from './event-stream.ts'
import { COMMENT, EVENT_STREAM_HEADERS, retryAfter } from './event-text.ts'

/** Limits of event streams. */
export interface SseLimits extends EventStreamLimits {
  /** The most streams open at once. */
  readonly maxStreams: number
}

/** Answers operations as event streams: GraphQL over SSE, distinct connections mode. */
export interface EventStreams {
  /**
   * EventSource stops for good after any status but 200. With too many streams open it gets an empty stream and a time
   * to reconnect.
   * @throws RequestProblem 503 when there are too many streams, 405 for a mutation by GET; the stream carries all other
   * errors.
   */
  answer(response: ServerResponse, params: GraphQLParams): Promise<void>
}

/** When EventSource reconnects to a server with too many streams, ms. */
const BUSY_RETRY_MS = 5000

const refuse = (response: ServerResponse): void => {
  if (!isOfEventSource(response.req))
    throw new RequestProblem(503, 'BUSY', 'Too many event streams are open (MAX_SOCKETS).')
  response.writeHead(200, EVENT_STREAM_HEADERS).end(COMMENT + retryAfter(BUSY_RETRY_MS))
}

/** Creates the event streams of a server. */
export const createEventStreams = (
  pipeline: Pipeline,
  limits: SseLimits,
  budget: SendBudget,
  isLeaving: () => boolean = () => false,
): EventStreams => {
  const { metrics } = pipeline
  let open = 0
  return {
    async answer(response, params) {
      if (open >= limits.maxStreams) return refuse(response)
      open += 1
      metrics.connections('sse', 1)
      try {
        await new EventStream({ pipeline, limits, budget, isLeaving }, response).run(params)
      } finally {
        open -= 1
        metrics.connections('sse', -1)
      }
    },
  }
}
