import type { OutgoingMessage } from '../../../kafka/message.ts'
import { murmur2 } from './murmur2.ts'

/** The partition of a key, chosen like Kafka's own producer. */
export const partitionOfKey = (key: Buffer, partitionCount: number): number =>
  (murmur2(key) & 0x7fffffff) % partitionCount

/**
 * Chooses a partition for each message: the explicit one, that of its key, or else the current partition for messages
 * without a key. Those of a call stay together until a batch is full, because a batch of a hundred costs Kafka hardly
 * more than one of one.
 */
export class PartitionChooser {
  readonly #stickFor: number
  #next = 0

  constructor(stickFor: number) {
    this.#stickFor = stickFor
  }

  /**
   * Returns the chooser for one call's messages, to be called in order. `canTake` reports which partitions have a
   * leader.
   */
  forCall(partitionCount: number, canTake: (partition: number) => boolean): (message: OutgoingMessage) => number {
    let current = -1
    let taken = this.#stickFor
    return ({ partition, key }) => {
      if (partition !== null) return partition
      if (key !== null) return partitionOfKey(key, partitionCount)
      if (taken >= this.#stickFor) {
        current = this.#pick(partitionCount, canTake)
        taken = 0
      }
      taken++
      return current
    }
  }

  /** The next partition with a leader, or simply the next one if none has a leader. */
  #pick(partitionCount: number, canTake: (partition: number) => boolean): number {
    for (let tried = 0; tried < partitionCount; tried++) {
      const candidate = this.#next++ % partitionCount
      if (canTake(candidate)) return candidate
    }
    return this.#next++ % partitionCount
  }
}
