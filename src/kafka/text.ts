import { KafkaError } from './kafka-error.ts'

/** Long enough to recognise a value, short enough that no error message repeats a large input. */
const MAX_SHOWN = 60
/** Kafka keeps names and values with a length of 16 bits. A broker closes the connection on a longer one. */
const MAX_TEXT_BYTES = 32_767

/** The beginning of a text, for error messages. A character that would be cut in half is left out. */
export const shortened = (text: string): string =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`

/** A value of any kind, for error messages. Lists and objects are only named: writing one out would recurse as deep as it is nested. */
export const shown = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(shortened(value))
  if (typeof value !== 'object' || value === null) return shortened(String(value))
  return Array.isArray(value) ? 'a list' : 'an object'
}

/** Why Kafka cannot keep a text; null when it can. `what` names the text in the sentence, such as "a group id". */
export const textProblem = (what: string, text: string): string | null => {
  // An encoder would put "�" in its place: another name than the one that was asked for.
  if (!text.isWellFormed()) return `${what} cannot hold half a character (a lone surrogate), as ${shown(text)} does`
  // No character takes more than 3 bytes a code unit.
  if (text.length * 3 <= MAX_TEXT_BYTES) return null
  const bytes = Buffer.byteLength(text)
  return bytes <= MAX_TEXT_BYTES ? null : `${what} has at most ${MAX_TEXT_BYTES} bytes, this one has ${bytes}`
}

/** @throws KafkaError INVALID_REQUEST for a text that Kafka cannot keep. */
export const checkText = (what: string, text: string): void => {
  const problem = textProblem(what, text)
  if (problem !== null) throw new KafkaError('INVALID_REQUEST', problem)
}
