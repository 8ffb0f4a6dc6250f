import type { Wakeable } from '../../async/pulled-iterator.ts'
import { isFailure } from '../../kafka/errors/kafka-error.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { Catalog } from '../../kafka/ports/catalog.ts'
import type { LogFault } from '../../kafka/ports/log-source.ts'
import type { TopicName } from '../../kafka/topic-name.ts'

/** A broker that has just started may not know a topic yet or still know its predecessor, so one answer is no proof. */
const MISSES_THAT_PROVE = 2

/** What a topic watch checks, and how often. */
export interface TopicWatchOptions {
  readonly call: Call
  readonly catalog: Catalog
  readonly topic: TopicName
  readonly topicId: string
  readonly partitionCount: number
  readonly describeMs: number
  /** Called when the last listener has left. */
  readonly onIdle: () => void
}

/**
 * Checks a topic every few seconds while it has listeners: new partitions, deletion, another topic of the same name.
 */
export class TopicWatch implements Disposable {
  readonly #options: TopicWatchOptions
  readonly #listeners = new Set<Wakeable>()
  readonly #stop = new AbortController()
  #timer: NodeJS.Timeout | null = null
  #partitionCount: number
  #fault: LogFault | null = null
  #misses = 0

  constructor(options: TopicWatchOptions) {
    this.#options = options
    this.#partitionCount = options.partitionCount
    this.#plan()
  }

  get partitionCount(): number {
    return this.#partitionCount
  }

  /** `deleted` or `recreated` once the topic no longer exists. */
  get fault(): LogFault | null {
    return this.#fault
  }

  /** Wakes `listener` when partitions were added or the topic ended. */
  listen(listener: Wakeable): void {
    this.#listeners.add(listener)
  }

  /** Removes `listener`. The last one ends the watch. */
  leave(listener: Wakeable): void {
    if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return
    this[Symbol.dispose]()
    this.#options.onIdle()
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #plan(): void {
    if (this.#stop.signal.aborted || this.#fault !== null) return
    this.#timer = setTimeout(() => void this.#look(), this.#options.describeMs)
  }

  async #look(): Promise<void> {
    const { call, catalog, topic } = this.#options
    try {
      const [found] = await catalog.describeTopics({ ...call, signal: this.#stop.signal }, [topic])
      if (this.#stop.signal.aborted || found === undefined) return
      if (!isFailure(found)) this.#seen(found.topicId, found.partitions.length)
      else if (found.code === 'UNKNOWN_TOPIC_OR_PARTITION') this.#missed({ kind: 'deleted' })
    } catch {
      // Kafka does not answer: streams wait, and the next check follows.
    } finally {
      this.#plan()
    }
  }

  #missed(fault: LogFault): void {
    this.#misses += 1
    if (this.#misses >= MISSES_THAT_PROVE) this.#end(fault)
  }

  #seen(topicId: string, partitionCount: number): void {
    if (topicId !== this.#options.topicId) {
      this.#missed({ kind: 'recreated', topicId })
      return
    }
    this.#misses = 0
    if (partitionCount <= this.#partitionCount) return
    this.#partitionCount = partitionCount
    this.#tell()
  }

  #end(fault: LogFault): void {
    this.#fault = fault
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener.wake()
  }
}
