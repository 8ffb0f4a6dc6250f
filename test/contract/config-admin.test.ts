import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConfigResource } from '../../src/kafka/cluster.ts'
import type { AlterConfigOp } from '../../src/kafka/ports/config-admin.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { freshTopicName } from '../support/kafka.ts'
import { codesOf, valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

const set = (name: string, value: string): AlterConfigOp => ({ op: 'SET', name, value })
const three = [
  { name: 'cleanup.policy', value: 'compact' },
  { name: 'max.message.bytes', value: '2000' },
  { name: 'retention.ms', value: '1000' },
]

describe.each(implementations)('config admin of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  const freshTopic = async (configs: readonly { name: string; value: string }[] = three): Promise<ConfigResource> => {
    const name = toTopicName(freshTopicName())
    const wanted = { name, numPartitions: 1, replicationFactor: 1, replicaAssignments: null, configs }
    return { type: 'TOPIC', name: valueIn((await ports.topicAdmin.createTopics(testCall, [wanted]))[0]).name }
  }
  const alter = (resource: ConfigResource, ops: readonly AlterConfigOp[], validateOnly = false) =>
    ports.configAdmin.incrementalAlterConfigs(testCall, resource, ops, { validateOnly })
  const overridesOf = async (resource: ConfigResource) => {
    const entries = valueIn((await ports.catalog.describeConfigs(testCall, [resource]))[0])
    const own = entries.filter(({ source }) => source === 'DYNAMIC_TOPIC_CONFIG')
    return Object.fromEntries(own.map(({ name, value }) => [name, value]))
  }

  it('changes only the named configs; a read shows the change at once', async () => {
    const topic = await freshTopic()
    expect(await alter(topic, [set('retention.ms', '2000')])).toEqual(topic)
    expect(await overridesOf(topic)).toEqual({
      'cleanup.policy': 'compact',
      'max.message.bytes': '2000',
      'retention.ms': '2000',
    })
  })

  it('resets a config, appends to lists and removes from them, all in one change', async () => {
    const topic = await freshTopic()
    await alter(topic, [
      { op: 'DELETE', name: 'retention.ms', value: null },
      { op: 'APPEND', name: 'cleanup.policy', value: 'delete' },
      set('min.insync.replicas', '2'),
    ])
    const appended = { 'cleanup.policy': 'compact,delete', 'max.message.bytes': '2000', 'min.insync.replicas': '2' }
    expect(await overridesOf(topic)).toEqual(appended)
    await alter(topic, [{ op: 'SUBTRACT', name: 'cleanup.policy', value: 'compact' }])
    expect(await overridesOf(topic)).toEqual({ ...appended, 'cleanup.policy': 'delete' })
  })

  it('changes nothing with validateOnly, but still finds errors', async () => {
    const topic = await freshTopic()
    const before = await overridesOf(topic)
    expect(await alter(topic, [set('retention.ms', '9')], true)).toEqual(topic)
    expect(codesOf([await alter(topic, [set('retention.ms', 'soon')], true)])).toEqual(['INVALID_CONFIG'])
    expect(await overridesOf(topic)).toEqual(before)
  })

  it('is atomic: one bad op refuses the others', async () => {
    const topic = await freshTopic()
    const before = await overridesOf(topic)
    const outcomes = [
      await alter(topic, [set('retention.ms', '5'), set('no.such.config', 'x')]),
      await alter(topic, [set('retention.ms', '5'), set('max.message.bytes', 'many')]),
      await alter(topic, [set('retention.ms', '5'), set('retention.ms', '6')]),
      await alter(topic, [set('retention.ms', '5'), { op: 'APPEND', name: 'max.message.bytes', value: '1' }]),
      await alter(topic, [set('retention.ms', '5'), { op: 'SET', name: 'max.message.bytes', value: null }]),
    ]
    expect(codesOf(outcomes)).toEqual([
      'INVALID_CONFIG',
      'INVALID_CONFIG',
      'INVALID_REQUEST',
      'INVALID_CONFIG',
      'INVALID_REQUEST',
    ])
    expect(await overridesOf(topic)).toEqual(before)
  })

  it('reports a missing topic', async () => {
    const missing = { type: 'TOPIC', name: freshTopicName() } as const
    const outcome = await alter(missing, [set('retention.ms', '1')])
    expect(codesOf([outcome])).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
  })
})
