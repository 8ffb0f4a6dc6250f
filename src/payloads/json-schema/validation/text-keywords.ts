import { shown } from '../../../kafka/text.ts'
import { FORMATS } from './formats.ts'
import { about, isText, type Keywords, problem } from './keyword.ts'

/** Characters, not code units: an emoji counts as one. */
const lengthOf = (text: string): number => {
  let length = 0
  for (const _ of text) length++
  return length
}

/** Keywords about texts. */
export const TEXT_KEYWORDS: Keywords = {
  minLength: about(isText, check => {
    const { rule, value } = check
    if (typeof rule !== 'number' || lengthOf(value) >= rule) return null
    return problem(check, `expected at least ${rule} characters, found ${shown(value)}`)
  }),
  maxLength: about(isText, check => {
    const { rule, value } = check
    if (typeof rule !== 'number' || lengthOf(value) <= rule) return null
    return problem(check, `expected at most ${rule} characters, found ${lengthOf(value)}`)
  }),
  pattern: about(isText, check => {
    const { rule, value, place, validator } = check
    if (typeof rule !== 'string' || validator.matches(rule, value, place)) return null
    return problem(check, `expected a text that matches ${shown(rule)}, found ${shown(value)}`)
  }),
  format: about(isText, check => {
    const { rule, value } = check
    const format = typeof rule === 'string' && Object.hasOwn(FORMATS, rule) ? FORMATS[rule] : undefined
    if (format === undefined || format(value)) return null
    return problem(check, `expected the format ${rule}, found ${shown(value)}`)
  }),
}
