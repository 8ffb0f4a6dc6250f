/** Long enough to recognise a value, short enough that no error message repeats a large input. */
const MAX_SHOWN = 60

/** The beginning of a text, for error messages. A character that would be cut in half is left out. */
export const shortened = (text: string): string =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`
