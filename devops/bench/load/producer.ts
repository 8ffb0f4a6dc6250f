import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, logLevel, type Message, Partitioners, type Producer } from 'kafkajs'
import { sharedMicros } from './subscriber.ts'
import { makeValues, type ValueKind } from './values.ts'

/** Messages to write at full speed. */
export interface WriteInput {
  readonly topic: string
  readonly partitions: number
  readonly count: number
  readonly kind: ValueKind
  readonly bytes: number
}

/** Messages to write at an even pace. Each value contains its send time. */
export interface PaceInput {
  readonly topic: string
  readonly perSecond: number
  readonly bytes: number
  readonly seconds: number
}

/** 150 messages of 100 bytes make about 16 KB, the default batch size of Kafka's Java producer. */
const BATCH_BYTES = 16_384
const MOST_A_BATCH = 500
const LANES = 4

let producer: Producer | undefined
let stopPacing = false

const connected = (): Producer => {
  if (producer === undefined) throw new Error('the producer is not connected')
  return producer
}

/** The calls of the process that writes to Kafka with KafkaJS. */
export const producerCalls = {
  connect: async ({ brokers }: { readonly brokers: string }) => {
    const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.ERROR })
    producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
    await producer.connect()
  },
  /** Returns when the last message was acknowledged, in shared microseconds. */
  write: async ({ topic, partitions, count, kind, bytes }: WriteInput) => {
    const values = makeValues(kind, bytes)
    const aBatch = Math.max(1, Math.min(MOST_A_BATCH, Math.floor(BATCH_BYTES / (bytes + 10))))
    let next = 0
    const lane = async () => {
      while (next < count) {
        const from = next
        next = Math.min(count, from + aBatch)
        const partition = Math.floor(from / aBatch) % partitions
        const messages: Message[] = []
        for (let i = from; i < next; i++) {
          messages.push({ partition, key: `key-${i % 10_000}`, value: values[i % values.length] ?? '' })
        }
        await connected().send({ topic, acks: -1, messages })
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    return sharedMicros()
  },
  /** Returns how many messages were sent and acknowledged. Ends early when `stopPacing` is called. */
  pace: async ({ topic, perSecond, bytes, seconds }: PaceInput) => {
    stopPacing = false
    const padding = 'x'.repeat(Math.max(0, bytes - 17))
    const failures: string[] = []
    let sent = 0
    let acknowledged = 0
    const started = performance.now()
    const total = Math.round(perSecond * seconds)
    while (sent < total && !stopPacing) {
      // The backlog of a busy machine does not fit into one request.
      const most = sent + MOST_A_BATCH
      const due = Math.min(total, most, Math.floor(((performance.now() - started) / 1000) * perSecond) + 1)
      if (due > sent) {
        const messages = Array.from({ length: due - sent }, () => ({ value: `~${sharedMicros()} ${padding}` }))
        sent = due
        connected()
          .send({ topic, acks: -1, messages })
          .then(
            () => {
              acknowledged += messages.length
            },
            error => failures.push(String(error)),
          )
      }
      await sleep(1)
    }
    const deadline = Date.now() + 10_000
    while (acknowledged < sent && failures.length === 0 && Date.now() < deadline) await sleep(1)
    return { sent, acknowledged, failures: failures.slice(0, 3) }
  },
  stopPacing: () => {
    stopPacing = true
  },
  /** One `send` with one message a call, like an application. Returns each call's milliseconds. */
  sendEach: async ({ topic, concurrency, seconds, bytes }: SendEachInput) => {
    const values = makeValues('letters', bytes)
    const took: number[] = []
    const end = performance.now() + seconds * 1000
    const caller = async (i: number) => {
      for (let n = i; performance.now() < end; n += concurrency) {
        const began = performance.now()
        const message = { key: `key-${n % 10_000}`, value: values[n % values.length] ?? '' }
        await connected().send({ topic, acks: -1, messages: [message] })
        took.push(performance.now() - began)
      }
    }
    await Promise.all(Array.from({ length: concurrency }, (_, i) => caller(i)))
    return took
  },
}

/** Callers that each wait for their message before they send the next one. */
export interface SendEachInput {
  readonly topic: string
  readonly concurrency: number
  readonly seconds: number
  readonly bytes: number
}
