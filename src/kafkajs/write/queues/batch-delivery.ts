import { asKafkaError, KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { type BatchProducer, encodeBatch } from '../../records/encode/encode-batch.ts'
import type { ProducePartitionAnswer } from '../../requests/messages/produce.ts'
import type { Leader } from '../../transport/leader-table.ts'
import { backoffMs, orAborted, pause } from '../../transport/wait.ts'
import { tooLarge } from '../messages/message-fault.ts'
import type { PendingMessage, WriteMode } from '../messages/pending-message.ts'
import type { SendResult } from '../senders/broker-sender.ts'
import type { PartitionTarget, ProduceContext } from '../senders/produce-context.ts'
import { isGone, mayMeanGone, seemsGone } from '../topics/topic-gone.ts'
import { acknowledge } from './acknowledge.ts'
import { type DeliveryState, interrupted, MOVED, mayBeWritten } from './delivery-state.ts'
import { judgeAnswer, type Verdict } from './judge-answer.ts'
import type { BatchIdentity } from './producer-identity.ts'
import type { ReplicaPatience } from './replica-patience.ts'
import { refuseOwners, type Split } from './split-batch.ts'

/** What successive batches of one partition share. */
export interface PartitionWriter {
  readonly target: PartitionTarget
  readonly identity: BatchIdentity
  readonly patience: ReplicaPatience
}

/** How to continue after an attempt: stop, retry at once, retry after a pause, or deliver in parts. */
type Step = 'done' | 'at-once' | 'later' | Split

const TOO_FEW_REPLICAS: ReadonlySet<string> = new Set(['NOT_ENOUGH_REPLICAS', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'])

/**
 * Delivers one batch: attempts until each message is answered. Once it may have been written, it keeps its messages and
 * sequence through every retry, so that Kafka deduplicates it. Before that, answered messages are left out.
 */
export class BatchDelivery {
  readonly #context: ProduceContext
  readonly #writer: PartitionWriter
  readonly #mode: WriteMode
  #messages: readonly PendingMessage[]
  #state: DeliveryState = 'unwritten'
  /** The last attempt, pending until its result is known. */
  #sending: Promise<unknown> = Promise.resolve()
  #leader: Leader | undefined
  #interrupt = new AbortController()
  #encoded: {
    readonly of: readonly PendingMessage[]
    readonly by: BatchProducer | null
    readonly bytes: Buffer
  } | null = null

  constructor(context: ProduceContext, writer: PartitionWriter, mode: WriteMode, messages: readonly PendingMessage[]) {
    this.#context = context
    this.#writer = writer
    this.#mode = mode
    this.#messages = messages
  }

  /** Resolves when the delivery has ended, with the parts that must be delivered separately, in order. */
  async run(): Promise<Split> {
    for (let failures = 1; ; ) {
      this.#leaveOutAnswered()
      if (this.#areAllAnswered) return this.#end()
      this.#interrupt = new AbortController()
      const step = await this.#attempt()
      if (step === 'done') return this.#end()
      if (typeof step !== 'string') return step
      if (step === 'later') await pause(backoffMs(failures++), this.#interrupt.signal)
    }
  }

  /** Call after some messages may have been answered by their timers. */
  dropAnswered(): void {
    if (this.#areAllAnswered && this.#state !== 'ending') this.#interrupt.abort()
  }

  /** Retries at a new leader at once. Only an idempotent batch may be sent twice. */
  leaderChanged(): void {
    const { topic, partition } = this.#writer.target
    const now = this.#context.cluster.leaders.leaderOf(topic, partition)
    if (now?.generation === this.#leader?.generation) return
    if (this.#state !== 'on-the-wire' || this.#isIdempotent) this.#interrupt.abort()
  }

  get #areAllAnswered(): boolean {
    return this.#messages.every(message => message.isAnswered)
  }

  get #isIdempotent(): boolean {
    return this.#mode.acks === 'ALL'
  }

  get #mayBeWritten(): boolean {
    return mayBeWritten(this.#state)
  }

  /** The one transition; the messages know whether they may be written, for a caller that gives up. */
  #become(state: DeliveryState): void {
    const couldBeWritten = this.#mayBeWritten
    this.#state = state
    if (this.#mayBeWritten === couldBeWritten) return
    for (const message of this.#messages) message.mayBeWritten = !couldBeWritten
  }

  #leaveOutAnswered(): void {
    if (this.#mayBeWritten || !this.#messages.some(message => message.isAnswered)) return
    this.#messages = this.#messages.filter(message => !message.isAnswered)
  }

  async #end(): Promise<Split> {
    if (this.#state === 'doubtful') await this.#untilSilenceEnds()
    return []
  }

  /** A further batch on a silent connection would get stuck too. It waits here instead, and so stays unsent. */
  async #untilSilenceEnds(): Promise<void> {
    this.#become('ending')
    // All messages are answered, but what became of their sequence is not known.
    this.#writer.identity.retire()
    this.#interrupt = new AbortController()
    this.leaderChanged()
    await orAborted(this.#sending, this.#interrupt.signal).catch(() => {})
  }

  async #attempt(): Promise<Step> {
    const { cluster } = this.#context
    const { target } = this.#writer
    if (seemsGone(cluster, target)) return this.#whenGone()
    this.#leader = cluster.leaders.leaderOf(target.topic, target.partition)
    const nodeId = this.#leader?.nodeId ?? null
    if (nodeId === null) {
      cluster.refreshSoon()
      return 'later'
    }
    const isRepeat = this.#mayBeWritten
    try {
      const bytes = await this.#encode()
      const limit = target.maxBatchBytes()
      if (bytes.length > limit && !isRepeat) return refuseOwners(this.#messages, tooLarge(bytes.length, limit), [])
      return await this.#after(isRepeat, await this.#send(nodeId, bytes))
    } catch (thrown) {
      return this.#cannotSend(asKafkaError(thrown))
    }
  }

  async #encode(): Promise<Buffer> {
    const identity = this.#isIdempotent ? await this.#writer.identity.obtain() : null
    if (this.#encoded?.of === this.#messages && this.#encoded.by === identity) return this.#encoded.bytes
    const messages = this.#messages
    const isTransactional = this.#writer.identity.transactionalId !== null
    const records = messages.map(({ record }) => record)
    const bytes = await encodeBatch(records, { ...this.#mode, producer: identity, isTransactional })
    this.#encoded = { of: messages, by: identity, bytes }
    return bytes
  }

  async #send(nodeId: number, bytes: Buffer): Promise<SendResult> {
    const { signal } = this.#interrupt
    const { target, identity } = this.#writer
    let onAbort = () => {}
    const interruption = new Promise<SendResult>(resolve => {
      onAbort = () => resolve(interrupted(this.#state))
      signal.addEventListener('abort', onAbort)
    })
    const take = () => (signal.aborted ? null : this.#take(bytes))
    const batch = { ...target, ...this.#mode, transactionalId: identity.transactionalId, size: bytes.length, take }
    try {
      const sending = this.#context.senders.send(nodeId, batch)
      this.#sending = sending
      return await Promise.race([sending, interruption])
    } finally {
      signal.removeEventListener('abort', onAbort)
      if (this.#state === 'on-the-wire') this.#become('doubtful')
    }
  }

  /** Runs in the tick of the write: the batch must not contain a message already answered as unsent. */
  #take(bytes: Buffer): Buffer | null {
    if (!this.#mayBeWritten && this.#messages.some(message => message.isAnswered)) return null
    this.#become('on-the-wire')
    return bytes
  }

  async #after(isRepeat: boolean, result: SendResult): Promise<Step> {
    if (result.kind === 'answered') return this.#answered(result.answer, isRepeat)
    if (result.error === null) return 'at-once'
    this.#context.cluster.refreshSoon()
    if (result.kind === 'unsent') {
      this.#become(isRepeat ? 'doubtful' : 'unwritten')
      if (result.error.code === 'THROTTLING_QUOTA_EXCEEDED') this.#note(result.error)
      return this.#cannotSend(result.error)
    }
    if (!this.#isIdempotent) return this.#giveUp(result.error)
    return result.error === MOVED ? 'at-once' : 'later'
  }

  /** Handles an attempt that wrote nothing. */
  #cannotSend(error: KafkaError): Step {
    return error.retriable || this.#mayBeWritten ? 'later' : this.#giveUp(error)
  }

  #answered(answer: ProducePartitionAnswer | null, isRepeat: boolean): Step | Promise<Step> {
    const verdict: Verdict = answer === null ? { kind: 'acknowledged' } : judgeAnswer(answer, this.#writer)
    if (verdict.kind === 'acknowledged') {
      if (this.#isIdempotent) this.#writer.identity.advance(this.#messages.length)
      this.#become('written')
      this.#writer.patience.reset()
      acknowledge(this.#messages, this.#writer.target, answer, isRepeat)
      return 'done'
    }
    const isAmbiguous = verdict.kind === 'unknown' || (verdict.kind === 'retry' && verdict.mayBeWritten)
    this.#become(isRepeat || isAmbiguous ? 'doubtful' : 'unwritten')
    if (verdict.kind === 'retry') return this.#refusedForNow(verdict.error)
    if (verdict.kind === 'new-producer') return this.#otherProducer(verdict.error)
    if (verdict.kind !== 'contents' || this.#mayBeWritten) return this.#giveUp(verdict.error)
    return refuseOwners(this.#messages, verdict.error, answer?.recordErrors ?? [])
  }

  #refusedForNow(error: KafkaError): Step | Promise<Step> {
    this.#context.cluster.refreshSoon()
    this.#note(error)
    if (this.#mayBeWritten && !this.#isIdempotent) return this.#giveUp(error)
    if (TOO_FEW_REPLICAS.has(error.code) && this.#writer.patience.isOver()) return this.#giveUp(error)
    return mayMeanGone(error) ? this.#whenGone() : 'later'
  }

  #otherProducer(error: KafkaError): Step {
    this.#writer.identity.retire()
    return this.#mayBeWritten ? this.#giveUp(error) : 'later'
  }

  async #whenGone(): Promise<Step> {
    const { cluster, limits } = this.#context
    const { target } = this.#writer
    if (!(await isGone(cluster, target, limits.unknownTopicMs))) return 'later'
    return this.#giveUp(new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `topic ${target.topic} was deleted`))
  }

  #note(error: KafkaError): void {
    for (const message of this.#messages) {
      // The leader did write the batch: a later refusal of the repeat adds nothing.
      if (message.lastRefusal?.code !== 'NOT_ENOUGH_REPLICAS_AFTER_APPEND') message.lastRefusal = error
    }
  }

  /** Answers every message: with `error` if nothing was written, otherwise with OUTCOME_UNKNOWN. */
  #giveUp(error: KafkaError): 'done' {
    this.#note(error)
    for (const message of this.#messages) message.giveUp(error)
    return 'done'
  }
}
