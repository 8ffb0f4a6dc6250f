import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { freshTopicName } from '../support/kafka.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { graphqlWs } from '../support/subscribe.ts'

let kafka: LocalKafka
let app: TestApp

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3 })
  app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
})

const STREAM = `subscription ($topic: String!, $after: Cursor, $from: MessagePosition) {
  messageStream(input: { topics: [$topic], after: $after, from: $from }) {
    __typename
    ... on MessageBatch { messages { offset value { string } } }
    ... on StreamGap { fromOffset toOffset reason }
  }
}`
const SINGLE = `subscription ($topic: String!, $after: Cursor) {
  messages(topic: $topic, after: $after, from: { earliest: true }) { offset cursor }
}`

interface StreamAnswer {
  readonly messageStream: {
    readonly __typename: string
    readonly messages?: readonly { readonly offset: string; readonly value: { readonly string: string } }[]
    readonly fromOffset?: string
    readonly toOffset?: string
    readonly reason?: string
  }
}
interface SingleAnswer {
  readonly messages: { readonly offset: string; readonly cursor: string }
}

const TRUNCATED = { __typename: 'StreamGap', fromOffset: '40', toOffset: '20', reason: 'UNCLEAN_LEADER_ELECTION' }
const isGap = ({ messageStream }: StreamAnswer) => messageStream.__typename === 'StreamGap'

/** A topic on two nodes. The second becomes leader after an unclean election. */
const createTopic = async (leader: number, follower: number): Promise<string> => {
  const topic = freshTopicName('truncated')
  const admin = new Kafka({ brokers: kafka.bootstrapServers.split(','), logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  await admin.createTopics({
    waitForLeaders: false,
    topics: [
      {
        topic,
        replicaAssignment: [{ partition: 0, replicas: [leader, follower] }],
        configEntries: [
          { name: 'unclean.leader.election.enable', value: 'true' },
          { name: 'min.insync.replicas', value: '1' },
        ],
      },
    ],
  })
  await admin.disconnect()
  return topic
}

const PARTITION = `query ($name: String!) { topic(name: $name) { partitions { leader { nodeId } isr { brokerId } } } }`

interface PartitionAnswer {
  readonly topic: {
    readonly partitions: readonly {
      readonly leader: { readonly nodeId: number } | null
      readonly isr: readonly { readonly brokerId: number }[]
    }[]
  }
}

const untilLed = (name: string, leader: number, isr: readonly number[]) =>
  eventually(
    async () => {
      const { topic } = await app.dataOf<PartitionAnswer>(PARTITION, { name })
      const [partition] = topic.partitions
      expect(partition?.leader?.nodeId).toBe(leader)
      expect(partition?.isr.map(({ brokerId }) => brokerId).sort()).toEqual([...isr].sort())
    },
    { within: 60_000 },
  )

test('a log that loses messages in an unclean election: running and resuming subscribers get a report', async () => {
  const [leader = 1, follower = 2] = kafka.nodes.map(({ nodeId }) => nodeId)
  const topic = await createTopic(leader, follower)
  const write = (count: number, name: string) =>
    eventually(
      () => app.produce({ topic, messages: Array.from({ length: count }, () => ({ value: { string: name } })) }),
      { within: 30_000 },
    )
  await untilLed(topic, leader, [leader, follower])
  await write(20, 'kept')
  await kafka.killNode(follower)
  await untilLed(topic, leader, [leader])
  await write(20, 'lost')

  await using client = graphqlWs(app)
  using live = client.subscribe<StreamAnswer>(STREAM, { topic, from: { earliest: true } })
  using single = client.subscribe<SingleAnswer>(SINGLE, { topic })
  await live.until(({ messageStream }) => messageStream.messages?.at(-1)?.offset === '39')
  const cursor = (await single.until(({ messages }) => messages.offset === '39')).at(-1)?.messages.cursor
  await kafka.killNode(leader)
  await kafka.startNode(follower)
  await untilLed(topic, follower, [follower])
  await write(10, 'new')

  const toldLive = (await live.until(isGap)).at(-1)
  expect(toldLive?.messageStream).toMatchObject(TRUNCATED)
  const afterGap = await live.until(({ messageStream }) => messageStream.messages?.at(-1)?.offset === '29')
  expect(
    new Set(afterGap.flatMap(({ messageStream }) => messageStream.messages?.map(one => one.value.string))),
  ).toEqual(new Set(['new']))
  expect((await single.failure()).extensions).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', fromOffset: '40' })

  const comesBack = async () => {
    await using other = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
    for (const each of [app, other]) {
      await using back = graphqlWs(each)
      using resumed = back.subscribe<StreamAnswer>(STREAM, { topic, after: cursor })
      expect((await resumed.until(isGap)).at(-1)?.messageStream).toMatchObject(TRUNCATED)
      using failing = back.subscribe<SingleAnswer>(SINGLE, { topic, after: cursor })
      expect((await failing.failure()).extensions).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', fromOffset: '40' })
    }
  }
  await comesBack()
  await write(30, 'newer')
  await comesBack()
}, 240_000)
