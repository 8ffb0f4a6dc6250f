import { type GraphQLSchema, Kind } from 'graphql'
import { beginEvent, type EventContext } from '../../../graphql/core/bounds/bounded-answers.ts'
import type { Variables } from '../normalise/conditions.ts'
import type { NormalForm } from '../normalise/normal-form.ts'
import type { EventWriter } from './event-writer.ts'
import { type FilledArgument, TemplateCompiler } from './template-compiler.ts'
import type { Arguments, Step } from './value-steps.ts'
import type { WrittenEvent } from './written-event.ts'

const START = Buffer.from('{"data":')
const END = Buffer.from('}')

const isEventContext = (value: unknown): value is EventContext =>
  typeof value === 'object' && value !== null && 'bytesRendered' in value

const argumentsOf = (filled: readonly FilledArgument[], values: Variables): Arguments =>
  Object.fromEntries(
    filled.flatMap(({ argument, hole }) => (Object.hasOwn(values, hole) ? [[argument, values[hole]]] : [])),
  )

/**
 * A normal form as bytes with places for the values of an event. Writes exactly what the compiled execution and `JSON.stringify`
 * would. A message of 1 KB in a batch takes 1.7 µs instead of 5.2 µs, one of 100 bytes 0.8 instead of 2.6.
 */
export class Template {
  readonly #step: Step
  readonly #filled: readonly (readonly FilledArgument[])[]
  readonly #to: EventWriter

  constructor(step: Step, filled: readonly (readonly FilledArgument[])[], to: EventWriter) {
    this.#step = step
    this.#filled = filled
    this.#to = to
  }

  /** The arguments of its fields, for the values of the form's holes. */
  argumentsOf(values: Variables): readonly Arguments[] {
    return this.#filled.map(filled => argumentsOf(filled, values))
  }

  /** The result of an event; null when it has errors, or parts that only the ordinary way can write. */
  write(event: unknown, context: unknown, args: readonly Arguments[]): WrittenEvent | null {
    const to = this.#to
    to.begin()
    try {
      to.constant(START)
      this.#step(event, { to, context, args })
      to.constant(END)
      return to.finish()
    } catch {
      // The ordinary way resolves the fields again, and counts their bytes again.
      if (isEventContext(context)) beginEvent(context)
      return null
    }
  }
}

/** Creates the compiler of a schema's templates. It returns null for a form without a template. */
export const createTemplates =
  (schema: GraphQLSchema, to: EventWriter): ((form: NormalForm) => Template | null) =>
  ({ document }) => {
    const [operation] = document.definitions
    const root = schema.getSubscriptionType()
    if (operation?.kind !== Kind.OPERATION_DEFINITION || root == null) return null
    const compiler = new TemplateCompiler(schema)
    const step = compiler.object(root, operation.selectionSet.selections)
    return step === null ? null : new Template(step, compiler.filled, to)
  }
