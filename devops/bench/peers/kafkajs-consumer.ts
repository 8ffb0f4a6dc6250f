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

/** A bare KafkaJS consumer group that does nothing with what it reads. */
export const kafkajsConsumerCalls = {
  /** Reads a topic from its beginning, batch by batch, to nowhere; answers the milliseconds from the first batch's fetch on. */
  readAll: async ({ brokers, topic, count }: ReadInput) => {
    const consumer = kafkaOf(brokers).consumer({ groupId: freshGroup() })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    let read = 0
    // The group's joining is not its reading: the clock starts when it may fetch.
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
    // Not waited for: disconnecting waits out a long poll of 5 s.
    void consumer.disconnect()
    return (ended - began) / 1000
  },
  /** A fresh group's time from `run` to its first live message, ms. */
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
  /** Follows a topic until `unfollow`, and keeps the time that each message took. */
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
