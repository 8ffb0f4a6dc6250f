import type { Place } from '../../value-place.ts'
import type { SchemaNode } from '../schema/schema-documents.ts'

/** What does not fit, and where. */
export interface Problem {
  readonly place: Place
  readonly text: string
}

/** What the keywords of a schema have looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
export interface Seen {
  readonly properties: Set<string>
  /** Items by their index. */
  readonly items: Set<number>
}

/** Checks values by other schemas. */
export interface Validator {
  /** Counts work. @throws EncodeProblem if a value takes too much of it */
  spend(steps: number, place: Place): void
  /** Checks a value by a schema. Null if it fits. */
  check(schema: unknown, value: unknown, place: Place, seen: Seen | null): Problem | null
  /** Like `check`, for a schema that need not fit: a branch. What it has looked at counts only if it fits. */
  branch(schema: unknown, value: unknown, place: Place, seen: Seen | null): Problem | null
  /** The schema that a reference in this node names. */
  resolve(node: SchemaNode, reference: string): unknown
  /** True if the text has a part that matches. @throws SchemaProblem for a pattern that takes more than linear time */
  matches(pattern: string, text: string, place: Place): boolean
  /** Checks at this place. Texts of digits count as texts in it, unless the value itself was found to be a number. */
  plainly(place: Place, check: () => Problem | null): Problem | null
  /** Tries a check with texts of digits as texts, and only if it fails with those that stand for numbers. */
  textsFirst(check: () => Problem | null): Problem | null
  /** True if a text of digits may stand for a number. */
  readonly takesDigits: boolean
  /** Notes that a text of digits stands for a number here. False if it counts as a text. */
  markNumber(place: Place): boolean
}

/** A keyword that is checked. */
export interface Check<Value = unknown> {
  /** The keyword's own value in the schema. */
  readonly rule: unknown
  readonly schema: SchemaNode
  readonly value: Value
  readonly place: Place
  readonly seen: Seen | null
  readonly validator: Validator
}

/** Checks one keyword. Null if the value fits, or if the keyword is not about values of its kind. */
export type Keyword = (check: Check) => Problem | null

/** Keywords by their names. */
export type Keywords = Readonly<Record<string, Keyword>>

/** A keyword about values of one kind; it ignores the others. */
export const about =
  <Value>(isKind: (value: unknown) => value is Value, keyword: (check: Check<Value>) => Problem | null): Keyword =>
  check => {
    const { value } = check
    return isKind(value) ? keyword({ ...check, value }) : null
  }

/** A problem at the place of a check. */
export const problem = ({ place }: Pick<Check, 'place'>, text: string): Problem => ({ place, text })

/** Steps for looking at so many names or entries: each takes much less than a step. */
export const stepsFor = (count: number): number => count >> 2

/** Steps for passing through so many characters. */
export const stepsForText = (characters: number): number => characters >> 6

/** The schema's own value of another keyword. */
export const sibling = (schema: SchemaNode, name: string): unknown =>
  Object.hasOwn(schema, name) ? schema[name] : undefined

export const isText = (value: unknown): value is string => typeof value === 'string'
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
export const isObject = (value: unknown): value is SchemaNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
