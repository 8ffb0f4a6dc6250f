import { type Deferred, deferred } from '../../../async/deferred.ts'
import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { ProducedMessage } from '../../../kafka/message.ts'
import { type MessageHolder, PendingMessage } from '../messages/pending-message.ts'
import { FENCED } from './transaction-coordinator.ts'

type Produced = Outcome<ProducedMessage>

/** The meaning of a refusal in a transaction that will be aborted: no message stays written or unknown. */
const asRefusal = (outcome: Produced): Produced => {
  if (!isFailure(outcome)) return outcome
  if (outcome.code === 'OUTCOME_UNKNOWN' && outcome.cause instanceof KafkaError) return asRefusal(outcome.cause)
  if (FENCED.has(outcome.code)) return new KafkaError('TRANSACTION_ABORTED', null, { cause: outcome })
  if (outcome.code === 'NOT_ENOUGH_REPLICAS_AFTER_APPEND') return new KafkaError('NOT_ENOUGH_REPLICAS')
  return outcome
}

/** The messages of an open transaction. Each is written or refused on its own; the first refusal ends the others. */
export class StagedMessages {
  /** The messages on their way to their partitions, in call order. */
  readonly messages: readonly PendingMessage[]
  readonly #outcomes: Produced[]
  #left: number
  #isRefused = false
  readonly #settled: Deferred<readonly Produced[]> = deferred()

  constructor(wanted: readonly PendingMessage[]) {
    this.#outcomes = new Array(wanted.length)
    this.#left = wanted.length
    this.messages = wanted.map(
      ({ message, record, mode }, index) =>
        new PendingMessage(message, record.timestamp, mode, outcome => this.#answered(index, outcome)),
    )
  }

  /** Resolves once each is written or refused. Never rejects. */
  get settled(): Promise<readonly Produced[]> {
    return this.#settled.promise
  }

  /** True once a message is refused. */
  get isRefused(): boolean {
    return this.#isRefused
  }

  /** Prevents the unwritten messages from being written. */
  giveUp(): void {
    const holders = new Set<MessageHolder>()
    const aborted = new KafkaError('TRANSACTION_ABORTED')
    for (const message of this.messages) {
      if (message.isAnswered) continue
      if (message.holder !== null) holders.add(message.holder)
      message.answer(aborted)
    }
    for (const holder of holders) holder.dropAnswered()
  }

  #answered(index: number, outcome: Produced): void {
    this.#outcomes[index] = asRefusal(outcome)
    if (isFailure(outcome) && !this.#isRefused) {
      this.#isRefused = true
      // One response may refuse several messages, each for its own reason.
      setImmediate(() => this.giveUp())
    }
    if (--this.#left === 0) this.#settled.resolve(this.#outcomes)
  }
}
