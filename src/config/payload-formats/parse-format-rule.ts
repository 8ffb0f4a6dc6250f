import type { PayloadFormatRule } from '../../kafka/payload/format-rule.ts'
import { PAYLOAD_FORMATS, type PayloadFormat } from '../../kafka/payload/payload-format.ts'
import { isTopicGlob } from '../../kafka/payload/topic-glob.ts'
import type { PayloadPart } from '../../kafka/payload.ts'
import { nearestWord } from './nearest-word.ts'

const FORM = 'write topic-pattern.key=int64, topic-pattern.value=avro:subject or topic-pattern.header:NAME=uuid'
const HEADER = '.header:'
/** A subject, which may have a context in front (`:.staging:orders-value`), and the name of a Protobuf message. */
const SUBJECT = /^((?::\.[^:]*:)?[^:]+)(?::([A-Za-z_][\w.]*))?$/
const NEEDS_SUBJECT: readonly PayloadFormat[] = ['AVRO', 'PROTOBUF', 'JSON_SCHEMA']

const FORMAT_OF = new Map<string, PayloadFormat>(PAYLOAD_FORMATS.map(format => [format.toLowerCase(), format]))
/** What other programs call these formats. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  byte: 'int8',
  short: 'int16',
  int: 'int32',
  integer: 'int32',
  long: 'int64',
  float: 'float32',
  double: 'float64',
  text: 'string',
  utf8: 'string',
  binary: 'bytes',
  base64: 'bytes',
  hex: 'bytes',
  proto: 'protobuf',
  messagepack: 'msgpack',
  jsonschema: 'json_schema',
}

const quoted = JSON.stringify

/** The topics and the part: what stands before the equals sign. */
interface Target {
  readonly topics: string
  readonly part: PayloadPart
  readonly header: string | null
}

const partOf = (word: string, entry: string): PayloadPart => {
  if (word === 'key') return 'KEY'
  if (word === 'value') return 'VALUE'
  const near = word.startsWith('head') ? 'header:NAME' : nearestWord(word, ['key', 'value'])
  const hint = near === undefined ? FORM : `did you mean ${near}?`
  throw new Error(`${quoted(entry)} names the part ${quoted(word)}, not key, value or header:NAME: ${hint}`)
}

const targetOf = (text: string, entry: string): Target => {
  const header = text.indexOf(HEADER)
  const dot = header >= 0 ? header : text.lastIndexOf('.')
  if (dot < 1) throw new Error(`${quoted(entry)} names no part of a message: ${FORM}`)
  const topics = text.slice(0, dot)
  if (!isTopicGlob(topics))
    throw new Error(
      `${quoted(entry)} has the topic pattern ${quoted(topics)}: use letters, digits, ".", "_", "-", "*" and "?"`,
    )
  if (header < 0) return { topics, part: partOf(text.slice(dot + 1), entry), header: null }
  const name = text.slice(header + HEADER.length)
  if (name === '') throw new Error(`${quoted(entry)} names no header: ${FORM}`)
  return { topics, part: 'HEADER', header: name }
}

const formatOf = (word: string, entry: string): PayloadFormat => {
  const format = FORMAT_OF.get(word)
  if (format !== undefined) return format
  const words = [...FORMAT_OF.keys()]
  const near = OTHER_WORDS[word.toLowerCase()] ?? nearestWord(word, words)
  const hint = near === undefined ? `one of ${words.join(', ')}` : `did you mean ${near}?`
  throw new Error(`${quoted(entry)} names the format ${quoted(word)}, which does not exist: ${hint}`)
}

const readingOf = (text: string, entry: string): Omit<PayloadFormatRule, keyof Target> => {
  const colon = text.indexOf(':')
  const word = colon < 0 ? text : text.slice(0, colon)
  const format = formatOf(word, entry)
  const rest = colon < 0 ? null : text.slice(colon + 1)
  if (!NEEDS_SUBJECT.includes(format)) {
    if (rest !== null) throw new Error(`${quoted(entry)} names a subject, but ${word} needs no schema: write ${word}`)
    return { format, subject: null, messageName: null }
  }
  const [, subject, messageName = null] = SUBJECT.exec(rest ?? '') ?? []
  if (subject === undefined)
    throw new Error(`${quoted(entry)} names no subject of the schema registry: write ${word}:orders-value`)
  if (messageName !== null && format !== 'PROTOBUF')
    throw new Error(`${quoted(entry)} names a message, which only Protobuf has: write ${word}:${subject}`)
  return { format, subject, messageName }
}

/** Parses `topic-pattern.part=format`. @throws Error that shows the right form. */
export const parseFormatRule = (entry: string): PayloadFormatRule => {
  // The name of a header may contain an equals sign, a topic cannot.
  const equals = entry.includes(HEADER) ? entry.lastIndexOf('=') : entry.indexOf('=')
  if (equals < 0) throw new Error(`${quoted(entry)} has no equals sign: ${FORM}`)
  const target = targetOf(entry.slice(0, equals).trim(), entry)
  return { ...target, ...readingOf(entry.slice(equals + 1).trim(), entry) }
}
