import type { Positions } from '../../kafka/cursor/positions.ts'
import type { StoredMessage } from '../../kafka/message.ts'
import { earlier, later, type Offset, plus } from '../../kafka/offset.ts'
import type { LogSlice } from '../../kafka/ports/log-source.ts'
import type { Ring } from '../ring/ring.ts'
import { type ChunkLimits, chunkEnd, sizeOf } from './chunk.ts'
import { lowerBound } from './lower-bound.ts'

/** Messages taken from the ring, and the positions after them. */
export interface Taken {
  readonly messages: readonly StoredMessage[]
  readonly seq: number
  readonly positions: Positions
  readonly isFull: boolean
}

/** The part of a slice between a position and an end. */
interface Rest {
  readonly slice: LogSlice
  readonly from: number
  readonly to: number
  readonly next: Offset
}

const restOf = (slice: LogSlice, position: Offset, end: Offset | undefined): Rest => {
  const { messages, from, next } = slice
  return {
    slice,
    from: position <= from ? 0 : lowerBound(messages, position),
    to: end === undefined || next <= end ? messages.length : lowerBound(messages, end),
    next: end === undefined ? next : later(position, earlier(next, end)),
  }
}

/** Collects rests of consecutive slices up to the limits. */
class Taking {
  readonly #limits: ChunkLimits
  #messages: readonly StoredMessage[] = []
  #merged: StoredMessage[] | null = null
  #bytes = 0

  constructor(limits: ChunkLimits) {
    this.#limits = limits
  }

  get messages(): readonly StoredMessage[] {
    return this.#messages
  }

  /** True when `rest` fitted completely. */
  add({ slice, from, to }: Rest): boolean {
    const count = this.#messages.length + to - from
    const bytes = this.#bytes + sizeOf(slice.messages, from, to)
    if (to > from && (count > this.#limits.maxMessages || bytes > this.#limits.maxBytes)) return false
    this.#append(slice.messages, from, to)
    this.#bytes = bytes
    return true
  }

  /** Takes the first chunk of a rest that is too large. Returns the index after it. */
  addChunk({ slice, from, to }: Rest): number {
    const end = Math.min(to, chunkEnd(slice.messages, from, this.#limits))
    this.#append(slice.messages, from, end)
    return end
  }

  #append(messages: readonly StoredMessage[], from: number, to: number): void {
    if (to <= from) return
    // Almost always this is one whole slice, which is passed on without a copy.
    if (this.#messages.length === 0) {
      this.#messages = from === 0 && to === messages.length ? messages : messages.slice(from, to)
      return
    }
    this.#merged ??= this.#messages.slice()
    for (let index = from; index < to; index++) {
      const message = messages[index]
      if (message !== undefined) this.#merged.push(message)
    }
    this.#messages = this.#merged
  }
}

/**
 * Takes messages from `seq` on, at or after `positions` and before `to`: whole slices while they fit the limits, or one
 * chunk of a slice that is too large alone. Stops before a gap or an end that affects `positions`. Removes from `ahead`
 * the partitions whose position the ring has reached.
 */
export const takeFromRing = (
  ring: Ring,
  start: number,
  positions: Positions,
  limits: ChunkLimits,
  to: Positions | null,
  ahead: Set<number>,
): Taken => {
  const after = positions.slice()
  const taking = new Taking(limits)
  const taken = (seq: number, isFull: boolean): Taken => ({ messages: taking.messages, seq, positions: after, isFull })
  for (let seq = start; seq < ring.nextSeq; seq++) {
    const entry = ring.at(seq)
    const position = entry && after[entry.partition]
    if (entry === undefined || position === undefined) continue
    if (entry.kind !== 'slice') return taken(seq, true)
    if (entry.slice.next >= position) ahead.delete(entry.partition)
    if (entry.slice.next <= position) continue
    const rest = restOf(entry.slice, position, to?.[entry.partition])
    if (taking.add(rest)) {
      after[entry.partition] = rest.next
      continue
    }
    if (taking.messages.length > 0) return taken(seq, true)
    const index = taking.addChunk(rest)
    const last = entry.slice.messages[index - 1]
    const isWhole = index === entry.slice.messages.length || last === undefined
    after[entry.partition] = isWhole ? rest.next : plus(last.offset, 1)
    return taken(isWhole ? seq + 1 : seq, true)
  }
  return taken(ring.nextSeq, false)
}
