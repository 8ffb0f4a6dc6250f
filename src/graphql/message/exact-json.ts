import { MAX_JSON_DEPTH } from '../core/scalars/json.ts'

/** Only a number with 16 digits or an exponent can exceed 2^53; other texts need no second check. */
const MAY_BE_LARGE = /\d{16}|\d[eE]/
const STRING_OR_NUMBER = /"|-?\d[\d.eE+-]*/g
const QUOTE = 0x22
const BACKSLASH = 0x5c
/** "[" and "{" differ only in this bit, and so do "]" and "}". */
const CURLY_BIT = 0x20
const OPENING = 0x7b
const CLOSING = 0x7d

/** The index after the string that starts at `start`. */
const afterString = (text: string, start: number): number => {
  let index = start + 1
  while (index < text.length && text.charCodeAt(index) !== QUOTE) index += text.charCodeAt(index) === BACKSLASH ? 2 : 1
  return index + 1
}

/** True if a JSON text nests lists and objects deeper than MAX_JSON_DEPTH. */
export const isTooDeep = (text: string): boolean => {
  if (text.length < 2 * MAX_JSON_DEPTH) return false
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = afterString(text, index) - 1
    else if ((code | CURLY_BIT) === OPENING) depth++
    else if ((code | CURLY_BIT) === CLOSING) depth--
    if (depth > MAX_JSON_DEPTH) return true
  }
  return false
}

/** Puts numbers that a double cannot hold exactly in quotes, digits unchanged. */
const quoteLargeNumbers = (text: string): string => {
  let quoted = ''
  let copied = 0
  STRING_OR_NUMBER.lastIndex = 0
  for (let found = STRING_OR_NUMBER.exec(text); found; found = STRING_OR_NUMBER.exec(text)) {
    const [token] = found
    if (token === '"') {
      STRING_OR_NUMBER.lastIndex = afterString(text, found.index)
    } else if (Math.abs(Number(token)) > Number.MAX_SAFE_INTEGER) {
      quoted += `${text.slice(copied, found.index)}"${token}"`
      copied = found.index + token.length
    }
  }
  return quoted + text.slice(copied)
}

/**
 * The value of a JSON text; undefined if it is not JSON or is nested too deeply. Numbers beyond ±(2^53 - 1), which most
 * languages silently round, become strings of their digits.
 */
export const parseExactJson = (text: string): unknown => {
  if (isTooDeep(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return MAY_BE_LARGE.test(text) ? JSON.parse(quoteLargeNumbers(text)) : value
  } catch {
    return undefined
  }
}
