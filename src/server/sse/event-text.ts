import type { ExecutionResult } from 'graphql'
import { ReadyResult } from '../pipeline/results/ready-result.ts'

/** Headers of every event stream. */
export const EVENT_STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  // Without it nginx buffers events.
  'X-Accel-Buffering': 'no',
}

/**
 * Keeps a quiet stream alive. No blank line follows: Spring's client takes every blank line for the end of an event.
 */
export const COMMENT = ':\n'

/** The final end of an operation: the client must not ask again. */
export const COMPLETE = 'event: complete\ndata:\n\n'

const idLine = (cursor: string | null): string => (cursor === null ? '' : `id: ${cursor}\n`)

/** What stands before the JSON of a result, with the cursor that resumes after it. */
export const startOfNext = (cursor: string | null): string => `${idLine(cursor)}event: next\ndata: `

/** What stands behind it. */
export const END_OF_EVENT = '\n\n'
const END = Buffer.from(END_OF_EVENT)

/** A result, with the cursor that resumes after it. */
export const nextEvent = (result: ExecutionResult, cursor: string | null): Buffer => {
  const start = Buffer.from(startOfNext(cursor))
  if (result instanceof ReadyResult) return Buffer.concat([start, result.bytes, END])
  return Buffer.concat([start, Buffer.from(JSON.stringify(result)), END])
}

/**
 * The cursor of a stream's start, without data. The blank line makes EventSource keep the id; without data it
 * dispatches no event (HTML, 9.2.6). Other clients deliver the block as an empty event.
 */
export const startOf = (cursor: string): string => `${idLine(cursor)}\n`

/** How long EventSource waits before it reconnects. */
export const retryAfter = (ms: number): string => `retry: ${Math.round(ms)}\n`
