import { Kafka, logLevel } from 'kafkajs'
import type { Stage } from '../bench/harness/stage.ts'
import { fillCluster } from '../bench/load/fill-cluster.ts'
import type { PayloadTopics } from './requests/by-hand.ts'
import type { Existing } from './requests/sample-values.ts'

/** The test cluster and the names in it. */
export interface PreparedCluster {
  readonly existing: Existing
  readonly payloads: PayloadTopics
}

const LARGE = 800_000
const HUGE = 4_000_000

/** Numbers that a double cannot hold, and quotes to escape: both need a second pass over the text. */
const largeJson = (): string => {
  const item = JSON.stringify({ id: 1, note: 'a "quoted" text\n', values: [1.5, true, null] })
  const items = Array.from(
    { length: Math.floor(LARGE / (item.length + 24)) },
    (_, i) => `{"n":${10n ** 18n + BigInt(i)},"i":${item}}`,
  )
  return `[${items.join(',')}]`
}

const contents = (): Readonly<Record<keyof PayloadTopics, readonly (string | Buffer)[]>> => ({
  json: Array.from({ length: 6 }, largeJson),
  nul: [Buffer.alloc(HUGE)],
  text: ['é"\\\n'.repeat(HUGE / 5)],
  tiny: Array.from({ length: 10_000 }, (_, i) => `${i}`),
})

/** Creates `topics` topics, a few groups, and the topics with expensive messages. */
export const prepareCluster = async (stage: Stage, topics: number): Promise<PreparedCluster> => {
  const { names, groupIds } = await fillCluster(stage, { topics, groups: Math.min(topics, 200), partitions: 1 })
  const kafka = new Kafka({ brokers: stage.brokers.split(','), logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  const producer = kafka.producer()
  await Promise.all([admin.connect(), producer.connect()])
  const payloads = { json: 'worst-json', nul: 'worst-nul', text: 'worst-text', tiny: 'worst-tiny' }
  const configEntries = [{ name: 'max.message.bytes', value: String(2 * HUGE) }]
  const wanted = Object.values(payloads).map(topic => ({
    topic,
    numPartitions: 1,
    replicationFactor: 1,
    configEntries,
  }))
  await admin.createTopics({ topics: wanted, waitForLeaders: true })
  for (const [kind, values] of Object.entries(contents())) {
    // Small messages share a batch: a batch of one message each would hide the cost of a large batch.
    const messages = values.map(value => ({ value }))
    const step = kind === 'tiny' ? messages.length : 1
    for (let at = 0; at < messages.length; at += step) {
      await producer.send({ topic: `worst-${kind}`, messages: messages.slice(at, at + step) })
    }
  }
  await Promise.all([admin.disconnect(), producer.disconnect()])
  const topic = names[0] ?? 'worst-tiny'
  return {
    existing: { topic, groupId: groupIds[0] ?? 'worst', nodeId: Buffer.from(`Topic:${topic}`).toString('base64url') },
    payloads,
  }
}
