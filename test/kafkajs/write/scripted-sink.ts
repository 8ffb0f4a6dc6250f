import { KafkaError, type Outcome } from '../../../src/kafka/errors/kafka-error.ts'
import { silentLogger } from '../../../src/kafka/logger.ts'
import type { ProducedMessage } from '../../../src/kafka/message.ts'
import type { ProduceOptions } from '../../../src/kafka/ports/message-sink.ts'
import { createMessageSink, type KafkaMessageSink } from '../../../src/kafkajs/write/message-sink.ts'
import type { SinkLimits } from '../../../src/kafkajs/write/senders/sink-limits.ts'
import { ScriptedCluster } from './scripted-cluster.ts'

/** Bounds short enough for tests. */
export const quickLimits: SinkLimits = {
  idleMs: 100,
  maxBatchMessages: 2000,
  maxBatchBytes: 900_000,
  maxRequestBytes: 8 << 20,
  maxQueuedBytes: 64 << 20,
  notEnoughReplicasMs: 200,
  unknownTopicMs: 50,
  forgetMs: 60_000,
  maxTransactions: 16,
  closeGraceMs: 200,
}

/** A sink over a scripted cluster. */
export interface ScriptedSink extends AsyncDisposable {
  readonly cluster: ScriptedCluster
  readonly sink: KafkaMessageSink
}

export const scriptedSink = (
  limits: Partial<SinkLimits> = {},
  maxMessageBytes: () => Promise<number> = async () => 1_048_588,
): ScriptedSink => {
  const cluster = new ScriptedCluster()
  const sink = createMessageSink({
    cluster,
    logger: silentLogger,
    limits: { ...quickLimits, ...limits },
    maxMessageBytes,
  })
  return { cluster, sink, [Symbol.asyncDispose]: () => sink[Symbol.asyncDispose]() }
}

/** Options of a call, with the given fields. */
export const options = (what: Partial<ProduceOptions> = {}): ProduceOptions => ({
  acks: 'ALL',
  compressionType: 'NONE',
  transactional: false,
  timeoutMs: 5000,
  ...what,
})

/** `partition@offset` of an acknowledged message, or the error code. */
export const brief = (outcomes: readonly Outcome<ProducedMessage>[]): readonly string[] =>
  outcomes.map(outcome => (outcome instanceof KafkaError ? outcome.code : `${outcome.partition}@${outcome.offset}`))
