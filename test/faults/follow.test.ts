import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOffset } from '../../src/kafka/offset.ts'
import type { LogId } from '../../src/kafka/ports/log-source.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { type OpenSource, openSource } from '../kafkajs/read/fetch/open-source.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName } from '../support/kafka.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { longestSilence, startVerifiableProducer } from '../support/verifiable-producer.ts'

let kafka: LocalKafka
let open: OpenSource

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3 })
  open = await openSource(kafka.bootstrapServers)
})

afterAll(async () => {
  await open?.[Symbol.asyncDispose]()
  await kafka?.close()
})

const leaderOf = async (log: LogId): Promise<number> => {
  const { topics } = await open.admin.fetchTopicMetadata({ topics: [log.topic] })
  return topics[0]?.partitions.find(({ partitionId }) => partitionId === log.partition)?.leader ?? -1
}

const healthy = async (topic: string): Promise<void> => {
  const { topics } = await open.admin.fetchTopicMetadata({ topics: [topic] })
  expect(topics[0]?.partitions.map(({ isr }) => isr.length)).toEqual([3, 3, 3])
}

/** Follows a topic under load through a fault. Every acknowledged message must arrive once, in order. */
const outlives = async (fault: (leader: number) => Promise<void>): Promise<void> => {
  const topic = freshTopicName('fault')
  const logs = await open.createLogs(topic, 3)
  const first = logs[0]
  if (first === undefined) throw new Error('the topic has no partition')
  const delivered = logs.map(() => ({
    messages: new Map<bigint, string>(),
    offsets: [] as bigint[],
    at: [] as number[],
  }))
  const faults: unknown[] = []
  const following = logs.map((log, i) =>
    open.source.follow(log, 'READ_COMMITTED', toOffset(0), {
      onSlice: ({ messages }) => {
        delivered[i]?.at.push(Date.now())
        for (const { offset, value } of messages) {
          delivered[i]?.messages.set(offset, String(value))
          delivered[i]?.offsets.push(offset)
        }
      },
      onFault: told => faults.push(told),
    }),
  )
  await using load = await startVerifiableProducer(kafka, topic, 200)
  await eventually(() => expect(load.acked.length).toBeGreaterThan(200), { within: 30_000 })
  await fault(await leaderOf(first))
  const before = load.acked.length
  await eventually(() => expect(load.acked.length).toBeGreaterThan(before + 400), { within: 60_000 })
  await load.stop()
  await eventually(() => {
    const missing = load.acked.filter(
      ({ partition, offset, value }) => delivered[partition]?.messages.get(offset) !== value,
    )
    expect(missing).toEqual([])
  })
  for (const { offsets } of delivered) expect(offsets).toEqual(offsets.map((_, i) => BigInt(i)))
  expect(faults).toEqual([])
  const silences = delivered.map(({ at }) => longestSilence(at))
  const floor = [0, 1, 2].map(p =>
    longestSilence(load.acked.filter(({ partition }) => partition === p).map(({ at }) => at)),
  )
  console.info(
    `longest silence, ms: cluster ${floor.join(' ')}, follower ${silences.join(' ')}; ${load.acked.length} messages`,
  )
  for (const one of following) one[Symbol.dispose]()
}

describe('following through faults loses, duplicates and reorders nothing', () => {
  it('when a leader is stopped cleanly', async () => {
    await outlives(async leader => {
      await kafka.stopNode(leader)
      await kafka.startNode(leader)
    })
  }, 120_000)

  it('when a leader is killed', async () => {
    await outlives(async leader => {
      await kafka.killNode(leader)
      await sleep(12_000)
      await kafka.startNode(leader)
    })
  }, 120_000)

  it('when a leader is paused for 15 seconds', async () => {
    await outlives(async leader => {
      kafka.pauseNode(leader)
      await sleep(15_000)
      kafka.resumeNode(leader)
    })
  }, 120_000)

  it('when all three are killed and restarted', async () => {
    await outlives(async () => {
      await Promise.all(kafka.nodes.map(({ nodeId }) => kafka.killNode(nodeId)))
      await sleep(5000)
      await Promise.all(kafka.nodes.map(({ nodeId }) => kafka.startNode(nodeId)))
      await eventually(() => healthy('__consumer_offsets').catch(() => {}))
    })
  }, 180_000)
})
