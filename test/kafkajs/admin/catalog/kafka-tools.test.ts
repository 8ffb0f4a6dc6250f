import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TopicName, toTopicName } from '../../../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../../../src/kafkajs/create-kafka.ts'
import { valueIn } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { getOffsets } from '../../../support/console-tools.ts'
import { freshTopicName, sharedKafka } from '../../../support/kafka.ts'
import { kafkaToolOutput, type ToolTarget } from '../../../support/kafka-tools.ts'
import { createTopicByTool, deleteTopicByTool, describeTopic, listTopics } from '../../../support/topic-tool.ts'
import { openKafka } from '../../open-kafka.ts'

const configCommand = 'kafka.admin.ConfigCommand'

let target: ToolTarget
let kafka: KafkaAdapter

beforeAll(async () => {
  target = await sharedKafka()
  kafka = openKafka(target.bootstrapServers)
})

afterAll(() => kafka[Symbol.asyncDispose]())

const fresh = (): TopicName => toTopicName(freshTopicName())

/** A topic id as Kafka's tools print it: base64url of its bytes. */
const asPrinted = (topicId: string): string => Buffer.from(topicId.replaceAll('-', ''), 'hex').toString('base64url')

const newTopic = (name: TopicName) => ({
  name,
  numPartitions: 3,
  replicationFactor: 1,
  replicaAssignments: null,
  configs: [
    { name: 'retention.ms', value: '3600000' },
    { name: 'cleanup.policy', value: 'compact,delete' },
  ],
})

describe("Kafka's own tools read what this adapter writes:", () => {
  it('a topic with its partitions, id and configs', async () => {
    const name = fresh()
    const made = valueIn((await kafka.topicAdmin.createTopics(testCall, [newTopic(name)]))[0])
    const printed = await describeTopic(target, name)
    expect(printed).toMatchObject({
      name,
      topicId: asPrinted(made.topicId ?? ''),
      partitionCount: 3,
      replicationFactor: 1,
      configs: { 'retention.ms': '3600000', 'cleanup.policy': 'compact,delete' },
    })
    const { partitions } = valueIn((await kafka.catalog.describeTopics(testCall, [name]))[0])
    expect(printed.partitions).toEqual(
      partitions.map(({ partition, leader, replicas, isr }) => ({ partition, leader, replicas, isr })),
    )
  })

  it('added partitions, and the deletion of the topic', async () => {
    const name = fresh()
    await kafka.topicAdmin.createTopics(testCall, [newTopic(name)])
    await kafka.topicAdmin.createPartitions(testCall, { topic: name, totalCount: 5, assignments: null })
    expect((await describeTopic(target, name)).partitionCount).toBe(5)
    await kafka.topicAdmin.deleteTopics(testCall, [name])
    expect(await listTopics(target)).not.toContain(name)
  })
})

describe("this adapter reads what Kafka's own tools write:", () => {
  it('a topic and its configs, and its deletion', async () => {
    const name = fresh()
    await createTopicByTool(target, name, { partitions: 2, configs: { 'max.message.bytes': '2000' } })
    const printed = await describeTopic(target, name)
    const described = valueIn((await kafka.catalog.describeTopics(testCall, [name]))[0])
    expect(asPrinted(described.topicId)).toBe(printed.topicId)
    expect(described.partitions).toHaveLength(2)
    const configs = valueIn((await kafka.catalog.describeConfigs(testCall, [{ type: 'TOPIC', name }]))[0])
    expect(configs.find(entry => entry.name === 'max.message.bytes')).toMatchObject({
      value: '2000',
      source: 'DYNAMIC_TOPIC_CONFIG',
    })
    await deleteTopicByTool(target, name)
    await using other = openKafka(target.bootstrapServers)
    expect((await other.catalog.listTopics(testCall)).map(topic => topic.name)).not.toContain(name)
  })

  it('the same topics', async () => {
    const name = fresh()
    await createTopicByTool(target, name)
    await using other = openKafka(target.bootstrapServers)
    const listed = (await other.catalog.listTopics(testCall)).map(topic => topic.name)
    const printed = await listTopics(target)
    expect(listed).toContain(name)
    // Other tests create and delete topics meanwhile, so only topics that both saw are compared.
    expect(listed.filter(topic => printed.includes(topic))).toEqual(
      [...printed].filter(topic => listed.includes(toTopicName(topic))).sort(),
    )
  })
})

describe("this adapter and Kafka's own tools agree", () => {
  it('on the offsets of each partition', async () => {
    const name = fresh()
    await kafka.topicAdmin.createTopics(testCall, [newTopic(name)])
    const brokers = target.bootstrapServers.split(',')
    const producer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer()
    await producer.connect()
    const messages = [0, 1, 1, 2, 2, 2].map(partition => ({ partition, key: 'k', value: 'v' }))
    await producer.send({ topic: name, messages }).finally(() => producer.disconnect())
    const asked = [0, 1, 2].map(partition => ({
      topic: name,
      partition,
      at: 'latest' as const,
      isolationLevel: 'READ_UNCOMMITTED' as const,
    }))
    const offsets = (await kafka.catalog.listOffsets(testCall, asked)).map(outcome => valueIn(outcome).offset)
    expect(new Map(offsets.entries())).toEqual(await getOffsets(target, name))
  })

  it("on a topic's and a broker's configs, with their sources", async () => {
    const name = fresh()
    await kafka.topicAdmin.createTopics(testCall, [newTopic(name)])
    const resources = [
      { type: 'TOPIC', name },
      { type: 'BROKER', name: '1' },
    ] as const
    const outcomes = await kafka.catalog.describeConfigs(testCall, resources, { includeSynonyms: true })
    for (const [index, { type, name: resource }] of resources.entries()) {
      const args = ['--entity-type', `${type.toLowerCase()}s`, '--entity-name', resource, '--describe', '--all']
      const printed = parseConfigs(await kafkaToolOutput(target, configCommand, args))
      const ours = valueIn(outcomes[index]).map(({ name: config, value, isSensitive, synonyms }) => [
        config,
        { value: String(value), isSensitive, synonyms: synonyms.map(({ source, name: at }) => `${source}:${at}`) },
      ])
      expect(Object.fromEntries(ours)).toEqual(printed)
    }
  })
})

interface PrintedConfig {
  readonly value: string
  readonly isSensitive: boolean
  readonly synonyms: readonly string[]
}

/** Reads `  name=value sensitive=false synonyms={SOURCE:name=value, …}` of each line. */
const parseConfigs = (printed: string): Readonly<Record<string, PrintedConfig>> => {
  const lines = [...printed.matchAll(/^ {2}([^=\s]+)=(.*?) sensitive=(true|false) synonyms=\{(.*)\}$/gm)]
  return Object.fromEntries(
    lines.map(([, name = '', value = '', isSensitive, synonyms = '']) => {
      const places = [...synonyms.matchAll(/([A-Z_]+_CONFIG):([\w.]+)=/g)].map(([, source, at]) => `${source}:${at}`)
      return [name, { value, isSensitive: isSensitive === 'true', synonyms: places }]
    }),
  )
}
