import { type Check, isList, type Keyword, type Keywords, type Problem, problem, sibling } from './keyword.ts'

const allOf: Keyword = ({ rule, value, place, seen, validator }) => {
  for (const schema of isList(rule) ? rule : []) {
    const found = validator.check(schema, value, place, seen)
    if (found !== null) return found
  }
  return null
}

/** Of several problems the one that lies deepest: the alternative that the writer most likely meant. */
const deepest = (problems: readonly Problem[]): Problem | undefined =>
  problems.reduce<Problem | undefined>(
    (best, one) => (best && best.place.depth >= one.place.depth ? best : one),
    undefined,
  )

const noneFits = (check: Check, problems: readonly Problem[]): Problem => {
  const likely = deepest(problems)
  if (likely === undefined) return problem(check, 'expected one of no alternatives')
  if (problems.length === 1) return likely
  return { place: likely.place, text: `${likely.text}; the value fits none of ${problems.length} alternatives` }
}

const anyOfThem: Keyword = check => {
  const { rule, value, place, seen, validator } = check
  if (!isList(rule)) return null
  const problems: Problem[] = []
  let fits = false
  for (const schema of rule) {
    const found = validator.branch(schema, value, place, seen)
    if (found !== null) problems.push(found)
    else fits = true
    if (fits && seen === null) return null
  }
  return fits ? null : noneFits(check, problems)
}

const oneOfThem: Keyword = check => {
  const { rule, value, place, seen, validator } = check
  if (!isList(rule)) return null
  const problems: Problem[] = []
  for (const schema of rule) {
    const found = validator.branch(schema, value, place, seen)
    if (found !== null) problems.push(found)
  }
  const fitting = rule.length - problems.length
  if (fitting === 0) return noneFits(check, problems)
  return fitting === 1
    ? null
    : problem(check, `expected a value that fits one alternative, found one that fits ${fitting}`)
}

const textsFirst =
  (keyword: Keyword): Keyword =>
  check =>
    check.validator.textsFirst(() => keyword(check))

const not: Keyword = check => {
  const { rule, value, place, validator } = check
  return validator.plainly(place, () => validator.branch(rule, value, place, null)) === null
    ? problem(check, 'the value fits a schema that it must not fit')
    : null
}

const condition: Keyword = ({ rule, schema, value, place, seen, validator }) => {
  const fits = validator.plainly(place, () => validator.branch(rule, value, place, seen)) === null
  const name = fits ? 'then' : 'else'
  const next = sibling(schema, name)
  return next === undefined ? null : validator.check(next, value, place, seen)
}

/** References that look at the dynamic scope are taken as plain ones: the scope of a registry's schema is the schema itself. */
const reference: Keyword = ({ rule, schema, value, place, seen, validator }) =>
  typeof rule === 'string' ? validator.check(validator.resolve(schema, rule), value, place, seen) : null

/** Keywords that apply other schemas to the same value. */
export const LOGIC_KEYWORDS: Keywords = {
  $ref: reference,
  $dynamicRef: reference,
  $recursiveRef: reference,
  allOf,
  anyOf: textsFirst(anyOfThem),
  oneOf: textsFirst(oneOfThem),
  not,
  if: condition,
}
