import { execute, type GraphQLFormattedError, type GraphQLSchema, parse } from 'graphql'
import { Permits } from '../../../../src/async/permits.ts'
import { Turns } from '../../../../src/async/turns.ts'
import type { Answer } from '../../../../src/server/pipeline/execute/answer/answer.ts'
import type { AnswerLimits } from '../../../../src/server/pipeline/execute/answer/answer-bounds.ts'
import { AnswerWriter } from '../../../../src/server/pipeline/execute/answer-writer.ts'
import { createExecute } from '../../../../src/server/pipeline/execute/create-execute.ts'
import type { ExecutionCaller } from '../../../../src/server/pipeline/execute/execution.ts'

/** The options that a test sets for an executor. */
export interface Chosen {
  readonly limits?: Partial<AnswerLimits>
  readonly turns?: Turns
  readonly permits?: Permits
}

/** A result as a client sees it. */
export interface SeenAnswer {
  readonly data?: unknown
  readonly errors?: readonly GraphQLFormattedError[]
}

/** A clock that the test, or the executed code, advances. */
export const createClock = () => {
  let ms = 0
  const pass = (more: number): void => {
    ms += more
  }
  return {
    now: () => ms,
    pass,
    /** Returns the value and advances the clock by a millisecond. */
    passes: <Value>(value: Value): Value => {
      pass(1)
      return value
    },
  }
}

/** An executor with the state its operations share. */
export const createRunner = (schema: GraphQLSchema, { limits = {}, ...chosen }: Chosen = {}) => {
  const parts = {
    limits: { maxBytes: 1 << 26, maxErrors: 1000, largeBytes: 1 << 26, ...limits },
    turns: chosen.turns ?? new Turns(),
    permits: chosen.permits ?? new Permits({ most: 2, mostWaiting: 100, patienceMs: 60_000 }),
  }
  const run = createExecute(schema, parts)
  const begin = (source: string, given: { rootValue?: unknown; caller?: ExecutionCaller } = {}) =>
    run({ document: parse(source), ...given })
  const write = async (answer: Answer): Promise<SeenAnswer> => {
    if (answer.data === undefined) return { errors: answer.errors.map(error => error.toJSON()) }
    const body = await new AnswerWriter(answer, error => JSON.stringify(error), parts).body()
    return JSON.parse(body.text ?? Buffer.concat(body.pieces).toString())
  }
  /** The result that a client sees: written, and its permit given back. */
  const ask = async (source: string, rootValue?: unknown): Promise<SeenAnswer> => {
    const answer = await begin(source, { rootValue })
    const seen = await write(answer)
    answer.permit.giveBack()
    return seen
  }
  return { ...parts, begin, write, ask }
}

/** The result of graphql's own execution. */
export const graphqlsOwn = async (schema: GraphQLSchema, source: string, rootValue?: unknown): Promise<SeenAnswer> =>
  JSON.parse(JSON.stringify(await execute({ schema, document: parse(source), rootValue })))
