import { GraphQLError, type GraphQLResolveInfo, locatedError, responsePathAsArray } from 'graphql'
import type { Permits } from '../../../async/permits.ts'
import type { Turns } from '../../../async/turns.ts'
import { HeldPermit } from '../results/held-permit.ts'
import type { Answer, AnswerObject } from './answer/answer.ts'
import { type AnswerLimits, givenUp, isTooLarge, tooManyBytes, tooManyLarge } from './answer/answer-bounds.ts'
import { AnswerErrors } from './answer/answer-errors.ts'
import { AnswerSize } from './answer/answer-size.ts'
import { isUnseen, markErrors, nullAt, type Place } from './answer/place.ts'
import type { FieldPlan } from './plan/field-plan.ts'
import type { OperationPlan } from './plan/operation-plan.ts'
import { Questions } from './questions.ts'
import { SharedValues } from './shared-values.ts'
import { Work, type WorkOwner } from './work.ts'

type Task = () => void

/** What all executions of a server share: limits, permits and the turns of the event loop. */
export interface ExecutionParts {
  readonly limits: AnswerLimits
  readonly turns: Turns
  readonly permits: Permits
}

/** The client that waits for an operation. */
export interface ExecutionCaller {
  /** Aborts when no client waits any more. Created on first use, so only long operations read it. */
  readonly signal: AbortSignal
  /** Aborts the operation's running requests, because nobody will see their results. */
  abort(): void
}

/** The inputs of one execution. */
export interface ExecutionInput {
  readonly plan: OperationPlan
  readonly rootValue: unknown
  readonly contextValue: unknown
  readonly variableValues: { [variable: string]: unknown }
  readonly caller: ExecutionCaller | undefined
}

/** A context that is notified when its operation pauses between two slices, so that it can hold back requests and batch them. */
interface Pausable {
  pause(): void
  resume(): void
}

const isPausable = (context: unknown): context is Pausable =>
  typeof context === 'object' && context !== null && 'pause' in context && 'resume' in context

/** Steps of an error: making a stack trace, and finding its place in the document. */
const ERROR_STEPS = 64

/** One running execution: its values, their size, its errors, and the remaining work. */
export class Execution implements WorkOwner {
  readonly plan: OperationPlan
  readonly rootValue: unknown
  readonly contextValue: unknown
  readonly work: Work
  readonly questions: Questions
  readonly shared = new SharedValues()
  readonly #input: ExecutionInput
  readonly #parts: ExecutionParts
  readonly #size: AnswerSize
  readonly #errors: AnswerErrors
  readonly #permit: HeldPermit
  /** Fields of a mutation, the next one last. Each begins when the previous one is complete. */
  #serial: Task[] = []
  #isWatching = false
  #paused: Pausable | null = null
  #data: AnswerObject | null = null
  #answer: Answer | null = null
  #resolve: ((answer: Answer) => void) | null = null

  constructor(input: ExecutionInput, parts: ExecutionParts) {
    this.plan = input.plan
    this.rootValue = input.rootValue
    this.contextValue = input.contextValue
    this.#input = input
    this.#parts = parts
    this.questions = new Questions(input.variableValues)
    this.#size = new AnswerSize(parts.limits)
    this.#errors = new AnswerErrors(parts.limits.maxErrors)
    this.#permit = new HeldPermit(parts.permits)
    this.work = new Work(parts.turns, this)
  }

  /** Works on `first` and all work that follows from it. Returns the answer; at once if no promise is pending. */
  run(first: Task): Answer | Promise<Answer> {
    this.work.start(first)
    if (this.#answer !== null) return this.#answer
    return new Promise(resolve => {
      this.#resolve = resolve
    })
  }

  /** The root of the answer, and for a mutation the functions that begin its fields, in order. */
  begin(data: AnswerObject, serial: readonly Task[]): void {
    this.#data = data
    this.#serial = [...serial].reverse()
  }

  /** Counts bytes of the answer. */
  take(bytes: number): void {
    if (this.#size.take(bytes)) this.#onMark()
  }

  /** Counts an object or list of the answer, with its values. */
  takeObject(bytes: number, values: number): void {
    if (this.#size.takeObject(bytes, values)) this.#onMark()
  }

  /** The `info` of a resolver. */
  infoOf(field: FieldPlan, path: Place): GraphQLResolveInfo {
    const { schema, fragments, operation } = this.plan
    return {
      fieldName: field.definition.name,
      fieldNodes: field.nodesOfAll,
      returnType: field.definition.type,
      parentType: field.parentType,
      path,
      schema,
      fragments,
      rootValue: this.rootValue,
      operation,
      variableValues: this.#input.variableValues,
    }
  }

  /** Turns an error thrown at a place into an error of the answer, with a null there or above. */
  failAt(field: FieldPlan, place: Place, thrown: unknown): void {
    this.work.spend(ERROR_STEPS)
    if (this.work.isOver || isUnseen(place)) return
    if (isTooLarge(thrown)) {
      this.refuse(locatedError(thrown, field.nodes, responsePathAsArray(place)))
      return
    }
    markErrors(place)
    this.take(this.#errors.add(thrown, field, place))
    if (!nullAt(place)) this.#end(null, this.#errors.all)
  }

  /** Ends the operation with one error and drops its remaining work. */
  refuse(error: GraphQLError): void {
    this.#end(null, [error])
    this.#input.caller?.abort()
  }

  next(): Task | null {
    const next = this.shared.settling(this.work) ?? this.#serial.pop()
    if (next === undefined) this.#end(this.#data, this.#errors.all)
    return next ?? null
  }

  waits(goOn: Task): boolean {
    this.#watchCaller()
    if (this.work.isOver) return true
    if (this.#paused === null && isPausable(this.contextValue)) {
      this.#paused = this.contextValue
      this.#paused.pause()
    }
    if (!this.#size.isLarge || this.#permit.take()) return false
    // If a mutation that was carried out were reported as refused, its client would repeat it.
    if (!this.#permit.wait(() => this.#parts.turns.later(goOn), this.plan.isMutation)) this.refuse(tooManyLarge())
    return true
  }

  rests(): void {
    this.#paused?.resume()
    this.#paused = null
  }

  broke(thrown: unknown): void {
    const originalError = thrown instanceof Error ? thrown : new Error(String(thrown))
    const isOurs = thrown instanceof GraphQLError
    this.refuse(isOurs ? thrown : new GraphQLError(originalError.message, { originalError }))
  }

  #onMark(): void {
    if (this.#size.isTooLarge) this.refuse(tooManyBytes(this.#parts.limits.maxBytes, this.plan.isMutation))
    else if (!this.#permit.take()) this.work.isPaused = true
  }

  readonly #onLeft = (): void => this.refuse(givenUp())

  #watchCaller(): void {
    const { caller } = this.#input
    // A mutation runs to its end even if its client has left.
    if (this.#isWatching || caller === undefined || this.plan.isMutation) return
    this.#isWatching = true
    if (caller.signal.aborted) this.#onLeft()
    else caller.signal.addEventListener('abort', this.#onLeft, { once: true })
  }

  #end(data: AnswerObject | null, errors: readonly GraphQLError[]): void {
    if (this.#answer !== null) return
    this.#answer = { data, errors, isMutation: this.plan.isMutation, permit: this.#permit }
    this.work.end()
    this.rests()
    if (this.#isWatching) this.#input.caller?.signal.removeEventListener('abort', this.#onLeft)
    this.#resolve?.(this.#answer)
  }
}
