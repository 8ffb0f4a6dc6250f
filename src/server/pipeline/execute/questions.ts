import { getArgumentValues } from 'graphql'
import type { FieldPlan } from './plan/field-plan.ts'

type Variables = { [variable: string]: unknown }

/** A thrown error, kept for each field that asks the same question. */
class Thrown {
  readonly thrown: unknown

  constructor(thrown: unknown) {
    this.thrown = thrown
  }
}

/** The questions (object, field, arguments) of one operation. Arguments are coerced once, and an equal question is asked once. */
export class Questions {
  readonly #variables: Variables
  readonly #arguments: (Variables | Thrown | undefined)[] = []
  #asked: Map<object, Map<string, unknown>> | null = null
  #lists: Map<Iterable<unknown>, readonly unknown[]> | null = null

  constructor(variables: Variables) {
    this.#variables = variables
  }

  /** The coerced arguments of a field, equal for all its objects. @throws the same error each time if they are refused. */
  argumentsOf(field: FieldPlan): Variables {
    if (field.definition.args.length === 0) return {}
    const known = this.#arguments[field.id] ?? this.#newArguments(field)
    if (known instanceof Thrown) throw known.thrown
    return known
  }

  /** The earlier result of an equal question, otherwise the result of `ask`. @throws what `ask` throws. */
  once(source: object, question: string, ask: () => unknown): unknown {
    this.#asked ??= new Map()
    const ofSource = this.#asked.get(source) ?? new Map<string, unknown>()
    this.#asked.set(source, ofSource)
    if (!ofSource.has(question)) ofSource.set(question, outcomeOf(ask))
    const known = ofSource.get(question)
    if (known instanceof Thrown) throw known.thrown
    return known
  }

  /** The items of an iterable that can be iterated only once, for all fields that use it. */
  itemsOf(list: Iterable<unknown>): readonly unknown[] {
    this.#lists ??= new Map()
    const items = this.#lists.get(list) ?? Array.from(list)
    this.#lists.set(list, items)
    return items
  }

  #newArguments(field: FieldPlan): Variables | Thrown {
    const [node] = field.nodes
    if (node === undefined) return {}
    let known: Variables | Thrown
    try {
      known = getArgumentValues(field.definition, node, this.#variables)
    } catch (thrown) {
      known = new Thrown(thrown)
    }
    this.#arguments[field.id] = known
    return known
  }
}

const outcomeOf = (ask: () => unknown): unknown => {
  try {
    return ask()
  } catch (thrown) {
    return new Thrown(thrown)
  }
}
