import { allOrNothing } from '../../src/kafka/errors/all-or-nothing.ts'
import { isFailure, KafkaError, type Outcome } from '../../src/kafka/errors/kafka-error.ts'
import type { CompressionType, OutgoingMessage, ProducedMessage, StoredMessage } from '../../src/kafka/message.ts'
import { type Offset, toOffset } from '../../src/kafka/offset.ts'
import type { MessageSink, ProduceOptions } from '../../src/kafka/ports/message-sink.ts'
import { configValue } from './in-memory-catalog.ts'
import type { FakePartition, FakeTopic, InMemoryCluster } from './in-memory-cluster.ts'

const sizeOf = ({ key, value, headers }: OutgoingMessage): number =>
  (key?.length ?? 0) +
  (value?.length ?? 0) +
  headers.reduce((bytes, header) => bytes + header.key.length + (header.value?.length ?? 0), 0)

const hashOf = (key: Buffer): number => key.reduce((hash, byte) => (hash * 31 + byte) & 0x7fffffff, 7)

/** `outgoing` as stored at an offset. */
export const stored = (
  outgoing: OutgoingMessage,
  at: { readonly partition: number; readonly offset: Offset; readonly timestamp: number },
  compressionType: CompressionType = 'NONE',
  isTransactional = false,
): StoredMessage => ({
  partition: at.partition,
  offset: at.offset,
  timestamp: at.timestamp,
  key: outgoing.key,
  value: outgoing.value,
  headers: outgoing.headers,
  serializedSize: sizeOf(outgoing),
  batch: {
    leaderEpoch: 0,
    timestampType: 'CREATE_TIME',
    compressionType,
    isTransactional,
    producerId: toOffset(isTransactional ? 7 : -1),
  },
})

const choose = (topic: FakeTopic, { key, partition }: OutgoingMessage, spread: number): number => {
  if (partition !== null) return partition
  return (key === null ? spread : hashOf(key)) % topic.partitions.length
}

const refusal = (topic: FakeTopic, target: FakePartition, message: OutgoingMessage, options: ProduceOptions) => {
  if (target.leader === null) return new KafkaError('LEADER_NOT_AVAILABLE')
  if (sizeOf(message) > Number(configValue(topic, 'max.message.bytes'))) return new KafkaError('MESSAGE_TOO_LARGE')
  const tooFew = target.isr.length < Number(configValue(topic, 'min.insync.replicas'))
  return options.acks === 'ALL' && tooFew ? new KafkaError('NOT_ENOUGH_REPLICAS') : null
}

/** Where a message will be written. */
interface Place {
  readonly topic: FakeTopic
  readonly partition: number
  readonly target: FakePartition
  readonly message: OutgoingMessage
}

const append = (
  { topic, partition, target, message }: Place,
  { acks, compressionType, transactional }: ProduceOptions,
  transaction: string,
  now: number,
): ProducedMessage => {
  const timestamp = message.timestamp ?? now
  const offset = target.log.append(
    at => stored(message, { partition, offset: at, timestamp }, compressionType, transactional),
    transactional ? 'open' : 'plain',
    transactional ? transaction : null,
  )
  return { topic: topic.name, topicId: topic.topicId, partition, offset: acks === 'NONE' ? null : offset, timestamp }
}

/** The MessageSink port over the fake's cluster. */
export const inMemorySink = (cluster: InMemoryCluster): MessageSink => {
  let spread = 0
  let transactions = 0
  const place = (message: OutgoingMessage, options: ProduceOptions): Outcome<Place> => {
    const topic = cluster.topic(message.topic)
    if (topic === null) return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `no topic ${message.topic}`)
    const partition = choose(topic, message, spread++)
    const target = topic.partitions[partition]
    if (target === undefined)
      return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `${topic.name} has ${topic.partitions.length} partitions`)
    return refusal(topic, target, message, options) ?? { topic, partition, target, message }
  }
  const write = (
    messages: readonly OutgoingMessage[],
    options: ProduceOptions,
  ): readonly Outcome<ProducedMessage>[] => {
    const transaction = `produce-${transactions++}`
    const each = messages.map(message => place(message, options))
    const places = options.transactional ? allOrNothing(each) : each
    const outcomes = places.map(one => (isFailure(one) ? one : append(one, options, transaction, cluster.now())))
    const written = places.flatMap(one => (isFailure(one) ? [] : [one]))
    for (const { target } of written) target.log.endTransaction(transaction, 'committed')
    if (options.transactional && written.length > 0) {
      cluster.transactions.push({
        transactionalId: transaction,
        producerId: BigInt(transactions),
        written: new Set(written.map(({ topic, partition }) => `${topic.name} ${partition}`)),
        endedAt: cluster.now(),
      })
    }
    return outcomes
  }
  return {
    async produce({ signal }, messages, options) {
      cluster.counts.produce += 1
      signal?.throwIfAborted()
      if (!cluster.isUp) return messages.map(() => new KafkaError('KAFKA_UNAVAILABLE'))
      const outcomes = write(messages, options)
      if (outcomes.some(outcome => !isFailure(outcome))) cluster.changed()
      return outcomes
    },
  }
}
