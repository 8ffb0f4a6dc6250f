import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import type { IsolationLevel } from '../../src/kafka/message.ts'
import type { Offset } from '../../src/kafka/offset.ts'
import {
  type LogFault,
  LogFaultError,
  type LogFollower,
  type LogId,
  type LogReadRequest,
  type LogSlice,
  type LogSource,
} from '../../src/kafka/ports/log-source.ts'
import type { InMemoryCluster } from './in-memory-cluster.ts'

type Looked = { readonly slice: LogSlice } | { readonly fault: LogFault }

const look = (cluster: InMemoryCluster, request: Omit<LogReadRequest, 'maxWaitMs'>): Looked => {
  const { log: id, offset: from, isolationLevel, maxBytes, lastEpoch = -1 } = request
  const topic = cluster.topic(id.topic)
  if (topic === null) return { fault: { kind: 'deleted' } }
  if (topic.topicId !== id.topicId) return { fault: { kind: 'recreated', topicId: topic.topicId } }
  const log = topic.partitions[id.partition]?.log
  if (log === undefined) return { fault: { kind: 'refused', error: new KafkaError('UNKNOWN_TOPIC_OR_PARTITION') } }
  const ends = { logStartOffset: log.start, endOffset: log.endFor(isolationLevel) }
  if (from < log.start) return { fault: { kind: 'below', ...ends } }
  if (from > log.end) return { fault: { kind: 'beyond', ...ends } }
  const diverging = lastEpoch < 0 ? null : log.divergesAt(from, lastEpoch)
  if (diverging !== null) return { fault: { kind: 'beyond', logStartOffset: log.start, endOffset: diverging } }
  const reading = log.read(from, maxBytes, isolationLevel)
  if (reading.kind === 'undecodable')
    return { fault: { kind: 'undecodable', next: reading.next, error: new KafkaError('CORRUPT_MESSAGE') } }
  const { messages, next, leaderEpoch, bytes } = reading
  return { slice: { partition: id.partition, from, next, messages, leaderEpoch, bytes, ...ends } }
}

class Following implements Disposable {
  #next: Offset
  #lastEpoch = -1
  #scheduled = false
  #ended = false
  readonly #stopListening: () => void
  readonly #cluster: InMemoryCluster
  readonly #log: LogId
  readonly #isolationLevel: IsolationLevel
  readonly #follower: LogFollower
  readonly #maxBytes: number

  constructor(
    cluster: InMemoryCluster,
    log: LogId,
    isolationLevel: IsolationLevel,
    from: Offset,
    follower: LogFollower,
    maxBytes: number,
  ) {
    this.#cluster = cluster
    this.#log = log
    this.#isolationLevel = isolationLevel
    this.#next = from
    this.#follower = follower
    this.#maxBytes = maxBytes
    cluster.counts.followsOpened += 1
    cluster.counts.followsOpen += 1
    this.#stopListening = cluster.onChange(() => this.#schedule())
    this.#schedule()
  }

  /**
   * Like over a real socket, nothing arrives in the tick that caused it. Messages that arrive in between are delivered
   * together.
   */
  #schedule(): void {
    if (this.#scheduled || this.#ended) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#deliver()
    })
  }

  #deliver(): void {
    if (this.#ended || !this.#cluster.isUp) return
    const found = look(this.#cluster, {
      log: this.#log,
      offset: this.#next,
      isolationLevel: this.#isolationLevel,
      maxBytes: this.#maxBytes,
      lastEpoch: this.#lastEpoch,
    })
    if ('fault' in found) {
      this[Symbol.dispose]()
      this.#follower.onFault(found.fault)
      return
    }
    if (found.slice.next === this.#next) return
    this.#next = found.slice.next
    this.#lastEpoch = Math.max(this.#lastEpoch, found.slice.leaderEpoch)
    this.#follower.onSlice(found.slice)
    this.#schedule()
  }

  [Symbol.dispose](): void {
    if (this.#ended) return
    this.#ended = true
    this.#stopListening()
    this.#cluster.counts.followsOpen -= 1
  }
}

const untilUp = (cluster: InMemoryCluster, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stopListening = cluster.onChange(() => {
      if (!cluster.isUp) return
      settle()
      resolve()
    })
    const onAbort = () => {
      settle()
      reject(signal.reason)
    }
    const settle = () => {
      stopListening()
      signal.removeEventListener('abort', onAbort)
    }
    signal.addEventListener('abort', onAbort, { once: true })
  })

/** The LogSource port over the fake's logs. `maxSliceBytes` bounds one delivery to a follower. */
export const inMemoryLogSource = (cluster: InMemoryCluster, maxSliceBytes: number): LogSource => ({
  follow(log, isolationLevel, from, follower) {
    return new Following(cluster, log, isolationLevel, from, follower, maxSliceBytes)
  },

  async read(request, signal) {
    cluster.counts.reads += 1
    cluster.counts.readsOpen += 1
    try {
      signal.throwIfAborted()
      await new Promise(resolve => setImmediate(resolve))
      while (!cluster.isUp) await untilUp(cluster, signal)
      signal.throwIfAborted()
      const found = look(cluster, request)
      if ('fault' in found) throw new LogFaultError(found.fault)
      return found.slice
    } finally {
      cluster.counts.readsOpen -= 1
    }
  },
})
