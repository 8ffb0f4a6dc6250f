import { placeIn } from '../../value-place.ts'
import { canonical } from './equality.ts'
import { about, type Check, isList, type Keywords, type Problem, problem, sibling } from './keyword.ts'

type ListCheck = Check<readonly unknown[]>

/** Checks the items from an index on by one schema. */
const checkFrom = (check: ListCheck, start: number, schema: unknown): Problem | null => {
  const { value, place, seen, validator } = check
  for (let index = start; index < value.length; index++) {
    const found = validator.check(schema, value[index], placeIn(place, index), null)
    if (found !== null) return found
    seen?.items.add(index)
  }
  return null
}

/** Checks the first items by a schema each. */
const checkEach = (check: ListCheck, schemas: readonly unknown[]): Problem | null => {
  const { value, place, seen, validator } = check
  for (const [index, schema] of schemas.entries()) {
    if (index >= value.length) break
    const found = validator.check(schema, value[index], placeIn(place, index), null)
    if (found !== null) return found
    seen?.items.add(index)
  }
  return null
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

const contains = (check: ListCheck): Problem | null => {
  const { rule, schema, value, place, seen, validator } = check
  let count = 0
  for (const [index, item] of value.entries()) {
    if (validator.branch(rule, item, placeIn(place, index), null) !== null) continue
    count++
    seen?.items.add(index)
  }
  const [min = 1, max = Number.POSITIVE_INFINITY] = ['minContains', 'maxContains'].map(name => {
    const bound = sibling(schema, name)
    return typeof bound === 'number' ? bound : undefined
  })
  if (count < min) return problem(check, `expected at least ${min} items that fit "contains", found ${count}`)
  return count > max ? problem(check, `expected at most ${max} items that fit "contains", found ${count}`) : null
}

const uniqueItems = (check: ListCheck): Problem | null => {
  const { rule, value, place, validator } = check
  if (rule !== true) return null
  const found = new Map<string, number>()
  for (const [index, item] of value.entries()) {
    const text = canonical(item, steps => validator.spend(steps, place))
    const before = found.get(text)
    if (before !== undefined) return problem(check, `expected different items, but ${before} and ${index} are equal`)
    found.set(text, index)
  }
  return null
}

/** Keywords about lists. */
export const LIST_KEYWORDS: Keywords = {
  items: about(isList, check => {
    const { rule, schema } = check
    return Array.isArray(rule)
      ? checkEach(check, rule)
      : checkFrom(check, lengthOf(sibling(schema, 'prefixItems')), rule)
  }),
  prefixItems: about(isList, check => (isList(check.rule) ? checkEach(check, check.rule) : null)),
  additionalItems: about(isList, check => {
    const items = sibling(check.schema, 'items')
    return Array.isArray(items) ? checkFrom(check, items.length, check.rule) : null
  }),
  contains: about(isList, contains),
  minItems: about(isList, check => {
    const { rule, value } = check
    if (typeof rule !== 'number' || value.length >= rule) return null
    return problem(check, `expected at least ${rule} items, found ${value.length}`)
  }),
  maxItems: about(isList, check => {
    const { rule, value } = check
    if (typeof rule !== 'number' || value.length <= rule) return null
    return problem(check, `expected at most ${rule} items, found ${value.length}`)
  }),
  uniqueItems: about(isList, uniqueItems),
}

/** Checked after the other keywords of the same schema. */
export const unevaluatedItems = about(isList, check => {
  const { rule, value, place, seen, validator } = check
  for (const [index, item] of value.entries()) {
    if (seen?.items.has(index)) continue
    const found = validator.check(rule, item, placeIn(place, index), null)
    if (found !== null) return found
    seen?.items.add(index)
  }
  return null
})
