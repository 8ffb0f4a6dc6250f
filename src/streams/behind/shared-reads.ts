import type { Permits } from '../../async/permits.ts'
import { SingleFlight } from '../../async/single-flight.ts'
import type { IsolationLevel } from '../../kafka/message.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { LogReadRequest, LogSlice, LogSource } from '../../kafka/ports/log-source.ts'

export interface SharedReadsOptions {
  readonly source: LogSource
  readonly permits: Permits
  /** Bytes of slices kept for feeds that reach them a little later, in the whole process. */
  readonly keptBytes: number
  /** After this many ms without data, the read of a partition is given up; longer where answers take longer. */
  readonly readTimeoutMs: number
}

/** Reads a topic's logs for one subscriber behind the ring. Disposed when it is no longer behind. */
export interface TopicReads extends Disposable {
  /** True while other feeds are behind on the same topic. */
  readonly isShared: boolean
  /** A recent slice that another feed read there. */
  known(partition: number, offset: Offset): LogSlice | null
  /** Reads once for all feeds that want the same slice now. @throws as LogSource.read; ReadTimeout. */
  read(request: LogReadRequest, signal: AbortSignal): Promise<LogSlice>
}

/** A partition did not answer in time. */
export class ReadTimeout extends Error {
  override readonly name = 'ReadTimeout'
}

interface TopicShare {
  readers: number
  readonly flights: SingleFlight<string, LogSlice>
  /** Recently read slices, oldest first. */
  readonly kept: Kept[]
}

interface Kept {
  readonly slice: LogSlice
  readonly readAt: number
}

/** The log may have been truncated since a read, so slices older than this, ms, are read again. */
const FRESH_MS = 1000

/**
 * A read may take this many times the last one's duration, up to this many read timeouts. Beyond that the leader may be
 * dead.
 */
const [TIMES_THE_LAST, MOST_TIMEOUTS] = [2, 3]

const covers = ({ slice, readAt }: Kept, partition: number, offset: Offset, now: number): boolean =>
  slice.partition === partition && slice.from <= offset && offset < slice.next && now - readAt < FRESH_MS

/**
 * Reads shared by feeds that fell out of the ring together. They have the same positions, so each slice is fetched and
 * decoded once and its batches are made once. A feed in the middle of a slice joins the others at the slice's end.
 */
export class SharedReads {
  readonly #options: SharedReadsOptions
  readonly #shares = new Map<string, TopicShare>()
  readonly #kept: TopicShare[] = []
  #keptBytes = 0
  /** How long the next read may receive nothing, ms. A distant broker is slow, not dead. */
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
    // Data that is arriving must not be given up: asking again would not bring it sooner.
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

  /** Keep nothing for a lone replay: the garbage collector would only have to copy it. */
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
