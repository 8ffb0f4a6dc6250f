import { GraphQLError, locatedError, responsePathAsArray } from 'graphql'
import { shortMessage } from '../../errors/short-message.ts'
import type { FieldPlan } from '../plan/field-plan.ts'
import type { Place } from './place.ts'

/** Bytes of an error's JSON besides its message and its path. */
const ERROR_BYTES = 150
/** The fewest bytes of a part of a path. */
const KEY_BYTES = 4

/** The last error of an answer that has more errors than are listed. */
const leftOutError = (count: number): GraphQLError =>
  new GraphQLError(`${count} more errors are left out. The fields that they concern are null.`, {
    extensions: { code: 'TOO_MANY_ERRORS', leftOut: count },
  })

/** A thrown error with a message of limited length: it may be an error of every alias. */
const shortened = (thrown: unknown): unknown => {
  if (!(thrown instanceof Error)) return thrown
  const message = shortMessage(thrown.message)
  return message === thrown.message ? thrown : new GraphQLError(message, { originalError: thrown })
}

/** The errors of one answer: the first ones in full, the rest counted. Locating an error costs a stack trace and a scan of the document. */
export class AnswerErrors {
  readonly #most: number
  readonly #errors: GraphQLError[] = []
  #leftOut = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Adds an error thrown at a place. Returns the bytes that it adds to the answer. */
  add(thrown: unknown, field: FieldPlan, place: Place): number {
    if (this.#errors.length >= this.#most) {
      this.#leftOut += 1
      return 0
    }
    const path = responsePathAsArray(place)
    const error = locatedError(shortened(thrown), field.nodes, path)
    this.#errors.push(error)
    return ERROR_BYTES + error.message.length + path.length * KEY_BYTES
  }

  /** Adds an error of the operation itself. */
  addUnplaced(thrown: unknown): void {
    this.#errors.push(thrown instanceof GraphQLError ? thrown : new GraphQLError(String(thrown)))
  }

  get all(): readonly GraphQLError[] {
    return this.#leftOut === 0 ? this.#errors : [...this.#errors, leftOutError(this.#leftOut)]
  }
}
