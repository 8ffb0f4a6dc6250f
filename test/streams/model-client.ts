import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import type { StoredMessage } from '../../src/kafka/message.ts'
import type { GapEvent, MessageStream, StreamEvent, StreamRequest } from '../../src/kafka/ports/message-streams.ts'
import type { MessageStreamEngine } from '../../src/streams/stream-engine.ts'
import { testCall } from '../support/call.ts'
import type { Truth } from './model-truth.ts'
import { at, REQUEST } from './stream-fixture.ts'

type Positions = ReadonlyMap<number, number>
type Settled = { readonly event: StreamEvent | null } | { readonly error: unknown }

interface Checkpoint {
  readonly cursor: string
  readonly positions: Positions
  readonly truth: Truth
}

const turn = () => new Promise(resolve => setImmediate(resolve))

/** A subscriber that checks each event against the truth. */
export class ModelClient {
  readonly #request: StreamRequest
  readonly #currentTruth: () => Truth
  #truth: Truth
  #positions: Map<number, number>
  #stream: MessageStream | null = null
  #settled: Settled | null = null
  #isWaiting = false
  #checkpoint: Checkpoint | null = null
  #caughtUps = 0
  #batches = 0

  constructor(request: Partial<StreamRequest>, currentTruth: () => Truth) {
    this.#request = { ...REQUEST, ...request }
    this.#currentTruth = currentTruth
    this.#truth = currentTruth()
    this.#positions = this.#begin()
  }

  /**
   * Opens the stream, if Kafka answers, at the last checkpoint if there is one. A topic recreated meanwhile is read
   * from its start.
   */
  async connect(engine: MessageStreamEngine): Promise<void> {
    this.#stream = null
    for (;;) {
      try {
        this.#stream = await engine.open(testCall, { ...this.#request, after: this.#checkpoint?.cursor ?? null })
        this.#caughtUps = 0
        return
      } catch (thrown) {
        if (thrown instanceof KafkaError && thrown.code === 'KAFKA_UNAVAILABLE') return
        this.#recover(thrown)
      }
    }
  }

  /** Takes up to `count` events. Waits for a few turns of the event loop for each. */
  async pull(engine: MessageStreamEngine, count: number): Promise<void> {
    if (this.#stream === null) await this.connect(engine)
    for (let taken = 0; taken < count; taken++) {
      this.#ask()
      for (let waited = 0; this.#settled === null && waited < 12; waited++) await turn()
      const settled = this.#settled
      if (settled === null) return
      this.#settled = null
      this.#isWaiting = false
      if ('error' in settled) {
        this.#recover(settled.error)
        await this.connect(engine)
      } else if (settled.event === null) throw new Error('the stream ended without a cause')
      else this.#take(settled.event)
    }
  }

  /** Disconnects, and resumes at the last cursor it kept. */
  async kill(engine: MessageStreamEngine): Promise<void> {
    await this.close()
    this.#truth = this.#checkpoint?.truth ?? this.#currentTruth()
    this.#positions = this.#checkpoint === null ? this.#begin() : new Map(this.#checkpoint.positions)
    await this.connect(engine)
  }

  async close(): Promise<void> {
    const wasWaiting = this.#isWaiting && this.#settled === null
    await this.#stream?.return()
    await turn()
    if (wasWaiting && this.#settled === null) throw new Error('return() left next() waiting')
    this.#settled = null
    this.#isWaiting = false
  }

  /** Written messages that are neither delivered nor explained, as text; null when there are none. */
  missing(): string | null {
    if (this.#truth !== this.#currentTruth()) return 'the topic was recreated without a report'
    for (const partition of this.#truth.partitions.keys()) {
      if (this.#request.partitions?.includes(partition) === false) continue
      const position = this.#positions.get(partition) ?? 0
      const offset = this.#truth.deliverableFrom(partition, position, this.#request.isolationLevel)
      if (offset !== null) return `${partition}:${offset}, at ${position}`
    }
    return null
  }

  #begin(): Map<number, number> {
    const isLatest = this.#request.from.kind === 'latest'
    return new Map(
      this.#truth.partitions.map(({ log, start }, partition) => [partition, isLatest ? log.length : start]),
    )
  }

  #ask(): void {
    if (this.#isWaiting || this.#stream === null) return
    this.#isWaiting = true
    this.#stream.next().then(
      ({ done, value }) => {
        this.#settled = { event: done === true ? null : value }
      },
      error => {
        this.#settled = { error }
      },
    )
  }

  #take(event: StreamEvent): void {
    if (event.kind === 'caughtUp') this.#caughtUps += 1
    if (this.#caughtUps > 1) throw new Error('caught up twice')
    if (event.kind === 'gap') this.#gap(event)
    if (event.kind !== 'batch') {
      if (event.kind !== 'gap' || event.reason !== 'TOPIC_RECREATED') this.#mark(event.cursor)
      return
    }
    // A client may crash in the middle of a batch, so the cursor of each message counts.
    this.#batches += 1
    const chosen = (this.#batches * 31) % event.messages.length
    for (const [index, message] of event.messages.entries()) {
      this.#deliver(message)
      if (index === chosen) this.#mark(event.cursorAt(index))
    }
  }

  #mark(cursor: string): void {
    this.#checkpoint = { cursor, positions: new Map(this.#positions), truth: this.#truth }
  }

  #deliver({ partition, offset, value }: StoredMessage): void {
    const position = this.#positions.get(partition) ?? 0
    const place = Number(offset)
    if (place < position)
      throw new Error(`${partition}:${place} was delivered twice or out of order, after ${position}`)
    for (let skipped = position; skipped < place; skipped++)
      if (!this.#truth.isSilent(partition, skipped, this.#request.isolationLevel))
        throw new Error(`${partition}:${skipped} was passed without a reason`)
    const written = this.#truth.of(partition).log[place]
    if (written?.value !== value?.toString())
      throw new Error(`${partition}:${place} is ${value}, not ${written?.value}`)
    if (this.#truth.isSilent(partition, place, this.#request.isolationLevel) && written?.fate !== 'compacted')
      throw new Error(`${partition}:${place} must be hidden`)
    this.#positions.set(partition, place + 1)
  }

  #gap({
    partition,
    fromOffset,
    toOffset,
    reason,
  }: Pick<GapEvent, 'partition' | 'fromOffset' | 'toOffset' | 'reason'>) {
    if (reason === 'TOPIC_RECREATED') return
    const [from, to] = [Number(fromOffset), Number(toOffset)]
    const position = this.#positions.get(partition) ?? 0
    if (from < position || to <= from) throw new Error(`a gap ${from} to ${to} at ${position}`)
    for (let skipped = position; skipped < from; skipped++)
      if (!this.#truth.isSilent(partition, skipped, this.#request.isolationLevel))
        throw new Error(`${partition}:${skipped} was passed before a gap`)
    const { start, log } = this.#truth.of(partition)
    for (let lost = from; lost < to; lost++)
      if (lost >= start && log[lost]?.fate !== 'poisoned') throw new Error(`${partition}:${lost} is not a gap`)
    this.#positions.set(partition, to)
  }

  #recover(thrown: unknown): void {
    if (!(thrown instanceof KafkaError)) throw thrown
    const { cursor, partition, fromOffset, toOffset, earliestOffset } = thrown.details
    if (thrown.code === 'TOPIC_RECREATED' && typeof cursor === 'string') {
      this.#truth = this.#currentTruth()
      this.#positions = new Map()
      this.#mark(cursor)
      return
    }
    if (typeof cursor !== 'string') throw thrown
    if (partition !== undefined)
      this.#failedGap(Number(partition), Number(fromOffset), Number(toOffset ?? earliestOffset))
    this.#mark(cursor)
  }

  #failedGap(partition: number, fromOffset: number, toOffset: number): void {
    this.#gap({ partition, fromOffset: at(fromOffset), toOffset: at(toOffset), reason: 'RETENTION' })
  }
}
