import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CursorContent, cursorCodec } from '../../../src/kafka/cursor/cursor-codec.ts'
import { partitionsOf, toPositions } from '../../../src/kafka/cursor/positions.ts'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { type Offset, toOffset } from '../../../src/kafka/offset.ts'
import { type TopicName, toTopicName } from '../../../src/kafka/topic-name.ts'

const LARGEST = 2n ** 63n - 1n

const topicName = fc.stringMatching(/^[a-z][a-zA-Z0-9._-]{0,40}$/).map(toTopicName)
const offset = fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: LARGEST })).map(toOffset)
const pair = fc.tuple(fc.oneof(fc.nat(5), fc.nat(2000)), offset)
const positions = fc
  .uniqueArray(pair, { selector: ([partition]) => partition, maxLength: 20 })
  .map(pairs => toPositions([...pairs].sort(([a], [b]) => a - b)))
const content: fc.Arbitrary<CursorContent> = fc.record({
  topic: topicName,
  topicId: fc.uuid(),
  coverage: fc.constantFrom('all', 'listed'),
  positions,
  othersFrom: fc.option(fc.nat(Number.MAX_SAFE_INTEGER), { nil: null }),
})

const codec = cursorCodec('a secret')
const example: CursorContent = {
  topic: toTopicName('orders'),
  topicId: '0f0e0d0c-0b0a-4908-8706-050403020100',
  coverage: 'all',
  positions: toPositions([
    [0, toOffset(12)],
    [1, toOffset(2n ** 53n + 1n)],
  ]),
  othersFrom: null,
}

const refusal = (text: string): string => {
  try {
    codec.decode(text)
  } catch (thrown) {
    if (thrown instanceof KafkaError && thrown.code === 'INVALID_CURSOR') return thrown.message
    throw thrown
  }
  throw new Error(`${text} was accepted`)
}

/** The same bytes with one of them changed, without a new MAC. */
const withByte = (text: string, index: number, change: (byte: number) => number): string => {
  const bytes = Buffer.from(text, 'base64url')
  bytes[index] = change(bytes[index] ?? 0) & 0xff
  return bytes.toString('base64url')
}

describe('a cursor', () => {
  it('decodes to what was encoded', () => {
    fc.assert(
      fc.property(content, whole => {
        const decoded = codec.decode(codec.encode(whole))
        const pairs = partitionsOf(whole.positions).map(partition => [partition, whole.positions[partition]])
        expect([...decoded.offsets]).toEqual(pairs)
        expect(decoded.coverage).toBe(whole.coverage)
        expect(decoded.othersFrom).toBe(whole.othersFrom)
        expect(decoded.isOfTopic(whole.topic)).toBe(true)
        expect(decoded.isOfTopicId(whole.topicId)).toBe(true)
      }),
    )
  })

  it('is the same text for the same content, on every instance with the same secret', () => {
    expect(cursorCodec('a secret').encode(example)).toBe(codec.encode(example))
    expect(codec.encode(example)).toMatch(/^[A-Za-z0-9_-]+$/)
  })

  it('carries the known leader epochs, and costs a byte or two for each', () => {
    const epochAt = (partition: number) => (partition === 0 ? 7 : -1)
    const text = codec.encode({ ...example, epochAt })
    const decoded = codec.decode(text)
    expect([...decoded.epochs]).toEqual([[0, 7]])
    expect([...decoded.offsets]).toEqual([...codec.decode(codec.encode(example)).offsets])
    expect(text.length - codec.encode(example).length).toBeLessThanOrEqual(4)
    expect(codec.encode({ ...example, epochAt: () => -1 })).toBe(codec.encode(example))
  })

  it('is valid when it was made before cursors had epochs', () => {
    const decoded = codec.decode('AQBsuErSuG8PDg0MCwpJCIcGBQQDAgEAAAwAgYCAgICAgBAsgeX_bt7rxQ')
    expect([...decoded.offsets.values()]).toEqual([12n, 2n ** 53n + 1n])
    expect(decoded.epochs.size).toBe(0)
  })

  it('keeps its bytes on the default cluster, and is read by a server that names its cluster', () => {
    const before = 'AQBsuErSuG8PDg0MCwpJCIcGBQQDAgEAAAwAgYCAgICAgBAsgeX_bt7rxQ'
    expect(codec.encode(example)).toBe(before)
    expect(cursorCodec('a secret', 'default').encode(example)).toBe(before)
    expect([...cursorCodec('a secret', 'production').decode(before).offsets.values()]).toEqual([12n, 2n ** 53n + 1n])
  })

  it('names its cluster, and is refused by others', () => {
    const production = cursorCodec('a secret', 'production')
    const text = production.encode({ ...example, epochAt: () => 3 })
    expect([...production.decode(text).epochs]).toEqual([
      [0, 3],
      [1, 3],
    ])
    expect(production.decode(text).isOfTopic(example.topic)).toBe(true)
    expect(() => cursorCodec('a secret', 'staging').decode(text)).toThrow(/another cluster than staging/)
    expect(refusal(text)).toMatch(/another cluster than default/)
  })

  it('is short: under 64 characters for two partitions', () => {
    expect(codec.encode(example).length).toBeLessThan(64)
  })

  it('detects other topics, and another id of the same topic name', () => {
    const decoded = codec.decode(codec.encode(example))
    expect(decoded.isOfTopic(toTopicName('payments'))).toBe(false)
    expect(decoded.isOfTopicId('0f0e0d0c-0b0a-4908-8706-050403020101')).toBe(false)
  })

  it('distinguishes topic ids that are no UUIDs', () => {
    const decoded = codec.decode(codec.encode({ ...example, topicId: 'one' }))
    expect([decoded.isOfTopicId('one'), decoded.isOfTopicId('two')]).toEqual([true, false])
  })

  it('is refused when any of its bits is changed', () => {
    fc.assert(
      fc.property(content, fc.nat(), fc.nat(7), (whole, place, bit) => {
        const text = codec.encode(whole)
        const length = Buffer.from(text, 'base64url').length
        expect(refusal(withByte(text, place % length, byte => byte ^ (1 << bit)))).toMatch(/^The cursor is invalid: /)
      }),
    )
  })

  it('is refused when it is cut off at any place', () => {
    const text = codec.encode(example)
    for (let length = 0; length < text.length; length++)
      expect(refusal(text.slice(0, length))).toMatch(/^The cursor is invalid: /)
  })

  it('is refused with trailing bytes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_=+/ -]{1,8}$/), more => {
        refusal(codec.encode(example) + more)
      }),
    )
  })

  it('is refused with another secret and without one', () => {
    for (const other of [cursorCodec('another secret'), cursorCodec(null)])
      expect(() => other.decode(codec.encode(example))).toThrow(/damaged, cut off or was made with another secret/)
    expect(cursorCodec(null).decode(cursorCodec(null).encode(example)).offsets.size).toBe(2)
  })

  it('of another version is refused with a message that says so', () => {
    expect(refusal(withByte(codec.encode(example), 0, () => 2))).toMatch(/this server does not know its version/)
  })

  it('of arbitrary bytes is refused with INVALID_CURSOR and nothing else', () => {
    fc.assert(fc.property(fc.string(), text => void refusal(text)))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), bytes => void refusal(Buffer.from(bytes).toString('base64url'))),
    )
  })

  it('is refused without decoding when it is too long', () => {
    expect(refusal('A'.repeat(200_000))).toMatch(/too long/)
  })

  it('of ten thousand partitions is short enough', () => {
    const all = Array.from({ length: 10_000 }, (_, partition): [number, Offset] => [partition, toOffset(LARGEST)])
    const text = codec.encode({ ...example, positions: toPositions(all) })
    expect(codec.decode(text).offsets.size).toBe(10_000)
  })

  it('cannot be encoded with impossible offsets', () => {
    const topic: TopicName = example.topic
    const negative = { ...example, topic, positions: toPositions([[0, toOffset(-1)]]) }
    expect(() => codec.encode(negative)).toThrow(RangeError)
  })
})
