import { asKafkaError, KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { isPermanent } from '../../../kafka/errors/permanent-error.ts'
import type { Logger } from '../../../kafka/logger.ts'
import type { Offset } from '../../../kafka/offset.ts'
import { type LogFault, LogFaultError, type LogReadRequest, type LogSlice } from '../../../kafka/ports/log-source.ts'
import type { DecodeLimits } from '../../records/decode/decode-records.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { Leader } from '../../transport/leader-table.ts'
import type { Link } from '../../transport/link.ts'
import { backoffMs, orAborted, pause } from '../../transport/wait.ts'
import { fetchOnce } from './fetch-once.ts'
import { LogPosition } from './log-position.ts'
import { classifyOutOfRange, type ListOffsets } from './out-of-range.ts'
import { type FetchResult, readAnswer } from './read-answer.ts'
import { topicFate } from './topic-fate.ts'
import { classifyUnreadable } from './unreadable-range.ts'

/** Dependencies of a read. */
export interface ReadOptions {
  readonly cluster: ClusterMap
  readonly listOffsets: ListOffsets
  readonly logger: Logger
  readonly decodeLimits: DecodeLimits
}

/** How often to check whether a response is arriving, in ms. */
const LOOK_MS = 250

/** One read of one partition's log, retried through broker faults until it succeeds or is aborted. */
class LogRead {
  readonly #request: LogReadRequest
  readonly #options: ReadOptions
  readonly #signal: AbortSignal
  readonly #position: LogPosition
  #slice: LogSlice | null = null
  #fault: LogFault | null = null

  constructor(request: LogReadRequest, options: ReadOptions, signal: AbortSignal) {
    this.#request = request
    this.#options = options
    this.#signal = signal
    this.#position = new LogPosition(request.log, request.isolationLevel, request.offset, {
      onSlice: slice => {
        this.#slice = slice
      },
      onFault: fault => {
        this.#fault = fault
      },
    })
    this.#position.lastFetchedEpoch = request.lastEpoch ?? -1
  }

  async run(): Promise<LogSlice> {
    for (let failures = 0; ; failures++) {
      this.#signal.throwIfAborted()
      if (failures > 0) await pause(backoffMs(failures), this.#signal)
      this.#signal.throwIfAborted()
      await this.#attempt(failures > 0)
      // Messages read before a fault are delivered first. The next read meets the fault at once.
      if (this.#slice !== null && (this.#fault === null || this.#slice.next > this.#slice.from)) return this.#slice
      const fault = this.#fault ?? topicFate(this.#options.cluster.leaders, this.#position)
      if (fault !== null) throw new LogFaultError(fault)
    }
  }

  async #attempt(isRepeated: boolean): Promise<void> {
    const { cluster, logger } = this.#options
    const { topic } = this.#request.log
    try {
      if (isRepeated || this.#leader() === undefined) await orAborted(cluster.refresh([topic]), this.#signal)
      const leader = this.#leader()
      if (leader === undefined || leader.nodeId === null) return
      await this.#apply(await this.#fetch(leader, leader.nodeId))
    } catch (thrown) {
      this.#signal.throwIfAborted()
      const error = asKafkaError(thrown)
      if (isPermanent(error)) this.#fault = { kind: 'refused', error }
      else logger.debug({ topic, error: error.message }, 'a read failed and will be retried')
    }
  }

  #leader(): Leader | undefined {
    const { topic, partition } = this.#request.log
    return this.#options.cluster.leaders.leaderOf(topic, partition)
  }

  async #fetch(leader: Leader, nodeId: number): Promise<FetchResult> {
    const { cluster, decodeLimits } = this.#options
    const { maxBytes, maxWaitMs, isolationLevel, offset } = this.#request
    const address = cluster.addressOf(nodeId)
    if (address === undefined) throw new KafkaError('BROKER_NOT_AVAILABLE')
    const link = await orAborted(cluster.links.get(address, 'catch-up'), this.#signal)
    const bounds = { maxWaitMs, maxBytes, maxBytesPerPartition: maxBytes }
    const fetching = fetchOnce(link, [{ position: this.#position, leader }], bounds, cluster.links.timeouts.idleMs)
    using _ = this.#watchBytes(link)
    const [fetched] = await orAborted(fetching, this.#signal)
    if (fetched === undefined)
      throw new KafkaError('UNKNOWN_SERVER_ERROR', 'the response of the broker does not contain the partition')
    return readAnswer(fetched.answer, offset, isolationLevel, decodeLimits)
  }

  #watchBytes(link: Link): Disposable {
    let before = link.bytesRead
    const look = () => {
      if (link.bytesRead !== before) this.#request.onProgress?.()
      before = link.bytesRead
    }
    const timer = setInterval(look, LOOK_MS)
    return { [Symbol.dispose]: () => clearInterval(timer) }
  }

  async #apply(result: FetchResult): Promise<void> {
    switch (result.kind) {
      case 'empty':
        this.#slice = this.#emptySlice(result.logStartOffset, result.endOffset)
        return
      case 'slice':
        if (result.fault !== null && this.#position.isFirstDamageAt(result.slice.next)) {
          if (result.slice.next === result.slice.from) return
        }
        this.#position.advance(result.slice, result.leaderEpoch)
        this.#fault = result.fault
        return
      case 'fault':
        this.#fault = result.fault
        return
      case 'outOfRange':
        this.#fault = await classifyOutOfRange(this.#position, this.#options.listOffsets, this.#signal)
        // A broker that does not know the epoch reports every position as out of range.
        this.#position.lastFetchedEpoch = -1
        if (this.#position.beyondSince !== null) this.#request.onProgress?.()
        return
      case 'unreadable':
        this.#fault = await classifyUnreadable(this.#position, this.#options, this.#signal)
        return
      case 'unknownTopic':
      case 'retry':
        return
    }
  }

  #emptySlice(logStartOffset: Offset, endOffset: Offset): LogSlice {
    const { log, offset } = this.#request
    const nothing = { messages: [], leaderEpoch: -1, bytes: 0 }
    return { partition: log.partition, from: offset, next: offset, logStartOffset, endOffset, ...nothing }
  }
}

/** Reads one partition's log once. @throws LogFaultError; the signal's reason if aborted. */
export const readLog = (request: LogReadRequest, options: ReadOptions, signal: AbortSignal): Promise<LogSlice> =>
  new LogRead(request, options, signal).run()
