import { type ExecutionArgs, type ExecutionResult, execute } from 'graphql'
import type { Variables } from '../normalise/conditions.ts'
import { type HoleValues, holeFiller } from '../normalise/hole-values.ts'
import type { NormalForm } from '../normalise/normal-form.ts'
import { withOwnErrors } from '../normalise/own-errors.ts'
import type { Arguments } from '../template/value-steps.ts'
import type { WrittenEvent } from '../template/written-event.ts'
import type { CompiledForm } from './compiled-form.ts'

type Result = ExecutionResult | Promise<ExecutionResult>

/** How one subscription turns an event into a result. */
export interface EventPlan {
  /** Called once the source of events is open. The source may be refused, and compiling takes milliseconds. */
  prepare(): void
  /** The result as bytes; null when it must be a result object first. */
  write(event: unknown, contextValue: unknown): WrittenEvent | null
  run(event: unknown, args: ExecutionArgs): Result
  /** Plans with the same form and equal values make equal results from an event. */
  readonly form: string | object
  readonly values: string
}

/** Makes the plan for coerced variables. */
export type PlanOf = (compiled: CompiledForm, variables: Variables) => EventPlan

const isPromise = (result: Result): result is Promise<ExecutionResult> => 'then' in result

/** graphql's own execution. */
const interpreted = (event: unknown, args: ExecutionArgs): Result => execute({ ...args, rootValue: event })

/** The plan of a subscription that shares results with no other. */
export const unsharedPlan = (): EventPlan => ({
  prepare: () => undefined,
  write: () => null,
  run: interpreted,
  form: {},
  values: '',
})

/** The parts of a form that plans need. */
export type FormParts = Pick<NormalForm, 'places' | 'holed'>

/** A class, because every subscriber with its own variables has one. */
class FormPlan implements EventPlan {
  readonly form: string | object
  readonly values: string
  readonly #compiled: CompiledForm
  readonly #places: NormalForm['places']
  readonly #holeValues: Variables
  /** The arguments of the template's fields. */
  #args: readonly Arguments[] | null = null

  constructor(compiled: CompiledForm, places: NormalForm['places'], holes: HoleValues) {
    this.form = holes.text === null ? this : compiled.text
    this.values = holes.text ?? ''
    this.#compiled = compiled
    this.#places = places
    this.#holeValues = holes.values
  }

  prepare(): void {
    this.#compiled.compile()
  }

  write(event: unknown, contextValue: unknown): WrittenEvent | null {
    const { template } = this.#compiled
    if (template === null) return null
    this.#args ??= template.argumentsOf(this.#holeValues)
    return template.write(event, contextValue, this.#args)
  }

  run(event: unknown, args: ExecutionArgs): Result {
    const { run } = this.#compiled
    if (run === null) return interpreted(event, args)
    try {
      const result = run(event, args.contextValue, this.#holeValues)
      if (isPromise(result)) return result.then(each => this.#ofClient(each, args))
      return this.#ofClient(result, args)
    } catch {
      // graphql's own execution turns an error thrown here into a field error.
      return interpreted(event, args)
    }
  }

  #ofClient(result: ExecutionResult, { document }: ExecutionArgs): ExecutionResult {
    if (result.errors === undefined) return result
    return withOwnErrors(result, { places: this.#places, source: document.loc?.source })
  }
}

/** Makes the plans of a form. */
export const plansOf = ({ places, holed }: FormParts): PlanOf => {
  const fill = holeFiller(holed)
  // A weak reference: values may be large, and this function outlives their subscribers.
  let last: WeakRef<EventPlan> | null = null
  return (compiled, variables) => {
    const holes = fill(variables)
    const plan = last?.deref()
    // Most subscribers use the same values as the one before.
    if (plan !== undefined && plan.form === compiled.text && plan.values === holes.text) return plan
    const made = new FormPlan(compiled, places, holes)
    last = new WeakRef(made)
    return made
  }
}
