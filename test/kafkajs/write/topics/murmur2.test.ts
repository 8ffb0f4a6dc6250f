import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PartitionChooser, partitionOfKey } from '../../../../src/kafkajs/write/topics/choose-partition.ts'
import { murmur2 } from '../../../../src/kafkajs/write/topics/murmur2.ts'
import { outgoing } from '../outgoing.ts'
import { MURMUR2_VECTORS } from './murmur2-vectors.ts'

describe("Kafka's murmur2", () => {
  test.each(MURMUR2_VECTORS)("of %s equals the Java client's", (base64, hash, of7, of100) => {
    const key = Buffer.from(base64, 'base64')
    expect(murmur2(key)).toBe(hash)
    expect(partitionOfKey(key, 7)).toBe(of7)
    expect(partitionOfKey(key, 100)).toBe(of100)
  })

  test('depends only on the bytes, not on their place in memory', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(9), (bytes, before) => {
        const shifted = Buffer.concat([Buffer.alloc(before), bytes]).subarray(before)
        expect(murmur2(shifted)).toBe(murmur2(bytes))
        expect(murmur2(bytes)).toBe(murmur2(bytes) | 0)
      }),
    )
  })

  test('maps every key to an existing partition', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 1, max: 5000 }), (key, count) => {
        const partition = partitionOfKey(Buffer.from(key), count)
        expect(partition).toBeGreaterThanOrEqual(0)
        expect(partition).toBeLessThan(count)
      }),
    )
  })
})

describe('messages without a key', () => {
  test('of one call stay together, and the next call uses the next partition', () => {
    const chooser = new PartitionChooser(100)
    const one = chooser.forCall(3, () => true)
    const other = chooser.forCall(3, () => true)
    expect([one, one, one, other, other].map(choose => choose(outgoing()))).toEqual([0, 0, 0, 1, 1])
  })

  test('move on after a full batch', () => {
    const choose = new PartitionChooser(2).forCall(2, () => true)
    expect([1, 2, 3, 4, 5].map(() => choose(outgoing()))).toEqual([0, 0, 1, 1, 0])
  })

  test('skip partitions without a leader, unless none has one', () => {
    const chooser = new PartitionChooser(1)
    const living = chooser.forCall(3, partition => partition === 2)
    expect([living(outgoing()), living(outgoing())]).toEqual([2, 2])
    expect(chooser.forCall(3, () => false)(outgoing())).toBeLessThan(3)
  })

  test('an explicit partition wins over the key', () => {
    const choose = new PartitionChooser(1).forCall(3, () => true)
    expect(choose(outgoing({ partition: 1, key: Buffer.from('foobar') }))).toBe(1)
  })
})
