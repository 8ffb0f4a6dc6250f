import { Kafka, logLevel } from 'kafkajs'
import { sharedMicros } from '../load/subscriber.ts'

const kafkaOf = (brokers: string) => new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING })
let groups = 0
const freshGroup = () => `bench-${process.pid}-${++groups}`

/** What the reference reads. */
export interface ReadInput {
  readonly brokers: string
  readonly topic: string
  readonly count: number
}

const latencies: number[] = []
let stop: (() => Promise<void>) | undefined

/** A bare KafkaJS consumer group that discards what it reads. */
export const kafkajsConsumerCalls = {
  /**
   * Reads a topic from its beginning, batch by batch, and discards it. Returns the milliseconds since the fetch of the
   * first batch.
   */
  readAll: async ({ brokers, topic, count }: ReadInput) => {
    const consumer = kafkaOf(brokers).consumer({ groupId: freshGroup() })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    let read = 0
    // The time to join the group does not count: the clock starts when fetching may start.
    let began = 0
    consumer.on('consumer.group_join', () => {
      began = sharedMicros()
    })
    const all = new Promise<number>(resolve => {
      consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          read += batch.messages.length
          if (read >= count) resolve(sharedMicros())
        },
      })
    })
    const ended = await all
    // Not awaited: disconnecting waits for the end of a 5 s long poll.
    void consumer.disconnect()
    return (ended - began) / 1000
  },
  /** Time of a fresh group from `run` to its first live message, ms. */
  firstMessage: async ({ brokers, topic }: { readonly brokers: string; readonly topic: string }) => {
    const consumer = kafkaOf(brokers).consumer({ groupId: freshGroup() })
    await consumer.connect()
    const began = sharedMicros()
    await consumer.subscribe({ topics: [topic] })
    const first = new Promise<number>(resolve => {
      consumer.run({ eachMessage: async () => resolve(sharedMicros()) })
    })
    const ended = await first
    void consumer.disconnect()
    return (ended - began) / 1000
  },
  /** Follows a topic until `unfollow`, and records the latency of each message. */
  follow: async ({ brokers, topic }: { readonly brokers: string; readonly topic: string }) => {
    const consumer = kafkaOf(brokers).consumer({ groupId: freshGroup() })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic] })
    const joined = new Promise(resolve => consumer.on('consumer.group_join', resolve))
    await consumer.run({
      eachMessage: async ({ message }) => {
        const sentAt = Number.parseInt(message.value?.toString('latin1', 1, 20) ?? '', 10)
        latencies.push(sharedMicros() - sentAt)
      },
    })
    await joined
    stop = () => consumer.disconnect()
  },
  /** The latencies since the last call, microseconds. */
  takeLatencies: () => latencies.splice(0),
  unfollow: async () => stop?.(),
}
