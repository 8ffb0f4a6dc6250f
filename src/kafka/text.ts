import { KafkaError } from './errors/kafka-error.ts'

/** Long enough to recognise a value, short enough to keep large input out of error messages. */
const MAX_SHOWN = 60
/** Kafka stores the length of names and values in 16 bits. A broker closes the connection on a longer one. */
const MAX_TEXT_BYTES = 32_767

/** The beginning of a text, for error messages. Never cuts a surrogate pair in half. */
export const shortened = (text: string, maxLength = MAX_SHOWN): string =>
  text.length <= maxLength ? text : `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`

/** Renders any value for error messages. Lists and objects are not written out, because they may be nested deeply. */
export const shown = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(shortened(value))
  if (typeof value !== 'object' || value === null) return shortened(String(value))
  return Array.isArray(value) ? 'a list' : 'an object'
}

/** Why Kafka cannot store a text; null if it can. `what` names the text in the sentence, e.g. "a group id". */
export const textProblem = (what: string, text: string): string | null => {
  // An encoder would silently replace it with "�", which is a different name.
  if (!text.isWellFormed()) return `${what} cannot contain half a character (a lone surrogate), as ${shown(text)} does`
  // A UTF-16 code unit takes at most 3 bytes in UTF-8.
  if (text.length * 3 <= MAX_TEXT_BYTES) return null
  const bytes = Buffer.byteLength(text)
  return bytes <= MAX_TEXT_BYTES ? null : `${what} has at most ${MAX_TEXT_BYTES} bytes; this one has ${bytes}`
}

/** @throws KafkaError INVALID_REQUEST for a text that Kafka cannot store. */
export const checkText = (what: string, text: string): void => {
  const problem = textProblem(what, text)
  if (problem !== null) throw new KafkaError('INVALID_REQUEST', problem)
}
