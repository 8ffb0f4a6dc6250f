import { alternate, type Sample } from '../harness/alternate.ts'
import { startRole } from '../harness/child.ts'
import { messages } from '../harness/documents.ts'
import { line } from '../harness/line.ts'
import { gather } from '../harness/live.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { percentile } from '../harness/statistics.ts'
import { cpuSeconds, rssMb } from '../harness/usage.ts'
import type { kafkajsConsumerCalls } from '../peers/kafkajs-consumer.ts'

const PER_SECOND = 1000
const SECONDS = 8

interface Follower {
  readonly pid: number
  readonly topic: string
  take(): Promise<readonly number[]>
}

const measure = async (stage: Stage) => {
  await using producer = await stage.producer()
  await using product = await stage.product()
  const [ourTopic, bareTopic] = [await stage.createTopic(1), await stage.createTopic(1)]
  await using ours = await gather(producer, {
    url: product.wsUrl,
    serverPid: product.pid,
    topic: ourTopic,
    subscriptions: [messages(ourTopic)],
    watching: 'latency',
  })
  await using bare = await startRole<typeof kafkajsConsumerCalls>('kafkajs-consumer')
  await bare.call('follow', { brokers: stage.brokers, topic: bareTopic })
  const seconds = stage.sized(SECONDS)
  const measured = async ({ pid, topic, take }: Follower): Promise<Sample> => {
    await take()
    const before = cpuSeconds(pid)
    const { sent, failures } = await producer.call('pace', { topic, perSecond: PER_SECOND, bytes: 100, seconds })
    if (failures.length > 0) throw new Error(`the load could not be written: ${failures[0]}`)
    const took: number[] = []
    for (const deadline = Date.now() + 5000; took.length < sent && Date.now() < deadline; ) took.push(...(await take()))
    const cpu = cpuSeconds(pid) - before
    const ms = took.map(micros => micros / 1000)
    const more = { p99: percentile(ms, 0.99), lost: sent - took.length }
    return { value: percentile(ms, 0.5), cpuMicros: (cpu / sent) * 1e6, rssMb: rssMb(pid), more }
  }
  const followers = {
    ours: { pid: product.pid, topic: ourTopic, take: () => ours.child.call('takeLatencies') },
    bare: { pid: bare.pid, topic: bareTopic, take: () => bare.call('takeLatencies') },
  }
  return await alternate({ ours: () => measured(followers.ours), bare: () => measured(followers.bare) }, stage.rounds)
}

/** Latency from one application's send to another's receipt. */
export const latency: Row = {
  name: 'latency',
  about: 'produce to delivery at 1,000 messages/s, p50 and p99, against a bare KafkaJS consumer at the same load',
  run: async stage => {
    const { ours, bare } = await measure(stage)
    const what = 'produce to delivery at 1,000 messages/s'
    const shared = { row: 'latency', unit: 'ms', ours, others: [['KafkaJS consumer', bare]], as: 'difference' } as const
    const lost = Math.max(...ours.map(({ more }) => more?.lost ?? 0))
    const within = (limit: number) => ({
      text: `within ${limit} ms of KafkaJS`,
      isMet: ({ compared }: { compared: number }) => compared <= limit,
    })
    return [
      line({ ...shared, what: `${what}, p50`, aim: within(3), notes: lost > 0 ? [`${lost} messages lost`] : [] }),
      line({ ...shared, what: `${what}, p99`, figure: 'p99', aim: within(15) }),
    ]
  },
}
