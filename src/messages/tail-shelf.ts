import type { LogSource } from '../kafka/log-source.ts'
import type { IsolationLevel } from '../kafka/message.ts'
import type { Catalog } from '../kafka/ports.ts'
import type { TopicName } from '../kafka/topic-name.ts'
import type { EpochLedger } from './epoch-ledger.ts'
import type { FeedTails } from './feed.ts'
import { logOffsets } from './log-offsets.ts'
import { haveReached } from './positions.ts'
import type { StreamLimits } from './stream-limits.ts'
import { TopicTail } from './topic-tail.ts'

/** What tails are made of. */
export interface TailShelfOptions {
  readonly catalog: Catalog
  readonly source: LogSource
  readonly limits: StreamLimits
}

/** The log that a tail follows: a topic as one isolation level sees it. */
export interface TailKey {
  readonly topic: TopicName
  readonly topicId: string
  readonly isolationLevel: IsolationLevel
  readonly epochs: EpochLedger
}

/** The running tails: one for each topic and isolation level that somebody reads live. */
export class TailShelf implements Disposable {
  readonly #options: TailShelfOptions
  readonly #tails = new Map<string, TopicTail>()

  constructor(options: TailShelfOptions) {
    this.#options = options
  }

  get tails(): readonly TopicTail[] {
    return [...this.#tails.values()]
  }

  /** The tail of `key` for one feed, which is woken by `wake`. */
  forFeed(key: TailKey, wake: () => void): FeedTails {
    const name = `${key.topicId} ${key.isolationLevel} ${key.topic}`
    return {
      current: () => this.#tails.get(name) ?? null,
      sit: request => {
        const running = this.#tails.get(name)
        // No tail is made for nothing: a feed asks at every step.
        if (running === undefined && !haveReached(request.positions, request.ends)) return null
        const tail = running ?? this.#make(key, name)
        const seat = tail.sit(request, wake)
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
    const { catalog, source, limits } = this.#options
    const tail: TopicTail = new TopicTail({
      source,
      offsets: logOffsets(catalog, topic, isolationLevel),
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
