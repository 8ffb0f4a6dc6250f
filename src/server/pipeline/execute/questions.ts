import { getArgumentValues } from 'graphql'
import type { FieldPlan } from './plan/field-plan.ts'

type Variables = { [variable: string]: unknown }

/** What was thrown, kept for every field that asks the same. */
class Thrown {
  readonly thrown: unknown

  constructor(thrown: unknown) {
    this.thrown = thrown
  }
}

/** What the fields of one operation ask: arguments are coerced once, and what the same object was asked before is not asked again. */
export class Questions {
  readonly #variables: Variables
  readonly #arguments: (Variables | Thrown | undefined)[] = []
  #asked: Map<object, Map<string, unknown>> | null = null
  #lists: Map<Iterable<unknown>, readonly unknown[]> | null = null

  constructor(variables: Variables) {
    this.#variables = variables
  }

  /** The arguments of a field: the same for every object that it is selected of. @throws whatever refuses them, each time. */
  argumentsOf(field: FieldPlan): Variables {
    if (field.definition.args.length === 0) return {}
    const known = this.#arguments[field.id] ?? this.#newArguments(field)
    if (known instanceof Thrown) throw known.thrown
    return known
  }

  /** What was answered when the same object was asked the same before, else what `ask` answers. @throws what `ask` throws. */
  once(source: object, question: string, ask: () => unknown): unknown {
    this.#asked ??= new Map()
    const ofSource = this.#asked.get(source) ?? new Map<string, unknown>()
    this.#asked.set(source, ofSource)
    if (!ofSource.has(question)) ofSource.set(question, outcomeOf(ask))
    const known = ofSource.get(question)
    if (known instanceof Thrown) throw known.thrown
    return known
  }

  /** The items of what can be gone through only once, for all who go through it. */
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
