import { setTimeout as sleep } from 'node:timers/promises'
import { asKafkaError, KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { Acks } from '../../../kafka/message.ts'
import { partitionKey } from '../../../kafka/topic-partition.ts'
import {
  type ProduceAnswer,
  type ProducePartition,
  type ProducePartitionAnswer,
  produceRequest,
} from '../../requests/messages/produce.ts'
import { deadlineIn } from '../../transport/deadline.ts'
import type { ProduceCluster, ProduceLink } from './produce-cluster.ts'
import type { RequestBound } from './request-bound.ts'
import type { SinkLimits } from './sink-limits.ts'

/** A batch that is ready to be sent. */
export interface ReadyBatch {
  readonly acks: Acks
  /** Null outside transactions. */
  readonly transactionalId: string | null
  readonly topic: string
  readonly topicId: string
  readonly partition: number
  readonly size: number
  /** Called in the tick of the write. Returns the bytes, or null if the batch must not be written any more. */
  take(): Buffer | null
}

/** The result of sending a batch. */
export type SendResult =
  /** Null with acks NONE: the broker sends no response. */
  | { readonly kind: 'answered'; readonly answer: ProducePartitionAnswer | null }
  /** Nothing was sent. Null if the batch was withdrawn. */
  | { readonly kind: 'unsent'; readonly error: KafkaError | null }
  /** The batch was sent and the response was lost. */
  | { readonly kind: 'lost'; readonly error: KafkaError }

interface Waiting {
  readonly batch: ReadyBatch
  readonly resolve: (result: SendResult) => void
}

interface Taken extends Waiting {
  readonly partition: ProducePartition
}

/** Maximum requests in flight to one broker. It handles them one by one, so more requests would only be smaller. */
const MAX_IN_FLIGHT = 4
/** The rest of `idleMs` that is left for the response after the broker has waited for its replicas. */
const ANSWER_MS = 500

/**
 * Writes batches to one broker. Batches that are ready in the same tick share one request. A broker answers the
 * requests of a connection in order, so separate requests per partition would each wait for the replicas.
 */
export class BrokerSender {
  readonly #cluster: ProduceCluster
  readonly #limits: SinkLimits
  readonly #bound: RequestBound
  readonly #address: string
  readonly #onIdle: () => void
  #waiting: Waiting[] = []
  #inFlight = 0
  #isFlushing = false

  constructor(cluster: ProduceCluster, limits: SinkLimits, bound: RequestBound, address: string, onIdle: () => void) {
    this.#cluster = cluster
    this.#limits = limits
    this.#bound = bound
    this.#address = address
    this.#onIdle = onIdle
  }

  /** Never rejects. */
  send(batch: ReadyBatch): Promise<SendResult> {
    return new Promise(resolve => {
      this.#waiting.push({ batch, resolve })
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#isFlushing || this.#inFlight >= MAX_IN_FLIGHT) return
    if (this.#waiting.length > 0) {
      this.#isFlushing = true
      setImmediate(() => void this.#flush())
    } else if (this.#inFlight === 0) this.#onIdle()
  }

  async #flush(): Promise<void> {
    try {
      const link = await this.#cluster.links.get(this.#address, 'produce')
      // Bytes written to a broker that is not reading count as sent: they could no longer be reported as unsent.
      await link.untilUnthrottled(this.#limits.idleMs)
      while (this.#waiting.length > 0 && this.#inFlight < MAX_IN_FLIGHT) this.#write(link)
    } catch (thrown) {
      const error = asKafkaError(thrown, 'KAFKA_UNAVAILABLE')
      for (const { resolve } of this.#waiting.splice(0)) resolve({ kind: 'unsent', error })
    } finally {
      this.#isFlushing = false
      this.#schedule()
    }
  }

  /** Takes and writes the batches synchronously, so that no message answered as unsent is among them. */
  #write(link: ProduceLink): void {
    if (!link.isAlive) throw new KafkaError('KAFKA_UNAVAILABLE', `${this.#address} closed the connection`)
    const taken = this.#nextRequest().flatMap(waiting => take(waiting) ?? [])
    const [first] = taken
    if (first === undefined) return
    this.#inFlight++
    void this.#call(link, first.batch, taken).finally(() => {
      this.#inFlight--
      this.#schedule()
    })
  }

  /** The oldest batch, plus others with the same acks and transaction, up to the size of a request. */
  #nextRequest(): readonly Waiting[] {
    const first = this.#waiting[0]?.batch
    const chosen: Waiting[] = []
    const left: Waiting[] = []
    const mayCarry = this.#bound.bytes
    let bytes = 0
    for (const waiting of this.#waiting) {
      const fits = chosen.length === 0 || bytes + waiting.batch.size <= mayCarry
      const isAlike = waiting.batch.acks === first?.acks && waiting.batch.transactionalId === first.transactionalId
      if (!fits || !isAlike) {
        left.push(waiting)
        continue
      }
      bytes += waiting.batch.size
      chosen.push(waiting)
    }
    this.#waiting = left
    return chosen
  }

  async #call(link: ProduceLink, { acks, transactionalId }: ReadyBatch, taken: readonly Taken[]): Promise<void> {
    const { idleMs } = this.#limits
    const timeoutMs = Math.max(idleMs - ANSWER_MS, 1)
    const partitions = taken.map(({ partition }) => partition)
    const resolveAll = (result: SendResult) => {
      for (const { resolve } of taken) resolve(result)
    }
    let request: ReturnType<typeof produceRequest>
    try {
      request = produceRequest(link.versions, { acks, transactionalId, timeoutMs, partitions })
    } catch (thrown) {
      return resolveAll({ kind: 'unsent', error: asKafkaError(thrown) })
    }
    try {
      const answers = await link.call(request, idleMs)
      if (acks !== 'NONE') return resolveEach(taken, answers)
      await this.#untilWritten(link)
      resolveAll({ kind: 'answered', answer: null })
    } catch (thrown) {
      if (taken.length > 1) this.#bound.lost(taken.reduce((sum, { batch }) => sum + batch.size, 0))
      resolveAll({ kind: 'lost', error: asKafkaError(thrown, 'KAFKA_UNAVAILABLE') })
    }
  }

  /** A paused broker accepts no bytes. Without this wait they would fill the socket's buffer without bound. */
  async #untilWritten(link: ProduceLink): Promise<void> {
    const deadline = deadlineIn(this.#limits.idleMs)
    while (link.unsentBytes > 0) {
      if (!link.isAlive || deadline.leftMs === 0) {
        const error = new KafkaError('KAFKA_UNAVAILABLE', `${this.#address} accepts no more bytes`)
        link.destroy(error)
        throw error
      }
      await sleep(5)
    }
  }
}

const take = (waiting: Waiting): Taken | null => {
  const { topic, topicId, partition } = waiting.batch
  const records = waiting.batch.take()
  if (records !== null) return { ...waiting, partition: { topic, topicId, partition, records } }
  waiting.resolve({ kind: 'unsent', error: null })
  return null
}

const resolveEach = (taken: readonly Taken[], answers: ProduceAnswer): void => {
  for (const { resolve, partition: asked } of taken) {
    const answer =
      answers.get(partitionKey({ topic: asked.topicId, partition: asked.partition })) ??
      answers.get(partitionKey(asked))
    if (answer !== undefined) resolve({ kind: 'answered', answer })
    else
      resolve({
        kind: 'lost',
        error: new KafkaError('UNKNOWN_SERVER_ERROR', 'the response of the broker does not contain the partition'),
      })
  }
}
