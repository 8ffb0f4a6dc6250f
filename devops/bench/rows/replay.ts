import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { alternate, type Sample } from '../harness/alternate.ts'
import { startRole } from '../harness/child.ts'
import { replayMessages, replayStream } from '../harness/documents.ts'
import type { Product } from '../harness/product.ts'
import type { Stage } from '../harness/stage.ts'
import { cpuSeconds, rssMb } from '../harness/usage.ts'
import type { Subscription } from '../load/subscriber.ts'
import type { subscriberCalls } from '../load/subscribers.ts'
import type { kafkajsConsumerCalls } from '../peers/kafkajs-consumer.ts'

const PARTITIONS = 3

/** A topic full of messages, and its sizes. */
export interface Stored {
  readonly topic: string
  readonly count: number
}

/** Fills a topic. */
export const store = async (stage: Stage, count: number, bytes: number): Promise<Stored> => {
  await using producer = await stage.producer()
  const topic = await stage.createTopic(PARTITIONS)
  stage.say(`writing ${count.toLocaleString('en')} messages of ${bytes} bytes`)
  await producer.call('write', { topic, partitions: PARTITIONS, count, kind: 'letters', bytes })
  return { topic, count }
}

/** One subscriber reads everything. The value is messages a second from `subscribe` to the arrival of the last one. */
const readByUs = async (product: Product, { count }: Stored, subscription: Subscription): Promise<Sample> => {
  await using child = await startRole<typeof subscriberCalls>('subscribers')
  await product.child.call('watchStalls')
  const before = cpuSeconds(product.pid)
  const input = { url: product.wsUrl, watching: 'count', subscriptions: [subscription] } as const
  const began = await child.call('subscribe', input)
  const ended = await child.call('waitFor', { more: count, withinMs: 110_000 })
  const cpu = cpuSeconds(product.pid) - before
  const more = { stall: await product.child.call('longestStall') }
  const memory = rssMb(product.pid)
  return { value: (count / (ended - began)) * 1e6, cpuMicros: (cpu / count) * 1e6, rssMb: memory, more }
}

const readByKafkajs = async (stage: Stage, { topic, count }: Stored): Promise<Sample> => {
  await using child = await startRole<typeof kafkajsConsumerCalls>('kafkajs-consumer')
  const before = cpuSeconds(child.pid)
  const ms = await child.call('readAll', { brokers: stage.brokers, topic, count })
  const cpu = cpuSeconds(child.pid) - before
  return { value: (count / ms) * 1000, cpuMicros: (cpu / count) * 1e6, rssMb: rssMb(child.pid) }
}

/** Kafka's own console consumer with its output discarded. The start of Java counts, as it does for its users. */
const readByConsole = async (stage: Stage, { topic, count }: Stored): Promise<Sample> => {
  const tool = 'org.apache.kafka.tools.consumer.ConsoleConsumer'
  const args = ['--bootstrap-server', stage.brokers, '--topic', topic, '--from-beginning', '--max-messages']
  const began = performance.now()
  const child = spawn(stage.kafka.java, ['-Xmx512m', '-cp', stage.kafka.classpath, tool, ...args, String(count)], {
    stdio: 'ignore',
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), 110_000)
  const [code] = await once(child, 'exit')
  clearTimeout(timer)
  if (code !== 0) throw new Error(`the console consumer ended with ${code}`)
  return { value: (count / (performance.now() - began)) * 1000 }
}

/** Each contender reads the stored messages in turn. */
export const replayed = async (stage: Stage, stored: Stored, withConsole: boolean) => {
  await using product = await stage.product()
  const { topic } = stored
  const contenders = {
    stream: () => readByUs(product, stored, replayStream(topic)),
    single: () => (withConsole ? readByConsole(stage, stored) : readByUs(product, stored, replayMessages(topic))),
    eachBatch: () => readByKafkajs(stage, stored),
  }
  return await alternate(contenders, stage.rounds)
}
