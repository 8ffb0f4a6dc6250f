import { Pacer } from '../async/pacer.ts'
import { Permits } from '../async/permits.ts'
import { PulledIterator } from '../async/pulled-iterator.ts'
import { SingleFlight } from '../async/single-flight.ts'
import type { TopicDescription } from '../kafka/cluster.ts'
import type { Cursor } from '../kafka/cursor/cursor.ts'
import { type CursorCodec, cursorCodec } from '../kafka/cursor/cursor-codec.ts'
import { FIRST_OFFSET, toPositions } from '../kafka/cursor/positions.ts'
import { KafkaError } from '../kafka/errors/kafka-error.ts'
import type { IsolationLevel, ProducedMessage } from '../kafka/message.ts'
import { plus } from '../kafka/offset.ts'
import { type Call, ownCall } from '../kafka/ports/call.ts'
import type { Catalog } from '../kafka/ports/catalog.ts'
import type { LogSource } from '../kafka/ports/log-source.ts'
import type {
  CursorRequest,
  MessageStream,
  MessageStreams,
  PartitionOffset,
  StreamEvent,
  StreamRequest,
} from '../kafka/ports/message-streams.ts'
import { HeldBytes } from './behind/held-bytes.ts'
import { SharedReads } from './behind/shared-reads.ts'
import { Feed } from './feed/feed.ts'
import { FeedState } from './feed/feed-state.ts'
import { SharedTopic, type SharedTopicParts } from './feed/shared-topic.ts'
import { type EpochLedger, EpochLedgers } from './ring/epoch-ledger.ts'
import type { StreamLimits } from './ring/stream-limits.ts'
import { type FeedTails, TailShelf } from './ring/tail-shelf.ts'
import { type StreamStart, startOf } from './start/stream-start.ts'

/** What the stream engine depends on. */
export interface MessageStreamsOptions {
  /** Must not cache: `latest` means the end of the log at this moment. */
  readonly catalog: Catalog
  readonly source: LogSource
  readonly limits: StreamLimits
  /** Authenticates cursors; all instances need the same one. Null: a built-in key, which only detects damage. */
  readonly cursorSecret: string | null
  /** The cluster's name in the calls that the engine makes for all its streams. Default: `default`. */
  readonly clusterName?: string | undefined
  /** Epoch ms; the machine's clock by default. */
  readonly clock?: () => number
}

/** What the engine holds right now. */
interface StreamStats {
  readonly feeds: number
  /** Feeds that read from a ring. All other feeds are behind. */
  readonly liveFeeds: number
  readonly tails: number
  readonly followedPartitions: number
  readonly ringBytes: number
  /** Bytes read for feeds behind the ring and not delivered yet. */
  readonly catchUpBytes: number
}

/** The stream engine. When it is disposed, every stream ends with CLOSED and the cursor that resumes it. */
export interface MessageStreamEngine extends MessageStreams, AsyncDisposable {
  stats(): StreamStats
}

/** A feed as a pulled iterator. */
class FeedStream extends PulledIterator<StreamEvent> implements MessageStream {
  readonly #feed: Feed

  constructor(feed: Feed, pacer: Pacer) {
    super(feed, pacer)
    this.#feed = feed
  }

  get cursor(): Cursor {
    return this.#feed.cursor
  }
}

/** A followed partition needs no check: its next fetch would have reported a truncation and cleared its epochs. */
const stillUnverified = ({ positions, unverified }: StreamStart, epochs: EpochLedger, tails: FeedTails) => {
  if (unverified.size === 0) return unverified
  const ring = tails.current()?.ring
  const isFollowed = (partition: number) => ring?.head(partition) !== undefined
  const isKnown = (partition: number, epoch: number) =>
    epoch >= 0 && isFollowed(partition) && epochs.at(partition, positions[partition] ?? FIRST_OFFSET) === epoch
  return new Map([...unverified].filter(([partition, epoch]) => !isKnown(partition, epoch)))
}

/** Requests with the same key start at the same positions. */
const startKeyOf = ({ limits, ...wanted }: StreamRequest): string =>
  JSON.stringify(wanted, (_, value) => (typeof value === 'bigint' ? String(value) : value))

class StreamEngine implements MessageStreamEngine {
  readonly #options: MessageStreamsOptions
  readonly #own: Call
  readonly #codec: CursorCodec
  readonly #shelf: TailShelf
  readonly #pacer = new Pacer()
  readonly #held: HeldBytes
  readonly #epochs = new EpochLedgers()
  readonly #starts = new SingleFlight<string, StreamStart>()
  readonly #feeds = new Map<Feed, FeedStream>()
  readonly #sharedTopics = new Map<string, SharedTopic>()
  readonly #sharedTopicParts: SharedTopicParts
  #sweep: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(options: MessageStreamsOptions) {
    this.#options = options
    const call = ownCall({ cluster: options.clusterName })
    this.#own = call
    this.#codec = cursorCodec(options.cursorSecret, options.clusterName)
    this.#shelf = new TailShelf({ ...options, call })
    const { catalog, source, limits } = options
    const { catchUpConcurrency, catchUpBytesTotal, sharedReadBytes, readTimeoutMs } = limits
    const permits = new Permits({ most: catchUpConcurrency })
    this.#held = new HeldBytes(catchUpBytesTotal)
    const reads = new SharedReads({ source, permits, readTimeoutMs, keptBytes: sharedReadBytes })
    this.#sharedTopicParts = { call, catalog, limits, codec: this.#codec, shelf: this.#shelf, reads, held: this.#held }
  }

  async open(_call: Call, request: StreamRequest): Promise<MessageStream> {
    this.#assertOpen()
    // No caller's signal: all requests with this key share the start.
    const work = (): Promise<StreamStart> => startOf(this.#own, request, this.#options.catalog, this.#codec)
    const start = await this.#starts.runNext(startKeyOf(request), work)
    this.#assertOpen()
    return this.#feed(request, start)
  }

  async offsetsAfter(call: Call, request: CursorRequest): Promise<readonly PartitionOffset[]> {
    this.#assertOpen()
    const { topic, partitions, cursor } = request
    const asked = {
      topic,
      partitions,
      from: { kind: 'cursor', cursor },
      after: null,
      to: null,
      isolationLevel: 'READ_UNCOMMITTED',
      onGap: 'fail',
    } as const
    const { positions } = await startOf(call, asked, this.#options.catalog, this.#codec)
    return [...positions].flatMap((offset, partition) => (offset === undefined ? [] : [{ partition, offset }]))
  }

  cursorAfter(_call: Call, message: ProducedMessage): Cursor {
    const { topic, topicId, partition, offset, timestamp } = message
    if (offset === null)
      throw new KafkaError('INVALID_REQUEST', 'A message sent with acks NONE has no offset, hence no cursor.')
    const now = (this.#options.clock ?? Date.now)()
    // A producer may set a timestamp in the future. Starting other partitions there would skip their messages until
    // then.
    const othersFrom = timestamp < now ? Number(timestamp) : now
    const positions = toPositions([[partition, plus(offset, 1)]])
    return this.#codec.encode({ topic, topicId, coverage: 'all', positions, othersFrom })
  }

  stats(): StreamStats {
    const { tails } = this.#shelf
    return {
      feeds: this.#feeds.size,
      liveFeeds: [...this.#feeds.keys()].filter(({ isLive }) => isLive).length,
      tails: tails.length,
      followedPartitions: tails.reduce((sum, { followedCount }) => sum + followedCount, 0),
      ringBytes: tails.reduce((sum, { ring }) => sum + ring.bytes, 0),
      catchUpBytes: this.#held.held,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    for (const [feed, iterator] of [...this.#feeds]) iterator.fail(feed.closed())
    this.#shelf[Symbol.dispose]()
    for (const sharedTopic of this.#sharedTopics.values()) sharedTopic[Symbol.dispose]()
    this.#sharedTopics.clear()
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new KafkaError('CLOSED')
  }

  #feed(request: StreamRequest, start: StreamStart): MessageStream {
    const sharedTopic = this.#sharedTopic(start.topic, request.isolationLevel)
    const identity = sharedTopic.identity(start.selection.coverage)
    const feed = new Feed(sharedTopic, {
      state: new FeedState(start, identity, request.onGap),
      batch: request.limits,
      unverified: stillUnverified(start, identity.epochs, sharedTopic.tails),
    })
    const iterator = new FeedStream(feed, this.#pacer)
    feed.isPulledBy(iterator)
    this.#feeds.set(feed, iterator)
    const { letGoMs } = this.#options.limits
    this.#sweep ??= setInterval(() => this.#letGo(performance.now() - letGoMs), letGoMs)
    return iterator
  }

  #released(feed: Feed): void {
    this.#feeds.delete(feed)
    if (this.#feeds.size > 0 || this.#sweep === null) return
    clearInterval(this.#sweep)
    this.#sweep = null
  }

  #letGo(idleSince: number): void {
    // A subscriber that waits for a value is not idle, however long its read takes.
    for (const [feed, { isWaitedFor }] of this.#feeds) if (!isWaitedFor) feed.letGoIfIdleSince(idleSince)
  }

  #sharedTopic(topic: TopicDescription, isolationLevel: IsolationLevel): SharedTopic {
    const key = `${topic.topicId} ${isolationLevel} ${topic.name}`
    const known = this.#sharedTopics.get(key)
    // The catalog has just found the topic with this id. If its watch reported an end, lagging brokers caused that: a
    // new shared topic replaces it.
    if (known !== undefined && known.watch.fault === null) return known
    const epochs = this.#epochs.of(topic.topicId)
    const sharedTopic: SharedTopic = new SharedTopic(
      this.#sharedTopicParts,
      { topic, isolationLevel, epochs },
      {
        onReleased: feed => this.#released(feed),
        onIdle: () => {
          if (this.#sharedTopics.get(key) === sharedTopic) this.#sharedTopics.delete(key)
        },
      },
    )
    this.#sharedTopics.set(key, sharedTopic)
    return sharedTopic
  }
}

/** The stream engine over a catalog and a log source. */
export const createMessageStreams = (options: MessageStreamsOptions): MessageStreamEngine => new StreamEngine(options)
