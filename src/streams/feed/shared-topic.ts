import type { TopicDescription } from '../../kafka/cluster.ts'
import type { CursorCodec, CursorCoverage } from '../../kafka/cursor/cursor-codec.ts'
import type { IsolationLevel } from '../../kafka/message.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { Catalog } from '../../kafka/ports/catalog.ts'
import type { CatchUpOptions } from '../behind/catch-up.ts'
import type { HeldBytes } from '../behind/held-bytes.ts'
import type { SharedReads } from '../behind/shared-reads.ts'
import type { EpochLedger } from '../ring/epoch-ledger.ts'
import type { StreamLimits } from '../ring/stream-limits.ts'
import type { FeedTails, TailShelf } from '../ring/tail-shelf.ts'
import { logOffsets } from '../start/log-offsets.ts'
import type { Feed } from './feed.ts'
import { ProgressEvents } from './progress-events.ts'
import type { StreamIdentity } from './stream-identity.ts'
import { TopicWatch } from './topic-watch.ts'

/** What all shared topics depend on. */
export interface SharedTopicParts {
  readonly call: Call
  readonly catalog: Catalog
  readonly limits: StreamLimits
  readonly codec: CursorCodec
  readonly shelf: TailShelf
  readonly reads: SharedReads
  readonly held: HeldBytes
}

/** The topic and the isolation level of a shared topic. */
export interface SharedTopicKey {
  readonly topic: TopicDescription
  readonly isolationLevel: IsolationLevel
  readonly epochs: EpochLedger
}

/** Callbacks of a shared topic. */
export interface SharedTopicCallbacks {
  readonly onReleased: (feed: Feed) => void
  /** Called when the last feed has left. */
  readonly onIdle: () => void
}

/** Everything that the feeds of one topic share at one isolation level. Lives as long as it has a feed. */
export class SharedTopic implements Disposable {
  readonly tails: FeedTails
  readonly watch: TopicWatch
  readonly limits: StreamLimits
  readonly progressEvents = new ProgressEvents()
  readonly #parts: SharedTopicParts
  readonly #key: SharedTopicKey
  readonly #onReleased: (feed: Feed) => void
  readonly #identities = new Map<CursorCoverage, StreamIdentity>()

  constructor(parts: SharedTopicParts, key: SharedTopicKey, { onReleased, onIdle }: SharedTopicCallbacks) {
    const { call, catalog, limits, shelf } = parts
    const { topic, isolationLevel, epochs } = key
    const { name, topicId, partitions } = topic
    this.#parts = parts
    this.#key = key
    this.#onReleased = onReleased
    this.limits = limits
    this.tails = shelf.tailsOf({ topic: name, topicId, isolationLevel, epochs })
    this.watch = new TopicWatch({
      call,
      catalog,
      topic: name,
      topicId,
      partitionCount: partitions.length,
      describeMs: limits.describeMs,
      onIdle,
    })
  }

  /** The part that all cursors of these feeds have in common. */
  identity(coverage: CursorCoverage): StreamIdentity {
    const known = this.#identities.get(coverage)
    if (known !== undefined) return known
    const { topic, epochs } = this.#key
    const identity = { topic: topic.name, topicId: topic.topicId, coverage, codec: this.#parts.codec, epochs }
    this.#identities.set(coverage, identity)
    return identity
  }

  /** The read options of a feed that has fallen behind. `wake` is called when a read has finished. */
  catchUp(wake: () => void): CatchUpOptions {
    const { call, catalog, limits, reads, held } = this.#parts
    const { topic, isolationLevel } = this.#key
    const { name, topicId } = topic
    return {
      offsets: logOffsets(call, catalog, name, isolationLevel),
      reads: reads.join(topicId, name, isolationLevel),
      held,
      topic: name,
      topicId,
      isolationLevel,
      // One slice is delivered while the next is read.
      readBytes: Math.max(1, Math.floor(limits.catchUpBytes / 2)),
      sparingReadBytes: Math.max(1, Math.floor(limits.catchUpBytes / 16)),
      wake,
    }
  }

  /** A feed has released everything. */
  released(feed: Feed): void {
    this.watch.leave(feed)
    this.#onReleased(feed)
  }

  [Symbol.dispose](): void {
    this.watch[Symbol.dispose]()
  }
}
