import { shown } from '../../../kafka/text.ts'
import { canonical } from './equality.ts'
import { type Check, isList, isObject, type Keywords, type Problem, problem, stepsFor } from './keyword.ts'
import { isLargeNumber } from './number-keywords.ts'

/** Each type: whether a value has it, and how it is called. */
const TYPES: Readonly<Record<string, { readonly has: (value: unknown) => boolean; readonly is: string }>> = {
  null: { has: value => value === null, is: 'null' },
  boolean: { has: value => typeof value === 'boolean', is: 'true or false' },
  string: { has: value => typeof value === 'string', is: 'a text' },
  number: { has: value => typeof value === 'number' && Number.isFinite(value), is: 'a number' },
  integer: { has: value => Number.isInteger(value), is: 'a whole number' },
  array: { has: isList, is: 'a list' },
  object: { has: isObject, is: 'an object' },
}

/** A number beyond ±(2^53 - 1) is read as text of its digits, so it is accepted as such where a text would not be. */
const isNumberAsText = (names: readonly string[], value: unknown): boolean =>
  isLargeNumber(value) && (names.includes('number') || (names.includes('integer') && Number.isInteger(Number(value))))

const type = (check: Check): Problem | null => {
  const { rule, value, place, validator } = check
  if (isList(rule)) validator.spend(stepsFor(rule.length), place)
  const names = (isList(rule) ? rule : [rule])
    .filter(name => typeof name === 'string' && Object.hasOwn(TYPES, name))
    .map(String)
  if (names.length === 0 || names.some(name => TYPES[name]?.has(value))) return null
  if (isNumberAsText(names, value) && validator.markNumber(place)) return null
  return problem(check, `expected ${names.map(name => TYPES[name]?.is).join(' or ')}, found ${shown(value)}`)
}

const enumeration = (check: Check): Problem | null => {
  const { rule, value, place, validator } = check
  if (!isList(rule)) return null
  const count = (steps: number): void => validator.spend(steps, place)
  const text = canonical(value, count)
  if (rule.some(one => canonical(one, count) === text)) return null
  const names = rule.slice(0, 10).map(shown).join(', ')
  return problem(check, `expected one of ${names}${rule.length > 10 ? ', …' : ''}, found ${shown(value)}`)
}

/** Keywords about values of every kind. */
export const VALUE_KEYWORDS: Keywords = {
  type,
  enum: enumeration,
  const: check => {
    const found = enumeration({ ...check, rule: [check.rule] })
    return found === null ? null : problem(check, `expected ${shown(check.rule)}, found ${shown(check.value)}`)
  },
}
