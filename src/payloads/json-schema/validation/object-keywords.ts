import { shortened, shown } from '../../../kafka/text.ts'
import { placeIn } from '../../value-place.ts'
import {
  about,
  type Check,
  isList,
  isObject,
  type Keywords,
  type Problem,
  problem,
  sibling,
  stepsFor,
} from './keyword.ts'

type ObjectCheck = Check<Readonly<Record<string, unknown>>>

/** The names in an object of the value or of the schema, which are paid for. */
const namesOf = ({ place, validator }: Pick<Check, 'place' | 'validator'>, object: object): readonly string[] => {
  const names = Object.keys(object)
  validator.spend(stepsFor(names.length), place)
  return names
}

/** Checks one property, and notes that it was looked at. */
const checkProperty = (check: ObjectCheck, name: string, schema: unknown): Problem | null => {
  const { value, place, seen, validator } = check
  const found = validator.check(schema, value[name], placeIn(place, name), null)
  if (found === null) seen?.properties.add(name)
  return found
}

const properties = (check: ObjectCheck): Problem | null => {
  const { rule, value } = check
  if (!isObject(rule)) return null
  for (const name of namesOf(check, value)) {
    const found = Object.hasOwn(rule, name) ? checkProperty(check, name, rule[name]) : null
    if (found !== null) return found
  }
  return null
}

const patternProperties = (check: ObjectCheck): Problem | null => {
  const { rule, value, place, validator } = check
  if (!isObject(rule)) return null
  const names = namesOf(check, value)
  for (const pattern of namesOf(check, rule)) {
    for (const name of names) {
      const found = validator.matches(pattern, name, place) ? checkProperty(check, name, rule[pattern]) : null
      if (found !== null) return found
    }
  }
  return null
}

const isDeclared = (check: ObjectCheck, name: string): boolean => {
  const { schema, place, validator } = check
  const [declared, patterns] = [sibling(schema, 'properties'), sibling(schema, 'patternProperties')]
  if (isObject(declared) && Object.hasOwn(declared, name)) return true
  return isObject(patterns) && namesOf(check, patterns).some(pattern => validator.matches(pattern, name, place))
}

/** A property that no schema allows, with those that are. */
const notAllowed = (check: ObjectCheck, name: string): Problem => {
  const { place, schema } = check
  const declared = sibling(schema, 'properties')
  const names = isObject(declared) ? namesOf(check, declared) : []
  const first = names
    .slice(0, 10)
    .map(name => shortened(name))
    .join(', ')
  const known = names.length === 0 ? '' : `; it has ${first}${names.length > 10 ? ', …' : ''}`
  return { place: placeIn(place, name), text: `the schema has no property ${shown(name)}${known}` }
}

const additionalProperties = (check: ObjectCheck): Problem | null => {
  const { rule, value } = check
  for (const name of namesOf(check, value)) {
    if (isDeclared(check, name)) continue
    if (rule === false) return notAllowed(check, name)
    const found = checkProperty(check, name, rule)
    if (found !== null) return found
  }
  return null
}

const missing = (check: ObjectCheck, names: unknown, because: string): Problem | null => {
  if (!isList(names)) return null
  check.validator.spend(stepsFor(names.length), check.place)
  const name = names.find(one => typeof one === 'string' && !Object.hasOwn(check.value, one))
  if (typeof name !== 'string') return null
  return { place: placeIn(check.place, name), text: `the property is required${because}` }
}

/** Each names a property, and what must be true if it is there: other properties, or a schema. */
const dependencies = (check: ObjectCheck): Problem | null => {
  const { rule, value, place, seen, validator } = check
  if (!isObject(rule)) return null
  for (const name of namesOf(check, value)) {
    if (!Object.hasOwn(rule, name)) continue
    const needed = rule[name]
    const found = isList(needed)
      ? missing(check, needed, `, because ${shown(name)} is given`)
      : validator.check(needed, value, place, seen)
    if (found !== null) return found
  }
  return null
}

const propertyNames = (check: ObjectCheck): Problem | null => {
  const { rule, value, place, validator } = check
  for (const name of namesOf(check, value)) {
    const inner = placeIn(place, name)
    const found = validator.plainly(inner, () => validator.check(rule, name, inner, null))
    if (found !== null) return { place: found.place, text: `the name of the property: ${found.text}` }
  }
  return null
}

const countOf = (check: ObjectCheck): number => namesOf(check, check.value).length

/** Keywords about objects. */
export const OBJECT_KEYWORDS: Keywords = {
  required: about(isObject, check => missing(check, check.rule, '')),
  properties: about(isObject, properties),
  patternProperties: about(isObject, patternProperties),
  additionalProperties: about(isObject, additionalProperties),
  propertyNames: about(isObject, propertyNames),
  dependencies: about(isObject, dependencies),
  dependentRequired: about(isObject, dependencies),
  dependentSchemas: about(isObject, dependencies),
  minProperties: about(isObject, check => {
    const { rule } = check
    if (typeof rule !== 'number' || countOf(check) >= rule) return null
    return problem(check, `expected at least ${rule} properties, found ${countOf(check)}`)
  }),
  maxProperties: about(isObject, check => {
    const { rule } = check
    if (typeof rule !== 'number' || countOf(check) <= rule) return null
    return problem(check, `expected at most ${rule} properties, found ${countOf(check)}`)
  }),
}

/** Checked after the other keywords of the same schema. */
export const unevaluatedProperties = about(isObject, check => {
  const { rule, value, seen } = check
  for (const name of namesOf(check, value)) {
    if (seen?.properties.has(name)) continue
    const found = rule === false ? notAllowed(check, name) : checkProperty(check, name, rule)
    if (found !== null) return found
  }
  return null
})
