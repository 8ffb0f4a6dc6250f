import { Kafka, logLevel } from 'kafkajs'
import type { LogSource } from '../../src/kafka/ports/log-source.ts'
import type { KafkaPorts, Ports } from '../../src/kafka/ports/ports.ts'
import { createMessageTimes } from '../../src/kafkajs/read/message-times/create-message-times.ts'
import { createMessageStreams } from '../../src/streams/stream-engine.ts'
import { createWatches } from '../../src/watch/create-watches.ts'
import { inMemoryKafka } from '../fakes/in-memory-kafka.ts'
import { openKafka, testLimits } from '../kafkajs/open-kafka.ts'
import { TEST_LIMITS } from '../streams/stream-fixture.ts'
import { oldestKafka, sharedKafka } from '../support/kafka.ts'
import type { ToolTarget } from '../support/kafka-tools.ts'
import { watchLimits } from '../watch/watching.ts'

/** A message to write before reading. */
interface WrittenMessage {
  readonly value: string
  /** Epoch ms. */
  readonly timestamp: number
}

/** One implementation of the ports, with a way to fill its logs without the ports. */
export interface PortsUnderTest extends KafkaPorts, AsyncDisposable {
  readonly source: LogSource
  write(topic: string, partition: number, messages: readonly WrittenMessage[]): Promise<void>
}

type Beneath = Pick<Ports, 'catalog' | 'groups' | 'replicas'> & Pick<PortsUnderTest, 'source'>

/** The ports that are implemented over other ports: the product's own engines, on the fake as on Kafka. */
const enginesOver = ({ catalog, source, groups, replicas }: Beneath) => {
  const streams = createMessageStreams({ catalog, source, limits: TEST_LIMITS, cursorSecret: null })
  const limits = { ...watchLimits, clusterMs: 100, configsMs: 100 }
  const watches = createWatches({ catalog, groups, replicas, limits })
  const dispose = async () => {
    await watches[Symbol.asyncDispose]()
    await streams[Symbol.asyncDispose]()
  }
  return { streams, watches, dispose }
}

const openFake = async (): Promise<PortsUnderTest> => {
  const fake = inMemoryKafka()
  const { dispose, ...engines } = enginesOver({ catalog: fake, source: fake, groups: fake, replicas: fake })
  return {
    catalog: fake,
    topicAdmin: fake,
    configAdmin: fake,
    sink: fake,
    source: fake,
    groups: fake,
    groupAdmin: fake,
    replicas: fake,
    inspector: fake,
    security: fake,
    transactions: fake,
    messageTimes: createMessageTimes({ catalog: fake, source: fake, limits: testLimits.messageTimes }),
    ...engines,
    write: async (topic, partition, messages) => void fake.append(topic, partition, messages),
    [Symbol.asyncDispose]: dispose,
  }
}

/** The adapter's ports over a running Kafka. */
export const openReal = async (target: Promise<ToolTarget>): Promise<PortsUnderTest> => {
  const { bootstrapServers } = await target
  const kafka = openKafka(bootstrapServers)
  const producer = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING }).producer()
  await producer.connect()
  const { catalog, topicAdmin, configAdmin, sink, source, groups, groupAdmin, replicas } = kafka
  const { inspector, security, transactions, messageTimes } = kafka
  const { dispose, ...engines } = enginesOver({ catalog: kafka.freshCatalog, source, groups, replicas })
  return {
    ...{ catalog, topicAdmin, configAdmin, sink, source, groups, groupAdmin, replicas },
    ...{ inspector, security, transactions, messageTimes, ...engines },
    write: async (topic, partition, messages) => {
      const sent = messages.map(({ value, timestamp }) => ({ value, partition, timestamp: String(timestamp) }))
      await producer.send({ topic, messages: sent })
    },
    [Symbol.asyncDispose]: async () => {
      await producer.disconnect()
      await dispose()
      await kafka[Symbol.asyncDispose]()
    },
  }
}

type Implementation = readonly [name: string, open: () => Promise<PortsUnderTest>]

export const theFake: Implementation = ['the in-memory fake', openFake]

/** Every implementation of the ports must pass the same suite. */
export const implementations: readonly Implementation[] = [
  theFake,
  ['real Kafka', () => openReal(sharedKafka())],
  ['the oldest Kafka', () => openReal(oldestKafka())],
]
