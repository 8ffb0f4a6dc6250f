import { getArgumentValues } from 'graphql'
import type { Variables } from './conditions.ts'
import { exactText } from './exact-text.ts'
import { holeName } from './form-nodes.ts'
import type { HoledField, NormalForm } from './normal-form.ts'
import { hasVariables } from './operation-variables.ts'

/** The coerced values of a form's arguments, including defaults. */
export interface HoleValues {
  readonly values: Variables
  /** Equal for equal values; null when the values have no text, so that no subscription shares with them. */
  readonly text: string | null
}

const fill = (
  values: Record<string, unknown>,
  { definition, node, firstHole }: HoledField,
  variables: Variables,
): void => {
  const given = getArgumentValues(definition, node, variables)
  for (const [at, { name }] of definition.args.entries()) {
    if (Object.hasOwn(given, name)) values[holeName(firstHole + at)] = given[name]
  }
}

/**
 * Prepares the values for a form's holes. Arguments without variables are coerced once. The returned function throws a
 * GraphQLError when a variable sets a non-null argument to null.
 */
export const holeFiller = (holed: NormalForm['holed']): ((variables: Variables) => HoleValues) => {
  const constants: Record<string, unknown> = {}
  const variable: HoledField[] = []
  for (const field of holed) {
    if (hasVariables(field.node)) variable.push(field)
    else fill(constants, field, {})
  }
  const constant: HoleValues = { values: constants, text: exactText(constants) }
  return variables => {
    if (variable.length === 0) return constant
    const values = { ...constants }
    for (const field of variable) fill(values, field, variables)
    return { values, text: exactText(values) }
  }
}
