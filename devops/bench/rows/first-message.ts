import type { Sample } from '../harness/alternate.ts'
import { startRole } from '../harness/child.ts'
import { messages } from '../harness/documents.ts'
import { line } from '../harness/line.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { cpuSeconds, rssMb } from '../harness/usage.ts'
import type { subscriberCalls } from '../load/subscribers.ts'
import type { kafkajsConsumerCalls } from '../peers/kafkajs-consumer.ts'

const OURS = 20
const THEIRS = 5
/** A message every 2 ms, so that one is written right after the subscription starts, at any time. */
const PER_SECOND = 500

/** Measures while messages are written to a fresh topic. */
const whileWriting = async (
  topic: string,
  producer: Awaited<ReturnType<Stage['producer']>>,
  measure: () => Promise<Sample>,
): Promise<Sample> => {
  const pacing = producer.call('pace', { topic, perSecond: PER_SECOND, bytes: 100, seconds: 60 })
  try {
    return await measure()
  } finally {
    await producer.call('stopPacing')
    await pacing
  }
}

const measure = async (stage: Stage) => {
  await using producer = await stage.producer()
  await using product = await stage.product()
  await using bare = await startRole<typeof kafkajsConsumerCalls>('kafkajs-consumer')
  const ourFirst = async (topic: string): Promise<Sample> => {
    await using child = await startRole<typeof subscriberCalls>('subscribers')
    const before = cpuSeconds(product.pid)
    const input = { url: product.wsUrl, watching: 'count', subscriptions: [messages(topic)] } as const
    const began = await child.call('subscribe', input)
    const first = await child.call('firstAt')
    const cpuMicros = (cpuSeconds(product.pid) - before) * 1e6
    return { value: (first - began) / 1000, cpuMicros, rssMb: rssMb(product.pid) }
  }
  const theirFirst = async (topic: string): Promise<Sample> => {
    const before = cpuSeconds(bare.pid)
    const value = await bare.call('firstMessage', { brokers: stage.brokers, topic })
    return { value, cpuMicros: (cpuSeconds(bare.pid) - before) * 1e6, rssMb: rssMb(bare.pid) }
  }
  const ours: Sample[] = []
  const theirs: Sample[] = []
  for (let i = 0; i <= stage.sized(OURS); i++) {
    const topic = await stage.createTopic(1)
    const sample = await whileWriting(topic, producer, () => ourFirst(topic))
    if (i > 0) ours.push(sample)
    if (i % Math.max(1, Math.round(stage.sized(OURS) / THEIRS)) !== 0) continue
    const theirTopic = await stage.createTopic(1)
    theirs.push(await whileWriting(theirTopic, producer, () => theirFirst(theirTopic)))
  }
  return { ours, theirs }
}

/** How long a fresh subscriber waits for its first message. */
export const firstMessage: Row = {
  name: 'first-message',
  about: 'from subscribe to the first message of a topic that is being written, against a fresh KafkaJS group',
  run: async stage => {
    const { ours, theirs } = await measure(stage)
    return [
      line({
        row: 'first-message',
        what: 'subscribe to first message, a topic without earlier subscribers',
        unit: 'ms',
        ours,
        others: [['KafkaJS consumer group', theirs]],
        aim: { text: '≤ 20 ms', isMet: figures => figures.ours <= 20 },
        notes: ['a message every 2 ms; KafkaJS is already connected; CPU is for the whole subscription'],
      }),
    ]
  },
}
