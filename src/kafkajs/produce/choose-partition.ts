import type { OutgoingMessage } from '../../kafka/message.ts'
import { murmur2 } from './murmur2.ts'

/** The partition of a key, as Kafka's own producer chooses it. */
export const partitionOfKey = (key: Buffer, partitionCount: number): number =>
  (murmur2(key) & 0x7fffffff) % partitionCount

/**
 * Chooses a partition for each message: its own, its key's, or for one without either the partition that this call's
 * keyless messages go to. They stay together, because a batch of a hundred costs Kafka hardly more than a batch of one;
 * after a full batch the next partition takes over.
 */
export class PartitionChooser {
  readonly #stickFor: number
  #next = 0

  constructor(stickFor: number) {
    this.#stickFor = stickFor
  }

  /** A function for one call's messages, in their order; `canTake` tells which partitions have a leader. */
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

  /** The next one that has a leader; simply the next one when none has. */
  #pick(partitionCount: number, canTake: (partition: number) => boolean): number {
    for (let tried = 0; tried < partitionCount; tried++) {
      const candidate = this.#next++ % partitionCount
      if (canTake(candidate)) return candidate
    }
    return this.#next++ % partitionCount
  }
}
