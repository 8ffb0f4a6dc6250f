import type { Payload } from '../../kafka/payload.ts'
import { type Decoded, DecodeProblem } from '../schema-codec.ts'
import { groupRecords } from './group-records.ts'
import { firstNumber, readRecord } from './record-reader.ts'
import type { RecordKind } from './record-schema.ts'
import { shareStateRecords, transactionRecords } from './state-records.ts'
import { streamsGroupRecords } from './streams-group-records.ts'

type RecordKinds = ReadonlyMap<number, RecordKind>

const kindOf = (key: Buffer, kinds: RecordKinds): { readonly type: number; readonly kind: RecordKind } => {
  const type = firstNumber(key)
  const kind = kinds.get(type)
  if (kind === undefined) throw new DecodeProblem(`unknown type of record ${type}`)
  return { type, kind }
}

const readKey = (bytes: Buffer, kinds: RecordKinds): Decoded => {
  const { type, kind } = kindOf(bytes, kinds)
  const { name } = kind.key
  const { data, jsonBytes } = readRecord(kind.key, bytes, 0)
  return { value: { type, name, data }, jsonBytes: jsonBytes + name.length + 32 }
}

const readValue = (bytes: Buffer, key: Buffer | null, kinds: RecordKinds): Decoded => {
  if (key === null) throw new DecodeProblem('the message has no key, which says what its value is')
  const { value: schema } = kindOf(key, kinds).kind
  const version = firstNumber(bytes)
  const { data, jsonBytes } = readRecord(schema, bytes, version)
  return { value: { version, name: schema.name, data }, jsonBytes: jsonBytes + schema.name.length + 32 }
}

const readWith =
  (kinds: RecordKinds) =>
  ({ part, bytes, owner }: Payload): Decoded => {
    if (part === 'HEADER') throw new DecodeProblem('Kafka writes no headers into its own topics')
    return part === 'KEY' ? readKey(bytes, kinds) : readValue(bytes, owner.key, kinds)
  }

/**
 * Reads a key or a value of `__consumer_offsets`, with Kafka's names: `{type, name, data}` for a key and
 * `{version, name, data}` for a value. @throws DecodeProblem
 */
export const readConsumerOffsets = readWith(new Map([...groupRecords, ...streamsGroupRecords]))

/** Reads a key or a value of `__transaction_state` in the same form. @throws DecodeProblem */
export const readTransactionState = readWith(transactionRecords)

/** Reads a key or a value of `__share_group_state` in the same form. @throws DecodeProblem */
export const readShareGroupState = readWith(shareStateRecords)
