import type { Wakeable } from '../../async/pulled-iterator.ts'
import { haveReached } from '../../kafka/cursor/positions.ts'
import type { IsolationLevel } from '../../kafka/message.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { Catalog } from '../../kafka/ports/catalog.ts'
import type { LogSource } from '../../kafka/ports/log-source.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { logOffsets } from '../start/log-offsets.ts'
import type { EpochLedger } from './epoch-ledger.ts'
import type { StreamLimits } from './stream-limits.ts'
import { type Seat, type SeatRequest, TopicTail } from './topic-tail.ts'

/** What tails are built from. */
export interface TailShelfOptions {
  /** The engine's own call: tails and catch-up reads serve many subscribers. */
  readonly call: Call
  readonly catalog: Catalog
  readonly source: LogSource
  readonly limits: StreamLimits
}

/** The log that a tail follows: a topic at one isolation level. */
export interface TailKey {
  readonly topic: TopicName
  readonly topicId: string
  readonly isolationLevel: IsolationLevel
  readonly epochs: EpochLedger
}

/** A topic's tail, as feeds get it from the shelf. */
export interface FeedTails {
  /** The running tail; null while no feed is live. */
  current(): TopicTail | null
  /** Takes a seat in the tail and starts the tail if needed. Null when the positions are behind the ring. */
  sit(request: SeatRequest, feed: Wakeable): { readonly tail: TopicTail; readonly seat: Seat } | null
}

/** The running tails: one for each topic and isolation level with live feeds. */
export class TailShelf implements Disposable {
  readonly #options: TailShelfOptions
  readonly #tails = new Map<string, TopicTail>()

  constructor(options: TailShelfOptions) {
    this.#options = options
  }

  get tails(): readonly TopicTail[] {
    return [...this.#tails.values()]
  }

  /** The tail of `key` for its feeds. */
  tailsOf(key: TailKey): FeedTails {
    const name = `${key.topicId} ${key.isolationLevel} ${key.topic}`
    return {
      current: () => this.#tails.get(name) ?? null,
      sit: (request, feed) => {
        const running = this.#tails.get(name)
        // Start a tail only for a feed that is at the end of the log: every feed asks at each step.
        if (running === undefined && !haveReached(request.positions, request.ends)) return null
        const tail = running ?? this.#make(key, name)
        const seat = tail.sit(request, feed)
        if (seat === null) return null
        this.#tails.set(name, tail)
        return { tail, seat }
      },
    }
  }

  [Symbol.dispose](): void {
    for (const tail of this.#tails.values()) tail[Symbol.dispose]()
    this.#tails.clear()
  }

  #make({ topic, topicId, isolationLevel, epochs }: TailKey, name: string): TopicTail {
    const { call, catalog, source, limits } = this.#options
    const tail: TopicTail = new TopicTail({
      source,
      offsets: logOffsets(call, catalog, topic, isolationLevel),
      topic,
      topicId,
      isolationLevel,
      epochs,
      limits,
      share: () => limits.ringBytesTotal / Math.max(1, this.#tails.size),
      onIdle: () => {
        if (this.#tails.get(name) === tail) this.#tails.delete(name)
      },
    })
    return tail
  }
}
