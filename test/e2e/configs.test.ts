import { logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConfigResource } from '../../src/kafka/cluster.ts'
import { wireConfigResource } from '../../src/kafkajs/requests/configs/config-resource.ts'
import { describeConfigsRequest } from '../../src/kafkajs/requests/configs/describe-configs.ts'
import { ClusterMap } from '../../src/kafkajs/transport/cluster-map.ts'
import { openDoor } from '../../src/kafkajs/transport/kafkajs/door.ts'
import { Links } from '../../src/kafkajs/transport/links.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { type AlterConfigOpInput, AlterConfigsDocument } from '../generated/operations.ts'
import { testLimits } from '../kafkajs/open-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { alterConfigsByTool, describeConfigsByTool } from '../support/config-tool.ts'
import { eventually } from '../support/eventually.ts'
import { commitOffsets } from '../support/groups.ts'
import { freshTopicName } from '../support/kafka.ts'
import { ownKafka } from '../support/local-kafka.ts'

let kafka: LocalKafka
let app: TestApp

// Settings of brokers are changed: a Kafka of its own, of three brokers that hear of changes one by one.
beforeAll(async () => {
  kafka = await ownKafka({ nodes: 3 })
  app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.[Symbol.asyncDispose]()
})

const set = (name: string, value: string): AlterConfigOpInput => ({ op: 'SET', name, value })
const remove = (name: string): AlterConfigOpInput => ({ op: 'DELETE', name })

const alter = async (resource: ConfigResource, ops: AlterConfigOpInput[], validateOnly = false) =>
  (await app.dataOf(AlterConfigsDocument, { resource, ops, validateOnly })).incrementalAlterConfigs

interface Entry {
  readonly name: string
  readonly value: string | null
  readonly source: string
}

const configs = async (resource: ConfigResource, names: readonly string[] | null = null) => {
  const document = `query ($resource: ConfigResourceInput!, $names: [String!]) {
    configs(resource: $resource, names: $names) { name value source isSensitive } }`
  return (await app.dataOf<{ configs: readonly Entry[] }>(document, { resource, names })).configs
}

const topicOf = async (overrides: Readonly<Record<string, string>> = {}): Promise<ConfigResource> => {
  const entries = Object.entries(overrides).map(([name, value]) => ({ name, value }))
  return { type: 'TOPIC', name: await app.freshTopic({ replicationFactor: 3, configs: entries }) }
}

describe('configs of a topic', () => {
  test('of three overrides one is altered: the others stay, by the eyes of kafka-configs', async () => {
    const topic = await topicOf()
    const three = { 'retention.ms': '1000', 'cleanup.policy': 'compact,delete', 'max.message.bytes': '2000' }
    await alterConfigsByTool(app.kafka, topic, three)
    const altered = await alter(topic, [set('retention.ms', '7200000')])
    expect(altered).toEqual({
      errors: [],
      configs: [{ name: 'retention.ms', value: '7200000', source: 'DYNAMIC_TOPIC_CONFIG', isDefault: false }],
    })
    expect(await describeConfigsByTool(app.kafka, topic)).toEqual({ ...three, 'retention.ms': '7200000' })
  })

  test('every op, in one change; what kafka-configs deletes, reading shows', async () => {
    const topic = await topicOf({ 'retention.ms': '1000', 'cleanup.policy': 'delete', 'segment.ms': '60000' })
    const altered = await alter(topic, [
      remove('retention.ms'),
      { op: 'APPEND', name: 'cleanup.policy', value: 'compact' },
      set('min.insync.replicas', '2'),
      { op: 'SUBTRACT', name: 'leader.replication.throttled.replicas', value: '0:1' },
    ])
    expect(altered.errors).toEqual([])
    expect(altered.configs?.map(({ name, value, isDefault }) => ({ name, value, isDefault }))).toEqual([
      { name: 'retention.ms', value: '604800000', isDefault: true },
      { name: 'cleanup.policy', value: 'delete,compact', isDefault: false },
      { name: 'min.insync.replicas', value: '2', isDefault: false },
      { name: 'leader.replication.throttled.replicas', value: '', isDefault: false },
    ])
    await alterConfigsByTool(app.kafka, topic, {}, ['min.insync.replicas', 'segment.ms'])
    await eventually(async () => {
      const own = (await configs(topic)).filter(({ source }) => source === 'DYNAMIC_TOPIC_CONFIG')
      expect(own.map(({ name }) => name)).toEqual(['cleanup.policy', 'leader.replication.throttled.replicas'])
    })
  })

  test('with validateOnly, what would hold is told and nothing changes', async () => {
    const topic = await topicOf({ 'max.message.bytes': '1000', 'cleanup.policy': 'delete' })
    const ops: AlterConfigOpInput[] = [
      remove('max.message.bytes'),
      { op: 'APPEND', name: 'cleanup.policy', value: 'compact' },
      set('segment.ms', '60000'),
    ]
    const planned = await alter(topic, ops, true)
    expect(planned.errors).toEqual([])
    expect((await configs(topic)).filter(({ source }) => source === 'DYNAMIC_TOPIC_CONFIG')).toHaveLength(2)
    expect(await alter(topic, ops)).toEqual(planned)
  })

  test('what Kafka refuses is told in its words, at the op that is at fault, and nothing changes', async () => {
    const topic = await topicOf({ 'retention.ms': '1000' })
    const document = `mutation ($resource: ConfigResourceInput!, $ops: [AlterConfigOpInput!]!) {
      incrementalAlterConfigs(resource: $resource, ops: $ops) { configs { name } errors { code message path } } }`
    const refused = async (ops: AlterConfigOpInput[], resource = topic) => {
      interface Refusals {
        readonly incrementalAlterConfigs: {
          readonly configs: readonly unknown[] | null
          readonly errors: readonly { code: string; message: string; path: readonly string[] | null }[]
        }
      }
      const { incrementalAlterConfigs: answer } = await app.dataOf<Refusals>(document, { resource, ops })
      expect(answer.configs).toEqual([])
      return answer.errors
    }
    expect(await refused([set('segment.ms', '60000'), set('retention.ms', 'soon')])).toEqual([
      {
        code: 'INVALID_CONFIG',
        message: 'Invalid value soon for configuration retention.ms: Not a number of type LONG',
        path: ['ops', '1'],
      },
    ])
    expect(await refused([set('no.such.config', '1')])).toMatchObject([{ code: 'INVALID_CONFIG', path: ['ops', '0'] }])
    expect(await refused([set('retention.ms', '1'), set('retention.ms', '2')])).toMatchObject([
      { code: 'INVALID_REQUEST', path: ['ops', '0'] },
      { code: 'INVALID_REQUEST', path: ['ops', '1'] },
    ])
    const missing = { type: 'TOPIC', name: freshTopicName() } as const
    expect(await refused([set('retention.ms', '1')], missing)).toMatchObject([
      { code: 'UNKNOWN_TOPIC_OR_PARTITION', path: ['resource'] },
    ])
    expect(await describeConfigsByTool(app.kafka, topic)).toEqual({ 'retention.ms': '1000' })
  })

  test('every broker shows a change as soon as it is answered', async () => {
    const topic = await topicOf()
    const brokers = kafka.bootstrapServers.split(',')
    const links = new Links(openDoor({ brokers, logLevel: logLevel.NOTHING }), testLimits.links)
    await using cluster = new ClusterMap(links, brokers, testLimits.clusterMap)
    await cluster.refresh()
    expect(cluster.nodeIds).toHaveLength(3)
    const selection = { names: ['retention.ms'], synonyms: false, documentation: false }
    const ask = () => describeConfigsRequest([wireConfigResource(topic)], selection)
    for (let value = 1000; value < 1015; value++) {
      await alter(topic, [set('retention.ms', String(value))])
      const answers = await Promise.all(cluster.nodeIds.map(nodeId => cluster.askNode(nodeId, ask)))
      expect(answers.map(([one]) => one?.configs[0]?.value)).toEqual(answers.map(() => String(value)))
    }
  })
})

describe('configs of brokers', () => {
  const brokerConfig = async (name: string) => {
    const document = `query ($names: [String!]) { cluster { brokers { nodeId configs(names: $names) { value source } } } }`
    interface Brokers {
      readonly cluster: { readonly brokers: readonly { readonly configs: readonly Omit<Entry, 'name'>[] }[] }
    }
    const { cluster } = await app.dataOf<Brokers>(document, { names: [name] })
    return cluster.brokers.map(({ configs: [entry] }) => entry)
  }

  test('one broker, and the default of all: each as the brokers themselves and kafka-configs see it', async () => {
    const name = 'log.cleaner.backoff.ms'
    const second = { type: 'BROKER', name: '2' } as const
    const all = { type: 'BROKER', name: '' } as const
    const byDefault = { value: '15000', source: 'DEFAULT_CONFIG' }
    expect((await alter(second, [set('background.threads', '11')])).errors).toEqual([])
    expect((await brokerConfig('background.threads')).map(one => one?.source)).toEqual([
      'DEFAULT_CONFIG',
      'DYNAMIC_BROKER_CONFIG',
      'DEFAULT_CONFIG',
    ])
    expect(await alter(all, [set(name, '14000')])).toEqual({
      errors: [],
      configs: [{ name, value: '14000', source: 'DYNAMIC_DEFAULT_BROKER_CONFIG', isDefault: false }],
    })
    const everywhere = { value: '14000', source: 'DYNAMIC_DEFAULT_BROKER_CONFIG' }
    expect(await brokerConfig(name)).toEqual([everywhere, everywhere, everywhere])
    expect(await describeConfigsByTool(app.kafka, all)).toMatchObject({ [name]: '14000' })
    expect(await describeConfigsByTool(app.kafka, second)).toMatchObject({ 'background.threads': '11' })

    expect(await alter(all, [remove(name)])).toEqual({ errors: [], configs: [] })
    expect(await brokerConfig(name)).toEqual([byDefault, byDefault, byDefault])
    expect((await alter(second, [remove('background.threads')])).configs).toMatchObject([{ isDefault: true }])
  })

  test('secrets are never told, and what only a restart changes is refused in Kafka’s words', async () => {
    const second = { type: 'BROKER', name: '2' } as const
    const name = 'listener.name.nowhere.ssl.keystore.password'
    const altered = await app.ask(AlterConfigsDocument, { resource: second, ops: [set(name, 'hush-hush')] })
    expect(JSON.stringify(altered)).not.toContain('hush-hush')
    expect(altered.data?.incrementalAlterConfigs).toMatchObject({ errors: [], configs: [{ name, value: null }] })
    const planned = await alter(second, [set(name, 'hush-again')], true)
    expect(planned.configs).toMatchObject([{ name, value: null }])
    await alter(second, [remove(name)])
    const readOnly = await alter(second, [set('log.dirs', '/elsewhere')])
    expect(readOnly.errors).toMatchObject([{ code: 'INVALID_REQUEST' }])
    expect(readOnly.errors[0]?.message).toContain('log.dirs')
  })

  test('levels of loggers, of one broker only', async () => {
    const logger = 'kafka.server.ReplicaManager'
    const second = { type: 'BROKER_LOGGER', name: '2' } as const
    const levels = async () => {
      const document = `query ($names: [String!]) { cluster { brokers { loggers(names: $names) { value } } } }`
      interface Loggers {
        readonly cluster: { readonly brokers: readonly { readonly loggers: readonly { value: string }[] }[] }
      }
      const { cluster } = await app.dataOf<Loggers>(document, { names: [logger] })
      return cluster.brokers.map(({ loggers: [one] }) => one?.value)
    }
    const [before] = await levels()
    expect((await alter(second, [set(logger, 'FATAL')])).configs).toMatchObject([{ name: logger, value: 'FATAL' }])
    expect(await levels()).toEqual([before, 'FATAL', before])
    expect(await describeConfigsByTool(app.kafka, second)).toMatchObject({ [logger]: 'FATAL' })
    expect((await alter(second, [set(logger, 'LOUD')])).errors).toMatchObject([{ code: 'INVALID_CONFIG' }])
    expect((await alter(second, [remove(logger)])).errors).toEqual([])
  })

  test('a broker that is not there, or is no broker', async () => {
    const ops = [set('background.threads', '11')]
    expect((await alter({ type: 'BROKER', name: '77' }, ops)).errors).toMatchObject([{ code: 'BROKER_NOT_AVAILABLE' }])
    expect((await alter({ type: 'BROKER', name: 'one' }, ops)).errors).toMatchObject([{ code: 'INVALID_REQUEST' }])
    expect((await alter({ type: 'BROKER_LOGGER', name: '' }, ops)).errors).toMatchObject([{ code: 'INVALID_REQUEST' }])
  })
})

describe('configs of groups and client metrics', () => {
  test('are those that kafka-configs tells, and what it sets is read', async () => {
    const group = { type: 'GROUP', name: freshTopicName('group') } as const
    const metrics = { type: 'CLIENT_METRICS', name: freshTopicName('metrics') } as const
    await alterConfigsByTool(app.kafka, group, { 'consumer.heartbeat.interval.ms': '6000' })
    expect(await configs(group, ['consumer.heartbeat.interval.ms'])).toMatchObject([{ value: '6000' }])
    expect(await alter(group, [set('consumer.session.timeout.ms', '50000')])).toEqual({
      errors: [],
      configs: [
        { name: 'consumer.session.timeout.ms', value: '50000', source: 'DYNAMIC_GROUP_CONFIG', isDefault: false },
      ],
    })
    expect(
      (await alter(metrics, [set('interval.ms', '60000'), set('metrics', 'org.apache.kafka.producer.')])).errors,
    ).toEqual([])
    expect(await describeConfigsByTool(app.kafka, group)).toMatchObject({ 'consumer.session.timeout.ms': '50000' })
    expect(await describeConfigsByTool(app.kafka, metrics)).toMatchObject({ 'interval.ms': '60000' })
    expect((await alter(group, [remove('consumer.session.timeout.ms')])).configs).toMatchObject([{ value: '45000' }])
    expect((await alter(group, [set('consumer.session.timeout.ms', 'long')])).errors).toMatchObject([
      { code: 'INVALID_CONFIG' },
    ])
    await commitOffsets(app.kafka, group.name, { [await app.freshTopic()]: [0n] })
    const ofGroup = '{ configs(names: ["consumer.session.timeout.ms"]) { value source } }'
    expect(await app.dataOf(`{ consumerGroup(groupId: "${group.name}") ${ofGroup} }`)).toEqual({
      consumerGroup: { configs: [{ value: '45000', source: 'DEFAULT_CONFIG' }] },
    })
    const listed = await app.dataOf<Record<'groups' | 'metrics', { readonly nodes: readonly unknown[] }>>(`{
      groups: configResources(type: GROUP) { nodes { name } }
      metrics: configResources(type: CLIENT_METRICS) { nodes { name } }
    }`)
    expect(listed).toEqual({ groups: { nodes: [{ name: group.name }] }, metrics: { nodes: [{ name: metrics.name }] } })
    expect((await alter(metrics, [remove('interval.ms'), remove('metrics')])).errors).toEqual([])
  })
})
