import type { GraphQLError, GraphQLSchema } from 'graphql'
import { Permits } from '../../../async/permits.ts'
import { Turns } from '../../../async/turns.ts'
import { createReadyOperations, type ReadyOperations } from '../plan/ready-operations.ts'
import type { Answer } from './answer/answer.ts'
import { type AnswerBody, AnswerWriter } from './answer-writer.ts'
import { createExecute, type Execute } from './create-execute.ts'

/** The most errors listed in one answer. A page of 1,000 topics that the principal may not read has as many. */
const MAX_ERRORS = 1000
/** An answer with more bytes is large. Everyday pages are smaller. */
const LARGE_BYTES = 1_048_576
/** Large answers executed at once: each may take 100 MB until it is written. */
const LARGE_AT_ONCE = 2
/** Large answers that may wait for a permit. Each already holds its first megabyte. */
const LARGE_WAITING = 100
/** How long a client may take to read a large answer while others wait, ms. */
const PATIENCE_MS = 30_000

/** Dependencies and limits of a server's answers. */
export interface AnswersOptions {
  readonly schema: GraphQLSchema
  readonly maxBytes: number
  /** How long a client may take to read a large answer while others wait, ms. Default: 30,000. */
  readonly patienceMs?: number
  /** Shares the event loop's time with other work. */
  readonly turns?: Turns
  readonly toClientError: (thrown: unknown) => GraphQLError
}

/** Executes queries and mutations, and writes their JSON. An answer is the result before it is JSON. */
export interface Answers {
  readonly readyOperation: ReadyOperations
  readonly execute: Execute
  /** Writes the JSON of an executed answer. The caller gives back the answer's permit when the JSON is sent or dropped. */
  write(answer: Answer): AnswerBody | Promise<AnswerBody>
}

/** One for each server: all its answers share one budget of time and memory. */
export const createAnswers = ({
  schema,
  maxBytes,
  toClientError,
  turns = new Turns(),
  patienceMs = PATIENCE_MS,
}: AnswersOptions): Answers => {
  const parts = {
    limits: { maxBytes, maxErrors: MAX_ERRORS, largeBytes: LARGE_BYTES },
    turns,
    permits: new Permits({ most: LARGE_AT_ONCE, mostWaiting: LARGE_WAITING, patienceMs }),
  }
  const errorText = (error: GraphQLError): string => JSON.stringify(toClientError(error))
  const readyOperation = createReadyOperations(schema)
  return {
    readyOperation,
    execute: createExecute(schema, parts, readyOperation),
    write: answer => new AnswerWriter(answer, errorText, parts).body(),
  }
}
