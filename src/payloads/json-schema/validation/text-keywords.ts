import { shown } from '../../../kafka/text.ts'
import { FORMATS } from './formats.ts'
import { about, type Check, isText, type Keywords, problem, stepsForText } from './keyword.ts'

const pay = ({ value, place, validator }: Check<string>): void => validator.spend(stepsForText(value.length), place)

/** Characters, not code units: an emoji counts as one. */
const lengthOf = (check: Check<string>): number => {
  pay(check)
  let length = 0
  for (const _ of check.value) length++
  return length
}

/** Keywords about texts. */
export const TEXT_KEYWORDS: Keywords = {
  minLength: about(isText, check => {
    const { rule, value } = check
    if (typeof rule !== 'number' || lengthOf(check) >= rule) return null
    return problem(check, `expected at least ${rule} characters, found ${shown(value)}`)
  }),
  maxLength: about(isText, check => {
    const { rule } = check
    const length = typeof rule === 'number' ? lengthOf(check) : 0
    if (typeof rule !== 'number' || length <= rule) return null
    return problem(check, `expected at most ${rule} characters, found ${length}`)
  }),
  pattern: about(isText, check => {
    const { rule, value, place, validator } = check
    if (typeof rule !== 'string' || validator.matches(rule, value, place)) return null
    return problem(check, `expected a text that matches ${shown(rule)}, found ${shown(value)}`)
  }),
  format: about(isText, check => {
    const { rule, value } = check
    const format = typeof rule === 'string' && Object.hasOwn(FORMATS, rule) ? FORMATS[rule] : undefined
    if (format === undefined) return null
    pay(check)
    if (format(value)) return null
    return problem(check, `expected the format ${rule}, found ${shown(value)}`)
  }),
}
