/**
 * The deepest nesting of lists and objects in JSON. Responses are written by recursion, so the server could not return deeper
 * values.
 */
export const MAX_JSON_DEPTH = 500

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** "[" and "{" differ only in this bit, and so do "]" and "}". */
const CURLY_BIT = 0x20
const OPENING = 0x7b
const CLOSING = 0x7d

/** The index after the JSON string that starts at `start`. */
export const afterString = (text: string, start: number): number => {
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
