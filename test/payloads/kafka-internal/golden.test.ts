import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Payload, type PayloadPart } from '../../../src/kafka/payload.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import {
  readConsumerOffsets,
  readShareGroupState,
  readTransactionState,
} from '../../../src/payloads/kafka-internal/read-internal.ts'
import { type Decoded, DecodeProblem } from '../../../src/payloads/schema-codec.ts'

/** A key or a value, as the classes of Kafka 4.3.1 write it and as their JSON converters show it. */
interface Golden {
  readonly topic: 'group' | 'transaction' | 'share'
  readonly name: string
  readonly type: number
  readonly version: number
  readonly hex: string
  readonly data: unknown
}

const file = new URL('./golden/kafka-4.3.1.json', import.meta.url)
const records: readonly Golden[] = JSON.parse(readFileSync(file, 'utf8'))

const TOPICS = {
  group: { name: '__consumer_offsets', read: readConsumerOffsets },
  transaction: { name: '__transaction_state', read: readTransactionState },
  share: { name: '__share_group_state', read: readShareGroupState },
} as const

const typeBytes = (type: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(type)
  return bytes
}

const readBytes = ({ topic, name, type }: Golden, bytes: Buffer, key: Buffer | null = typeBytes(type)): Decoded => {
  const part: PayloadPart = name.endsWith('Key') ? 'KEY' : 'VALUE'
  return TOPICS[topic].read(new Payload(toTopicName(TOPICS[topic].name), part, bytes, { key, headers: [] }))
}

const read = (golden: Golden): unknown => readBytes(golden, Buffer.from(golden.hex, 'hex')).value

describe('the records of Kafka’s own topics', () => {
  it.each(records)('$name, version $version: $hex', golden => {
    const { name, type, version, data } = golden
    const expected = name.endsWith('Key') ? { type, name, data } : { version, name: valueName(name), data }
    expect(read(golden)).toEqual(expected)
  })

  it('are refused if truncated at any byte, or followed by one more', () => {
    for (const golden of records) {
      const bytes = Buffer.from(golden.hex, 'hex')
      for (let length = 0; length < bytes.length; length++)
        expect(() => readBytes(golden, bytes.subarray(0, length)), golden.name).toThrow(DecodeProblem)
      const longer = Buffer.concat([bytes, Buffer.of(0)])
      expect(() => readBytes(golden, longer), golden.name).toThrow(`a byte is left over at byte ${bytes.length}`)
    }
  })

  it('become a value or a problem with any damaged byte', () => {
    for (const golden of records) {
      const bytes = Buffer.from(golden.hex, 'hex')
      for (let at = 0; at < bytes.length; at++) {
        const damaged = Buffer.from(bytes)
        damaged[at] = 0xff
        try {
          readBytes(golden, damaged)
        } catch (problem) {
          expect(problem).toBeInstanceOf(DecodeProblem)
        }
      }
    }
  })

  const commit = records.find(({ name, version }) => name === 'OffsetCommitValue' && version === 4)

  it('need the key of the message for its value', () => {
    const golden = commit ?? expect.fail('no golden commit')
    expect(() => readBytes(golden, Buffer.from(golden.hex, 'hex'), null)).toThrow('the message has no key')
    expect(() => readBytes(golden, Buffer.from(golden.hex, 'hex'), typeBytes(99))).toThrow('unknown type of record 99')
  })

  it('of an unknown version are named', () => {
    const golden = commit ?? expect.fail('no golden commit')
    expect(() => readBytes(golden, Buffer.from('0007', 'hex'))).toThrow('unknown version 7 of OffsetCommitValue')
  })

  it('may have tagged fields of a newer Kafka', () => {
    const golden = commit ?? expect.fail('no golden commit')
    // Version 4: offset 5, no metadata, a time of 7, and one field with the tag 9 in three bytes.
    const bytes = Buffer.from(
      ['0004', '0000000000000005', 'ffffffff', '01', '0000000000000007', '01', '0903aabbcc'].join(''),
      'hex',
    )
    expect(readBytes(golden, bytes).value).toEqual({
      version: 4,
      name: 'OffsetCommitValue',
      data: { offset: 5, leaderEpoch: -1, metadata: '', commitTimestamp: 7 },
    })
  })
})

/** Kafka has a class of its own for the value of the oldest commits, with the fields of version 0. */
function valueName(name: string): string {
  return name === 'LegacyOffsetCommitValue' ? 'OffsetCommitValue' : name
}
