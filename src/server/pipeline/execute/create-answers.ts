import type { GraphQLError, GraphQLSchema } from 'graphql'
import { Permits } from '../../../async/permits.ts'
import { Turns } from '../../../async/turns.ts'
import { createReadyOperations, type ReadyOperations } from '../plan/ready-operations.ts'
import type { Answer } from './answer/answer.ts'
import { type AnswerBody, AnswerWriter } from './answer-writer.ts'
import { createExecute, type Execute } from './create-execute.ts'

/** Errors of an answer that are listed one by one. A page of 1,000 topics of which nothing may be read has as many. */
const MAX_ERRORS = 1000
/** Bytes from which an answer is large. Everyday pages stay below. */
const LARGE_BYTES = 1_048_576
/** Large answers under way at once: each may take 100 MB until it is written. */
const LARGE_AT_ONCE = 2
/** Large answers that wait for their turn. Each has its first megabyte. */
const LARGE_WAITING = 100
/** Patience with slow readers of large answers, ms. */
const PATIENCE_MS = 30_000

/** What answers of a server are made with. */
export interface AnswersOptions {
  readonly schema: GraphQLSchema
  readonly maxBytes: number
  /** How long a client may take to read a large answer once others wait, ms. */
  readonly patienceMs?: number
  /** The event loop's time, where other work shares it. */
  readonly turns?: Turns
  readonly toClientError: (thrown: unknown) => GraphQLError
}

/** Makes the answers to queries and mutations, and their JSON. */
export interface Answers {
  readonly readyOperation: ReadyOperations
  readonly execute: Execute
  /** The JSON of an executed answer. Its permit is to be given back when that is sent or dropped. */
  write(answer: Answer): AnswerBody | Promise<AnswerBody>
}

/** Creates what makes the answers of a server: all of them share its time and its memory. */
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
