import { expect } from 'vitest'
import { isFailure, KafkaError, type Outcome } from '../../../../src/kafka/errors/kafka-error.ts'
import { silentLogger } from '../../../../src/kafka/logger.ts'
import type { IsolationLevel, ProducedMessage, StoredMessage } from '../../../../src/kafka/message.ts'
import { toOffset } from '../../../../src/kafka/offset.ts'
import type { TopicName } from '../../../../src/kafka/topic-name.ts'
import { createLogSource } from '../../../../src/kafkajs/read/fetch/create-log-source.ts'
import type { ProduceLink } from '../../../../src/kafkajs/write/senders/produce-cluster.ts'
import { testCall } from '../../../support/call.ts'
import { eventually } from '../../../support/eventually.ts'
import { type OpenSink, type OpenSinkOptions, openSink } from '../open-sink.ts'

/**
 * Called around each request to a transaction coordinator or a leader, with its name. Throwing loses the request or its
 * response.
 */
export interface Tampering {
  before?(apiName: string): void | Promise<void>
  after?(apiName: string): void | Promise<void>
}

/** A sink over a real Kafka, with a reader that reads like a subscription. */
export interface OpenTransactions extends OpenSink {
  /** Reads a partition to its end with the stream engine's source. */
  read(topic: TopicName, partition: number, isolationLevel: IsolationLevel): Promise<readonly StoredMessage[]>
  /** Waits until no partition of the topic has an open transaction: last stable offset equals high watermark. */
  untilStable(topic: TopicName): Promise<void>
}

/** Loses a request or a response. */
export const lost = (): never => {
  throw new KafkaError('KAFKA_UNAVAILABLE', 'lost on the way')
}

const tamperedLink = (link: ProduceLink, { before, after }: Tampering): ProduceLink => ({
  isAlive: link.isAlive,
  versions: link.versions,
  unsentBytes: 0,
  untilUnthrottled: withinMs => link.untilUnthrottled(withinMs),
  destroy: reason => link.destroy(reason),
  call: async (request, idleMs) => {
    await before?.(request.apiName)
    const answer = await link.call(request, idleMs)
    await after?.(request.apiName)
    return answer
  },
})

const through = (tampering: Tampering): NonNullable<OpenSinkOptions['through']> => {
  return cluster => ({
    leaders: cluster.leaders,
    links: { get: async (address, purpose) => tamperedLink(await cluster.links.get(address, purpose), tampering) },
    addressOf: nodeId => cluster.addressOf(nodeId),
    troubleWith: nodeId => cluster.troubleWith(nodeId),
    refresh: topics => cluster.refresh(topics),
    refreshSoon: () => cluster.refreshSoon(),
    askAny: make => cluster.askAny(make),
  })
}

/** Opens a sink. `tampering` may be changed at any time. */
export const openTransactions = (bootstrapServers: string, tampering: Tampering = {}): OpenTransactions => {
  const open = openSink(bootstrapServers, { through: through(tampering) })
  const source = createLogSource({
    cluster: open.cluster,
    listOffsets: (requests, signal) => open.catalog.listOffsets({ ...testCall, signal }, requests),
    logger: silentLogger,
    followLimits: { maxWaitMs: 500, maxBytes: 4 << 20, maxBytesPerPartition: 256 << 10 },
    decodeLimits: { maxDecompressedBytes: 64 << 20, sliceMs: 2 },
  })
  const describe = async (topic: TopicName) => {
    const [described] = await open.catalog.describeTopics(testCall, [topic])
    if (described === undefined || isFailure(described)) throw described
    return described
  }
  const endsOf = async (topic: TopicName, isolationLevel: IsolationLevel) => {
    const { partitions } = await describe(topic)
    const at = 'latest' as const
    const found = await open.catalog.listOffsets(
      testCall,
      partitions.map(({ partition }) => ({ topic, partition, at, isolationLevel })),
    )
    return found.map(one => (isFailure(one) ? one.code : one.offset))
  }
  return {
    ...open,
    read: async (topic, partition, isolationLevel) => {
      const { topicId } = await describe(topic)
      const messages: StoredMessage[] = []
      for (let offset = toOffset(0); ; ) {
        const request = { log: { topic, topicId, partition }, isolationLevel, offset, maxBytes: 4 << 20, maxWaitMs: 0 }
        const slice = await source.read(request, AbortSignal.timeout(20_000))
        messages.push(...slice.messages)
        if (slice.next >= slice.endOffset) return messages
        offset = slice.next
      }
    },
    untilStable: topic =>
      eventually(
        async () => expect(await endsOf(topic, 'READ_COMMITTED')).toEqual(await endsOf(topic, 'READ_UNCOMMITTED')),
        { within: 30_000 },
      ),
    [Symbol.asyncDispose]: async () => {
      source[Symbol.dispose]()
      await open[Symbol.asyncDispose]()
    },
  }
}

/** The results of a transaction that was committed; a refused message fails the test. */
export const committed = (outcomes: readonly Outcome<ProducedMessage>[]): readonly ProducedMessage[] =>
  outcomes.map(outcome => {
    if (isFailure(outcome)) throw outcome
    return outcome
  })
