import type { LogSlice } from '../kafka/log-source.ts'
import { type Offset, plus } from '../kafka/offset.ts'

/** Offsets of one partition that were written under one leader epoch, as far as they were seen. */
interface EpochRange {
  readonly epoch: number
  from: Offset
  /** Not included. */
  to: Offset
}

/** Elections are rare: the newest epochs of a partition are enough. */
const KEPT_EPOCHS = 16

/** Tells under which leader epoch the message before a position was written. */
export type EpochAt = (partition: number, position: Offset) => number

/**
 * The leader epochs of one topic's logs, as read by this gateway. A cursor carries them: an offset alone cannot tell that the
 * log was truncated below it and has grown past it again while nobody looked.
 */
export class EpochLedger {
  /** By partition, the newest epoch first. */
  readonly #ranges = new Map<number, EpochRange[]>()

  /** Epoch of the message before `position`, -1 when it was not seen. */
  readonly at: EpochAt = (partition, position) =>
    this.#ranges.get(partition)?.find(({ from, to }) => from < position && position <= to)?.epoch ?? -1

  /** What was read. */
  sawSlice({ partition, messages, next, from, leaderEpoch }: LogSlice): void {
    if (leaderEpoch < 0 || next === from) return
    const [first] = messages
    if (first?.batch.leaderEpoch === leaderEpoch) {
      this.saw(partition, first.offset, next, leaderEpoch)
      return
    }
    for (const { offset, batch } of messages) this.saw(partition, offset, plus(offset, 1), batch.leaderEpoch)
    this.saw(partition, plus(next, -1), next, leaderEpoch)
  }

  /** `[from, to)` was written under `epoch`. Epochs grow along a log, so what lies between two of its places is of it, too. */
  saw(partition: number, from: Offset, to: Offset, epoch: number): void {
    if (epoch < 0 || from >= to) return
    const ranges = this.#ranges.get(partition) ?? []
    this.#ranges.set(partition, ranges)
    const known = ranges.find(range => range.epoch === epoch)
    if (known !== undefined) {
      if (from < known.from) known.from = from
      if (to > known.to) known.to = to
      return
    }
    ranges.push({ epoch, from, to })
    ranges.sort((a, b) => b.epoch - a.epoch)
    ranges.splice(KEPT_EPOCHS)
  }

  /** The log was truncated: what was seen of it may be gone. */
  forget(partition: number): void {
    this.#ranges.delete(partition)
  }
}

/** Topics whose epochs are remembered; the one that was read longest ago goes first. */
const KEPT_TOPICS = 256

/** The ledgers of a gateway, by topic id. */
export class EpochLedgers {
  readonly #ledgers = new Map<string, EpochLedger>()

  of(topicId: string): EpochLedger {
    const ledger = this.#ledgers.get(topicId) ?? new EpochLedger()
    this.#ledgers.delete(topicId)
    this.#ledgers.set(topicId, ledger)
    for (const oldest of this.#ledgers.keys()) {
      if (this.#ledgers.size <= KEPT_TOPICS) break
      this.#ledgers.delete(oldest)
    }
    return ledger
  }
}
