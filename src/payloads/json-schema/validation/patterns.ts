import { RE2JS } from 're2js'
import { shown } from '../../../kafka/text.ts'
import { SchemaProblem } from '../../schema-codec.ts'

const MAX_LENGTH = 1000
const MAX_SIZE = 2000
/** Instructions for each character that take as long as one step of a validation. */
const INSTRUCTIONS_A_STEP = 400

/** A pattern that takes linear time, whatever the text. */
export interface LinearPattern {
  matches(text: string): boolean
  /** The steps that a text of this length takes. */
  steps(length: number): number
}

/** @throws SchemaProblem for a pattern that looks ahead or behind, or refers back: it cannot be checked in linear time. */
export const linearPattern = (pattern: string): LinearPattern => {
  if (pattern.length > MAX_LENGTH)
    throw new SchemaProblem(`a pattern of the schema has more than ${MAX_LENGTH} characters`)
  let expression: RE2JS
  try {
    expression = RE2JS.compile(RE2JS.translateRegExp(pattern))
  } catch {
    throw new SchemaProblem(
      `the pattern ${shown(pattern)} cannot be checked: it is no regular expression, or one that takes more than linear time`,
    )
  }
  const size = expression.programSize()
  if (size > MAX_SIZE) throw new SchemaProblem(`the pattern ${shown(pattern)} repeats too much`)
  return {
    matches: text => expression.test(text),
    steps: length => 1 + Math.ceil((length * size) / INSTRUCTIONS_A_STEP),
  }
}
