import { expect, it } from 'vitest'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../../../src/kafkajs/create-kafka.ts'
import { codesOf } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { freshTopicName, oldestKafka, sharedKafka } from '../../../support/kafka.ts'
import { openKafka } from '../../open-kafka.ts'

const set = (name: string, value: string) => ({ op: 'SET', name, value }) as const
const remove = (name: string) => ({ op: 'DELETE', name, value: null }) as const

/** Creates a client metrics subscription, runs `look`, and deletes it. */
const withMetrics = async (kafka: KafkaAdapter, look: (name: string) => Promise<void>): Promise<void> => {
  const metrics = { type: 'CLIENT_METRICS', name: freshTopicName('metrics') } as const
  expect(await kafka.configAdmin.incrementalAlterConfigs(testCall, metrics, [set('interval.ms', '60000')])).toEqual(
    metrics,
  )
  await look(metrics.name).finally(() =>
    kafka.configAdmin.incrementalAlterConfigs(testCall, metrics, [remove('interval.ms')]),
  )
}

it('lists resources with configs', async () => {
  const { bootstrapServers } = await sharedKafka()
  await using kafka = openKafka(bootstrapServers)
  const name = toTopicName(freshTopicName())
  const wanted = { name, numPartitions: 1, replicationFactor: 1, replicaAssignments: null, configs: [] }
  await kafka.topicAdmin.createTopics(testCall, [wanted])
  expect(await kafka.configAdmin.listConfigResources(testCall, 'BROKER')).toEqual([{ type: 'BROKER', name: '1' }])
  expect(await kafka.configAdmin.listConfigResources(testCall, 'TOPIC')).toContainEqual({ type: 'TOPIC', name })
  await withMetrics(kafka, async metrics => {
    const listed = await kafka.configAdmin.listConfigResources(testCall, 'CLIENT_METRICS')
    expect(listed).toContainEqual({ type: 'CLIENT_METRICS', name: metrics })
  })
})

it('lists client metrics on the oldest Kafka, which can list nothing else', async () => {
  const { bootstrapServers } = await oldestKafka()
  await using kafka = openKafka(bootstrapServers)
  await expect(kafka.configAdmin.listConfigResources(testCall, 'GROUP')).rejects.toMatchObject({
    code: 'UNSUPPORTED_VERSION',
  })
  await withMetrics(kafka, async metrics => {
    const listed = await kafka.configAdmin.listConfigResources(testCall, 'CLIENT_METRICS')
    expect(listed).toContainEqual({ type: 'CLIENT_METRICS', name: metrics })
  })
})

it('reads broker defaults and loggers on the oldest Kafka, which does not support configs of groups', async () => {
  const { bootstrapServers } = await oldestKafka()
  await using kafka = openKafka(bootstrapServers)
  const logger = { type: 'BROKER_LOGGER', name: '1' } as const
  const [loggers] = await kafka.catalog.describeConfigs(testCall, [logger])
  expect(loggers).toContainEqual(expect.objectContaining({ name: 'kafka.server.ReplicaManager' }))
  expect(await kafka.catalog.describeConfigs(testCall, [{ type: 'BROKER', name: '' }])).toEqual([[]])
  const group = { type: 'GROUP', name: 'some-group' } as const
  const session = set('consumer.session.timeout.ms', '50000')
  expect(codesOf(await kafka.catalog.describeConfigs(testCall, [group]))).toEqual(['UNSUPPORTED_VERSION'])
  expect(codesOf([await kafka.configAdmin.incrementalAlterConfigs(testCall, group, [session])])).toEqual([
    'UNSUPPORTED_VERSION',
  ])
})
