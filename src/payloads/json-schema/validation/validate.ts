import { EncodeProblem } from '../../schema-codec.ts'
import { type Place, problemAt, ROOT } from '../../value-place.ts'
import { isSchemaNode, type SchemaDocuments, type SchemaNode } from '../schema/schema-documents.ts'
import { type Check, type Keyword, type Problem, type Seen, stepsFor, type Validator } from './keyword.ts'
import { LIST_KEYWORDS, unevaluatedItems } from './list-keywords.ts'
import { LOGIC_KEYWORDS } from './logic-keywords.ts'
import { NUMBER_KEYWORDS } from './number-keywords.ts'
import { OBJECT_KEYWORDS, unevaluatedProperties } from './object-keywords.ts'
import { type LinearPattern, linearPattern } from './patterns.ts'
import { TEXT_KEYWORDS } from './text-keywords.ts'
import { VALUE_KEYWORDS } from './value-keywords.ts'

/** A step takes about 0.3 µs. */
const MAX_STEPS = 200_000
/** Schemas within schemas, and references that lead to references. */
const MAX_DEPTH = 400

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(
  [VALUE_KEYWORDS, NUMBER_KEYWORDS, TEXT_KEYWORDS, LIST_KEYWORDS, OBJECT_KEYWORDS, LOGIC_KEYWORDS].flatMap(part =>
    Object.entries(part),
  ),
)

/** Keywords that come after all others of their schema, because they look at what those have looked at. */
const LAST: readonly (readonly [string, Keyword])[] = [
  ['unevaluatedItems', unevaluatedItems],
  ['unevaluatedProperties', unevaluatedProperties],
]

/** The keywords of a schema that are checked, with the schema's own values of them. */
type Plan = readonly (readonly [rule: unknown, keyword: Keyword])[]

/** The type comes first: it decides whether a text of digits is a number, which the other keywords then compare. */
const typeFirst = <Entry extends readonly [string, unknown]>(entries: readonly Entry[]): readonly Entry[] => [
  ...entries.filter(([name]) => name === 'type'),
  ...entries.filter(([name]) => name !== 'type'),
]

/** What is kept of a schema for the next validations. */
class Plans {
  readonly #documents: SchemaDocuments
  readonly #plans = new WeakMap<SchemaNode, Plan>()

  constructor(documents: SchemaDocuments) {
    this.#documents = documents
  }

  /** Whatever else a schema has costs nothing after its first check. */
  of(schema: SchemaNode): Plan {
    const known = this.#plans.get(schema)
    if (known !== undefined) return known
    const hidesSiblings = this.#documents.hidesSiblings(schema)
    const plan = typeFirst(Object.entries(schema)).flatMap(([name, rule]) => {
      const keyword = hidesSiblings && name !== '$ref' ? undefined : KEYWORDS.get(name)
      return keyword === undefined ? [] : [[rule, keyword] as const]
    })
    this.#plans.set(schema, plan)
    return plan
  }
}

/** One validation of one value. It interprets the schema and counts its work. */
class Validation implements Validator {
  /** Places where a text of digits stands for a number. */
  readonly numbers: Place[] = []
  takesDigits = false
  /** A text of digits was refused that could stand for a number. */
  #hasDigits = false
  readonly #documents: SchemaDocuments
  readonly #plans: Plans
  readonly #patterns: Map<string, LinearPattern>
  #steps = 0
  #depth = 0

  constructor(documents: SchemaDocuments, plans: Plans, patterns: Map<string, LinearPattern>) {
    this.#documents = documents
    this.#plans = plans
    this.#patterns = patterns
  }

  spend(steps: number, place: Place): void {
    this.#steps += steps
    if (this.#steps > MAX_STEPS) throw problemAt(place, `the value takes more than ${MAX_STEPS} steps to check`)
  }

  check(schema: unknown, value: unknown, place: Place, seen: Seen | null): Problem | null {
    this.spend(1, place)
    if (schema === false) return { place, text: 'the schema allows no value here' }
    if (!isSchemaNode(schema)) return null
    if (this.#depth === MAX_DEPTH)
      throw problemAt(place, `schemas within schemas are nested deeper than ${MAX_DEPTH} levels`)
    this.#depth++
    const found = this.#checkAll(schema, value, place, seen)
    this.#depth--
    return found
  }

  branch(schema: unknown, value: unknown, place: Place, seen: Seen | null): Problem | null {
    const marks = this.numbers.length
    const own = seen === null ? null : nothingSeen()
    const found = this.check(schema, value, place, own)
    if (found !== null) this.numbers.length = marks
    else if (seen !== null && own !== null) this.#merge(seen, own, place)
    return found
  }

  resolve(node: SchemaNode, reference: string): unknown {
    return this.#documents.resolve(node, reference)
  }

  matches(pattern: string, text: string, place: Place): boolean {
    const known = this.#patterns.get(pattern) ?? linearPattern(pattern)
    this.#patterns.set(pattern, known)
    this.spend(known.steps(text.length), place)
    return known.matches(text)
  }

  markNumber(place: Place): boolean {
    this.#hasDigits = true
    if (this.takesDigits) this.numbers.push(place)
    return this.takesDigits
  }

  plainly(place: Place, check: () => Problem | null): Problem | null {
    const before = this.takesDigits
    this.takesDigits = before && this.numbers.at(-1) === place
    const found = check()
    this.takesDigits = before
    return found
  }

  textsFirst(check: () => Problem | null): Problem | null {
    if (!this.takesDigits) return check()
    this.takesDigits = false
    this.#hasDigits = false
    const found = check()
    this.takesDigits = true
    return found !== null && this.#hasDigits ? check() : found
  }

  #checkAll(schema: SchemaNode, value: unknown, place: Place, outer: Seen | null): Problem | null {
    const last = LAST.filter(([name]) => Object.hasOwn(schema, name))
    // Keywords that come last look at what this schema has looked at, not at what the schemas around it have.
    const seen = last.length === 0 ? outer : nothingSeen()
    const found = this.#checkKeywords(schema, value, place, seen, last)
    if (found === null && seen !== outer && seen !== null && outer !== null) this.#merge(outer, seen, place)
    return found
  }

  #checkKeywords(
    schema: SchemaNode,
    value: unknown,
    place: Place,
    seen: Seen | null,
    last: readonly (readonly [string, Keyword])[],
  ): Problem | null {
    const check = (rule: unknown): Check => ({ rule, schema, value, place, seen, validator: this })
    const plan = this.#plans.of(schema)
    this.spend(stepsFor(plan.length), place)
    for (const [rule, keyword] of plan) {
      const found = keyword(check(rule))
      if (found !== null) return found
    }
    for (const [name, keyword] of last) {
      const found = keyword(check(schema[name]))
      if (found !== null) return found
    }
    return null
  }

  #merge(into: Seen, from: Seen, place: Place): void {
    this.spend(stepsFor(from.properties.size + from.items.size), place)
    for (const name of from.properties) into.properties.add(name)
    for (const index of from.items) into.items.add(index)
  }
}

const nothingSeen = (): Seen => ({ properties: new Set(), items: new Set() })

/** Checks values by one schema. */
export class SchemaValidator {
  readonly #documents: SchemaDocuments
  readonly #plans: Plans
  readonly #patterns = new Map<string, LinearPattern>()

  constructor(documents: SchemaDocuments) {
    this.#documents = documents
    this.#plans = new Plans(documents)
  }

  /**
   * Returns the places where a text of digits stands for a number that JSON parsers round.
   *
   * @throws EncodeProblem with the first field that does not fit, and what it should be
   */
  validate(value: unknown): readonly Place[] {
    const validation = new Validation(this.#documents, this.#plans, this.#patterns)
    if (value === undefined) throw new EncodeProblem('$', 'there is no value')
    validation.takesDigits = true
    const found = validation.textsFirst(() => validation.check(this.#documents.root, value, ROOT, null))
    if (found !== null) throw problemAt(found.place, found.text)
    return validation.numbers
  }
}
