import { KAFKA_SENTENCES } from './error-sentences.ts'
import { KafkaError, kafkaErrorOf } from './kafka-error.ts'

/** The resources that a request named, by kind. */
export interface Things {
  readonly topic?: string
  readonly group?: string
  readonly transactionalId?: string | null
}

/** Topics and groups are named in errors; a broker's own message already names the broker. */
export const thingsOf = ({ type, name }: { readonly type: string; readonly name: string }): Things => {
  if (type === 'TOPIC') return { topic: name }
  return type === 'GROUP' ? { group: name } : {}
}

/** Which kind of resource an error is about, by its code. Other errors are about the whole request. */
const KINDS: readonly (readonly [RegExp, keyof Things, string])[] = [
  [
    /TRANSACTIONAL_ID|^PRODUCER_FENCED$|_TRANSACTIONS?_|^CONCURRENT_TRANSACTIONS$/,
    'transactionalId',
    'transactional id',
  ],
  [/TOPIC/, 'topic', 'topic'],
  [/GROUP|_MEMBER_|REBALANCE|_GENERATION$/, 'group', 'group'],
]
/** Maximum number of characters repeated from a name. */
const LONGEST_NAME = 300

const STOCK: ReadonlySet<string> = new Set(Object.values(KAFKA_SENTENCES))

/** True if a broker's message already contains the name as a word. Kafka's standard sentences name nothing. */
const isNamed = (message: string, name: string): boolean => {
  if (STOCK.has(message)) return false
  for (let at = message.indexOf(name); at >= 0 && name !== ''; at = message.indexOf(name, at + 1)) {
    const around = message.slice(at - 1, at) + message.slice(at + name.length, at + name.length + 1)
    if (!/\w/.test(around)) return true
  }
  return false
}

/** Adds the resource name to the message of `error`: Kafka's "Group authorization failed." names no group. */
export const errorAbout = (things: Things, error: KafkaError): KafkaError => {
  const [, kind, word] = KINDS.find(([codes, one]) => codes.test(error.code) && things[one] != null) ?? []
  const name = kind === undefined ? undefined : things[kind]
  if (name == null || isNamed(error.message, name)) return error
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name
  return new KafkaError(error.code, `${word} ${shown}: ${error.message}`, {
    cause: error.cause,
    details: error.details,
  })
}

/** Like kafkaErrorOf, and names the resource in the message. */
export const kafkaErrorAbout = (things: Things, number: number, message?: string | null): KafkaError =>
  errorAbout(things, kafkaErrorOf(number, message))
