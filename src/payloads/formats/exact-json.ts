import { afterString, isTooDeep } from '../../kafka/payload/json-depth.ts'

/** Only a number with 16 digits or an exponent can exceed 2^53; other texts need no second check. */
const MAY_BE_LARGE = /\d{16}|\d[eE]/
const STRING_OR_NUMBER = /"|-?\d[\d.eE+-]*/g

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
