import { KAFKA_SENTENCES } from './error-sentences.ts'
import { KafkaError, kafkaErrorOf } from './kafka-error.ts'

/** The things that a request named, by kind. */
export interface Things {
  readonly topic?: string
  readonly group?: string
  readonly transactionalId?: string | null
}

/** A resource of Kafka's as a thing: topics and groups are, brokers name themselves. */
export const thingsOf = ({ type, name }: { readonly type: string; readonly name: string }): Things => {
  if (type === 'TOPIC') return { topic: name }
  return type === 'GROUP' ? { group: name } : {}
}

/** The kind of thing that an error is about, by its code; other errors are about the request. */
const KINDS: readonly (readonly [RegExp, keyof Things, string])[] = [
  [
    /TRANSACTIONAL_ID|^PRODUCER_FENCED$|_TRANSACTIONS?_|^CONCURRENT_TRANSACTIONS$/,
    'transactionalId',
    'transactional id',
  ],
  [/TOPIC/, 'topic', 'topic'],
  [/GROUP|_MEMBER_|REBALANCE|_GENERATION$/, 'group', 'group'],
]
/** Characters of a name that are repeated at most. */
const LONGEST_NAME = 300

const STOCK: ReadonlySet<string> = new Set(Object.values(KAFKA_SENTENCES))

/** True when a broker's own sentence has the name as a word. Kafka's stock sentences name nothing. */
const isNamed = (message: string, name: string): boolean => {
  if (STOCK.has(message)) return false
  for (let at = message.indexOf(name); at >= 0 && name !== ''; at = message.indexOf(name, at + 1)) {
    const around = message.slice(at - 1, at) + message.slice(at + name.length, at + name.length + 1)
    if (!/\w/.test(around)) return true
  }
  return false
}

/** `error`, whose message names the thing that it is about: Kafka's "Group authorization failed." names no group. */
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

/** As kafkaErrorOf, with the thing that the error is about named. */
export const kafkaErrorAbout = (things: Things, number: number, message?: string | null): KafkaError =>
  errorAbout(things, kafkaErrorOf(number, message))
