import { LRUCache } from 'lru-cache'
import type { EpochAt } from '../../kafka/cursor/cursor-codec.ts'
import type { Positions } from '../../kafka/cursor/positions.ts'
import { type Offset, plus } from '../../kafka/offset.ts'
import type { LogSlice } from '../../kafka/ports/log-source.ts'

/** Offsets of one partition that were written under one leader epoch, as far as read. */
interface EpochRange {
  readonly epoch: number
  from: Offset
  /** Exclusive. */
  to: Offset
}

/** A partition's log as read before a truncation. */
interface FormerLog {
  readonly partition: number
  readonly ranges: readonly EpochRange[]
  /** The number of this truncation within the topic, from 1. */
  readonly truncation: number
}

/** Elections are rare, so the newest epochs of a partition suffice. */
const KEPT_EPOCHS = 16
/** Truncations are rarer still. */
const KEPT_LOGS = 64

const epochIn = (ranges: readonly EpochRange[] | undefined, position: Offset): number =>
  ranges?.find(({ from, to }) => from < position && position <= to)?.epoch ?? -1

/**
 * The leader epochs of one topic's logs, as read by this server. A cursor carries them, because an offset alone cannot
 * show that the log was truncated below it and has grown past it again.
 */
export class EpochLedger {
  /** By partition, the newest epoch first. */
  readonly #ranges = new Map<number, EpochRange[]>()
  readonly #former: FormerLog[] = []
  #truncations = 0

  /** Epoch of the message before `position`, -1 when it was not seen. */
  readonly at: EpochAt = (partition, position) => epochIn(this.#ranges.get(partition), position)

  /** The number of truncations reported so far. */
  get truncations(): number {
    return this.#truncations
  }

  /**
   * For partitions truncated after the first `known` truncations: the epochs of the messages before `positions` in the
   * old logs, -1 when unknown. Only with these epochs can the broker decide whether such a position still exists.
   */
  inFormerLogs(known: number, positions: Positions): ReadonlyMap<number, number> {
    const epochs = new Map<number, number>()
    for (const { partition, ranges, truncation } of this.#former) {
      const position = positions[partition]
      if (position === undefined || truncation <= known || epochs.has(partition)) continue
      epochs.set(partition, epochIn(ranges, position))
    }
    return epochs
  }

  /** Records the epochs of a slice. */
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

  /**
   * `[from, to)` was written under `epoch`. Epochs only grow along a log, so everything between two offsets of the same
   * epoch has that epoch too.
   */
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

  /** The log was truncated: entries of this partition may no longer exist. */
  forget(partition: number): void {
    this.#truncations += 1
    this.#former.push({ partition, ranges: this.#ranges.get(partition) ?? [], truncation: this.#truncations })
    if (this.#former.length > KEPT_LOGS) this.#former.shift()
    this.#ranges.delete(partition)
  }
}

/** Topics whose epochs are kept. The least recently read topic is evicted first. */
const KEPT_TOPICS = 256

/** The ledgers of a server, by topic id. */
export class EpochLedgers {
  readonly #ledgers = new LRUCache<string, EpochLedger>({ max: KEPT_TOPICS })

  of(topicId: string): EpochLedger {
    const known = this.#ledgers.get(topicId)
    if (known !== undefined) return known
    const ledger = new EpochLedger()
    this.#ledgers.set(topicId, ledger)
    return ledger
  }
}
