import { expect, test } from 'vitest'
import { eventually } from './eventually.ts'
import { freshTopicName, sharedKafka } from './kafka.ts'
import { createTopicByTool, deleteTopicByTool, describeTopic, listTopics, parseDescription } from './topic-tool.ts'

test("the run's Kafka answers Kafka's own tools", async () => {
  const kafka = await sharedKafka()
  expect((await sharedKafka()).bootstrapServers).toBe(kafka.bootstrapServers)
  const topic = freshTopicName()
  await createTopicByTool(kafka, topic, { partitions: 3, configs: { 'retention.ms': '60000' } })
  const described = await describeTopic(kafka, topic)
  expect(described).toMatchObject({ name: topic, partitionCount: 3, configs: { 'retention.ms': '60000' } })
  await deleteTopicByTool(kafka, topic)
  expect(await listTopics(kafka)).not.toContain(topic)
})

test('a partition without a leader and a config with commas are read as printed', () => {
  const described = parseDescription(
    'Topic: t\tTopicId: abc\tPartitionCount: 1\tReplicationFactor: 2\tConfigs: cleanup.policy=compact,delete,retention.ms=1\n' +
      '\tTopic: t\tPartition: 0\tLeader: none\tReplicas: 1,2\tIsr: \tElr: 1\tLastKnownElr: \n',
  )
  expect(described.configs).toEqual({ 'cleanup.policy': 'compact,delete', 'retention.ms': '1' })
  expect(described.partitions).toEqual([{ partition: 0, leader: undefined, replicas: [1, 2], isr: [] }])
})

test('eventually returns the first success, and throws the last failure after its deadline', async () => {
  let looks = 0
  const third = () => {
    looks += 1
    if (looks < 3) throw new Error(`look ${looks}`)
    return looks
  }
  expect(await eventually(third, { every: 1 })).toBe(3)
  const never = () => expect(1).toBe(2)
  await expect(eventually(never, { within: 20, every: 1 })).rejects.toThrow('not within 20 ms')
})
