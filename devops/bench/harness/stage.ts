import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Admin, Kafka, logLevel } from 'kafkajs'
import type { LocalKafka } from '../../../src/local-kafka/local-kafka.ts'
import { startLocalKafka } from '../../../src/local-kafka/start/start-local-kafka.ts'
import type { producerCalls } from '../load/producer.ts'
import { type Child, startRole } from './child.ts'
import { type Product, startProduct } from './product.ts'

/** How to make a run. */
export interface StageOptions {
  readonly nodes: 1 | 3
  /** A fraction of the full sizes for trials. Published tables use 1. */
  readonly scale: number
  readonly rounds: number
  readonly profileDir: string | null
  say(text: string): void
}

/** What every row needs: its own Kafka, topics, a producer, the program. */
export interface Stage extends AsyncDisposable {
  readonly kafka: LocalKafka
  readonly brokers: string
  readonly rounds: number
  /** A size of the full run, multiplied by the scale. */
  sized(full: number): number
  say(text: string): void
  createTopic(partitions: number): Promise<string>
  /** Starts the program. The caller disposes it. */
  product(settings?: Readonly<Record<string, string>>): Promise<Product>
  /** A process that writes to Kafka. */
  producer(): Promise<Child<typeof producerCalls>>
}

/** The brokers' default. The launcher sets 0 for tests, which would favour consumer groups. */
const REBALANCE_DELAY = { 'group.initial.rebalance.delay.ms': '3000' }

/** Starts a Kafka whose data is deleted with it. */
export const openStage = async ({ nodes, scale, rounds, profileDir, say }: StageOptions): Promise<Stage> => {
  const dir = await mkdtemp(join(tmpdir(), 'kafka-bench-'))
  // The Java processes of an interrupted run end by themselves; its data would stay.
  const sweep = () => rmSync(dir, { recursive: true, force: true })
  process.once('exit', sweep)
  const { KAFKA_HOME: kafkaHome } = process.env
  const kafka = await startLocalKafka({ nodes, dir, kafkaHome, env: process.env, extraProperties: REBALANCE_DELAY })
  const brokers = kafka.bootstrapServers
  const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  return {
    kafka,
    brokers,
    rounds,
    say,
    sized: full => Math.max(1, Math.round(full * scale)),
    createTopic: partitions => createTopic(admin, partitions, nodes),
    product: settings => startProduct({ brokers, profileDir, ...(settings && { settings }) }),
    producer: async () => {
      const producer = await startRole<typeof producerCalls>('producer')
      await producer.call('connect', { brokers })
      return producer
    },
    [Symbol.asyncDispose]: async () => {
      await admin.disconnect()
      await kafka.close()
      process.off('exit', sweep)
      await rm(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const TOPIC_LIMIT_MS = 15_000
let topics = 0

const createTopic = async (admin: Admin, numPartitions: number, nodes: 1 | 3): Promise<string> => {
  const topic = `bench-${++topics}`
  await admin.createTopics({ topics: [{ topic, numPartitions, replicationFactor: nodes }], waitForLeaders: false })
  // Another node may not know the new topic yet; KafkaJS's own wait treats that as a failure.
  for (const deadline = Date.now() + TOPIC_LIMIT_MS; ; await sleep(20)) {
    try {
      const metadata = await admin.fetchTopicMetadata({ topics: [topic] })
      if (metadata.topics[0]?.partitions.every(({ leader }) => leader >= 0)) return topic
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}
