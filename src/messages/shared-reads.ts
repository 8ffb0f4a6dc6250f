import type { Permits } from '../async/permits.ts'
import { SingleFlight } from '../async/single-flight.ts'
import type { LogReadRequest, LogSlice, LogSource } from '../kafka/log-source.ts'
import type { IsolationLevel } from '../kafka/message.ts'
import type { Offset } from '../kafka/offset.ts'

/** What shared reads work with. */
export interface SharedReadsOptions {
  readonly source: LogSource
  readonly permits: Permits
  /** Bytes of slices kept for those who come to them a little later, in the whole process. */
  readonly keptBytes: number
  /** After how long a partition from which nothing comes is given up, ms; longer where answers need longer. */
  readonly readTimeoutMs: number
}

/** Reads a topic's logs for one subscriber behind the ring; disposed when it is behind no longer. */
export interface TopicReads extends Disposable {
  /** True while others are behind on the same topic. */
  readonly isShared: boolean
  /** What somebody else has read there just now. */
  known(partition: number, offset: Offset): LogSlice | null
  /** Reads once, together with all who want the same now. @throws as LogSource.read; ReadTimeout. */
  read(request: LogReadRequest, signal: AbortSignal): Promise<LogSlice>
}

/** A partition did not answer in time. */
export class ReadTimeout extends Error {
  override readonly name = 'ReadTimeout'
}

interface TopicShare {
  readers: number
  readonly flights: SingleFlight<string, LogSlice>
  /** Read lately, the oldest first. */
  readonly kept: Kept[]
}

interface Kept {
  readonly slice: LogSlice
  readonly readAt: number
}

/** The log under what was read may be truncated: what is older than this, ms, is read again. */
const FRESH_MS = 1000

/** A read waits so many times as long as the last one took, and so many read timeouts at most: its partition's leader may be dead. */
const [TIMES_THE_LAST, MOST_TIMEOUTS] = [2, 3]

const covers = ({ slice, readAt }: Kept, partition: number, offset: Offset, now: number): boolean =>
  slice.partition === partition && slice.from <= offset && offset < slice.next && now - readAt < FRESH_MS

/**
 * Reads for subscribers that fell out of the ring together: they stand at the same places, so each slice is fetched and
 * decoded once, and its batches are made once. One that stands in the middle of a slice joins the others at its end.
 */
export class SharedReads {
  readonly #options: SharedReadsOptions
  readonly #shares = new Map<string, TopicShare>()
  readonly #kept: TopicShare[] = []
  #keptBytes = 0
  /** How long the next read may bring nothing, ms: brokers at the end of a long line are not late. */
  #patienceMs: number

  constructor(options: SharedReadsOptions) {
    this.#options = options
    this.#patienceMs = options.readTimeoutMs
  }

  join(topicId: string, topic: string, isolationLevel: IsolationLevel): TopicReads {
    const key = `${topicId} ${isolationLevel} ${topic}`
    const share = this.#shares.get(key) ?? { readers: 0, flights: new SingleFlight<string, LogSlice>(), kept: [] }
    this.#shares.set(key, share)
    share.readers += 1
    let isIn = true
    return {
      get isShared() {
        return share.readers > 1
      },
      known: (partition, offset) => {
        const now = performance.now()
        return share.kept.find(kept => covers(kept, partition, offset, now))?.slice ?? null
      },
      read: (request, signal) => this.#read(share, request, signal),
      [Symbol.dispose]: () => {
        if (!isIn) return
        isIn = false
        share.readers -= 1
        if (share.readers > 0) return
        this.#shares.delete(key)
        this.#forget(share)
      },
    }
  }

  #read(share: TopicShare, request: LogReadRequest, signal: AbortSignal): Promise<LogSlice> {
    const key = `${request.log.partition} ${request.offset} ${request.lastEpoch}`
    const work = async (stop: AbortController): Promise<LogSlice> => {
      const slice = await this.#fetch(request, stop)
      this.#keep(share, slice)
      return slice
    }
    return share.flights.runWhileWanted(key, work, signal)
  }

  async #fetch(request: LogReadRequest, stop: AbortController): Promise<LogSlice> {
    const { source, permits } = this.#options
    using _permit = await permits.acquire(stop.signal)
    const began = performance.now()
    const giveUp = () => {
      this.#learn(performance.now() - began)
      stop.abort(new ReadTimeout())
    }
    const timer = setTimeout(giveUp, this.#patienceMs)
    // What is given up while it comes in is asked for again, and comes no sooner.
    const onProgress = () => void timer.refresh()
    try {
      const slice = await source.read({ ...request, onProgress }, stop.signal)
      this.#learn(performance.now() - began)
      return slice
    } finally {
      clearTimeout(timer)
    }
  }

  #learn(tookMs: number): void {
    const { readTimeoutMs } = this.#options
    const wanted = Math.max(readTimeoutMs, TIMES_THE_LAST * tookMs)
    this.#patienceMs = Math.min(wanted, MOST_TIMEOUTS * readTimeoutMs)
  }

  /** For nobody else nothing is kept: a lone replay would only make the collector copy it. */
  #keep(share: TopicShare, slice: LogSlice): void {
    if (share.readers < 2 || slice.next === slice.from) return
    share.kept.push({ slice, readAt: performance.now() })
    this.#kept.push(share)
    this.#keptBytes += slice.bytes
    while (this.#keptBytes > this.#options.keptBytes) this.#dropOldest()
  }

  #dropOldest(): void {
    this.#keptBytes -= this.#kept.shift()?.kept.shift()?.slice.bytes ?? 0
  }

  #forget(share: TopicShare): void {
    this.#keptBytes -= share.kept.reduce((sum, { slice }) => sum + slice.bytes, 0)
    share.kept.length = 0
    const others = this.#kept.filter(each => each !== share)
    this.#kept.splice(0, this.#kept.length, ...others)
  }
}
