import { type JsonPath, valueAt } from '../../kafka/json-path.ts'
import type { Payload } from '../../kafka/payload.ts'
import { readConsumerOffsets, readShareGroupState, readTransactionState } from '../kafka-internal/read-internal.ts'
import type { Decoded } from '../schema-codec.ts'
import type { InternalFormat } from './plain-formats.ts'
import { attempt, type Outcome, readAs } from './reading.ts'

const READERS: Readonly<Record<InternalFormat, (payload: Payload) => Decoded>> = {
  CONSUMER_OFFSETS: readConsumerOffsets,
  TRANSACTION_STATE: readTransactionState,
  SHARE_GROUP_STATE: readShareGroupState,
}

const FORMATS = new Map<string, InternalFormat>([
  ['__consumer_offsets', 'CONSUMER_OFFSETS'],
  ['__transaction_state', 'TRANSACTION_STATE'],
  ['__share_group_state', 'SHARE_GROUP_STATE'],
])

/** The format of a topic that Kafka itself writes; undefined for all others. */
export const internalFormat = (topic: string): InternalFormat | undefined =>
  topic.startsWith('__') ? FORMATS.get(topic) : undefined

/** Reads a record of such a topic. */
export const readInternal = (format: InternalFormat, payload: Payload, path: JsonPath | undefined): Outcome =>
  attempt(format, () => {
    const { value, jsonBytes } = READERS[format](payload)
    return readAs(format, { value: path === undefined ? value : valueAt(value, path), jsonBytes })
  })
