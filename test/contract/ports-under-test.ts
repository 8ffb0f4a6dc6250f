import { Kafka, logLevel } from 'kafkajs'
import type { Catalog } from '../../src/kafka/ports/catalog.ts'
import type { ConfigAdmin } from '../../src/kafka/ports/config-admin.ts'
import type { LogSource } from '../../src/kafka/ports/log-source.ts'
import type { MessageSink } from '../../src/kafka/ports/message-sink.ts'
import type { TopicAdmin } from '../../src/kafka/ports/topic-admin.ts'
import { inMemoryKafka } from '../fakes/in-memory-kafka.ts'
import { openKafka } from '../kafkajs/open-kafka.ts'
import { oldestKafka, sharedKafka } from '../support/kafka.ts'
import type { ToolTarget } from '../support/kafka-tools.ts'

/** A message to write before reading. */
interface WrittenMessage {
  readonly value: string
  /** Epoch ms. */
  readonly timestamp: number
}

/** One implementation of the ports, with a way to fill its logs without the ports. */
export interface PortsUnderTest extends AsyncDisposable {
  readonly catalog: Catalog
  readonly topicAdmin: TopicAdmin
  readonly configAdmin: ConfigAdmin
  readonly sink: MessageSink
  readonly source: LogSource
  write(topic: string, partition: number, messages: readonly WrittenMessage[]): Promise<void>
}

const openFake = async (): Promise<PortsUnderTest> => {
  const fake = inMemoryKafka()
  return {
    catalog: fake,
    topicAdmin: fake,
    configAdmin: fake,
    sink: fake,
    source: fake,
    write: async (topic, partition, messages) => void fake.append(topic, partition, messages),
    [Symbol.asyncDispose]: async () => {},
  }
}

const openReal = async (target: Promise<ToolTarget>): Promise<PortsUnderTest> => {
  const { bootstrapServers } = await target
  const kafka = openKafka(bootstrapServers)
  const producer = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING }).producer()
  await producer.connect()
  return {
    catalog: kafka.catalog,
    topicAdmin: kafka.topicAdmin,
    configAdmin: kafka.configAdmin,
    sink: kafka.sink,
    source: kafka.source,
    write: async (topic, partition, messages) => {
      const sent = messages.map(({ value, timestamp }) => ({ value, partition, timestamp: String(timestamp) }))
      await producer.send({ topic, messages: sent })
    },
    [Symbol.asyncDispose]: async () => {
      await producer.disconnect()
      await kafka[Symbol.asyncDispose]()
    },
  }
}

/** Every implementation of the ports must pass the same suite. */
export const implementations: readonly (readonly [name: string, open: () => Promise<PortsUnderTest>])[] = [
  ['the in-memory fake', openFake],
  ['real Kafka', () => openReal(sharedKafka())],
  ['the oldest Kafka', () => openReal(oldestKafka())],
]
