import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandLineOf } from '../../src/local-kafka/data-folder/process-identity.ts'
import type { LocalKafkaOptions, LocalKafkaStep } from '../../src/local-kafka/local-kafka.ts'
import { startLocalKafka } from '../../src/local-kafka/start/start-local-kafka.ts'
import { consoleConsume, consoleProduce, getOffsets } from '../support/console-tools.ts'
import { kafkaTool } from '../support/kafka-tools.ts'
import { tempDir } from '../support/temp-dir.ts'
import { createTopicByTool, describeTopic, listTopics } from '../support/topic-tool.ts'

const optionsFor = (dir: string): LocalKafkaOptions => ({
  nodes: 1,
  dir,
  env: process.env,
  kafkaHome: process.env.KAFKA_HOME,
})

test('topics and messages survive a stop and a start, on the same port', async () => {
  await using dir = await tempDir()
  const first = await startLocalKafka(optionsFor(dir.path))
  const pid = first.nodes[0]?.pid ?? 0
  try {
    await createTopicByTool(first, 'kept', { partitions: 2 })
    await consoleProduce(first, 'kept', ['k1\tone', 'k1\ttwo'], { withKey: true })
  } finally {
    await first.close()
  }
  expect(commandLineOf(pid)).toBeUndefined()

  await using second = await startLocalKafka(optionsFor(dir.path))
  expect(second.bootstrapServers).toBe(first.bootstrapServers)
  expect(await listTopics(second)).toEqual(['kept'])
  const topic = await describeTopic(second, 'kept')
  expect(topic).toMatchObject({ name: 'kept', partitionCount: 2, replicationFactor: 1 })
  expect(topic.partitions).toEqual([0, 1].map(partition => ({ partition, leader: 1, replicas: [1], isr: [1] })))
  const messages = await consoleConsume(second, 'kept', { maxMessages: 2 })
  expect(messages.map(({ offset, key, value }) => ({ offset, key, value }))).toEqual([
    { offset: 0n, key: 'k1', value: 'one' },
    { offset: 1n, key: 'k1', value: 'two' },
  ])
  const ends = [...(await getOffsets(second, 'kept')).values()]
  expect(ends.sort()).toEqual([0n, 2n])
})

test('it reports its steps, listens only on loopback, and accepts settings that override its own', async () => {
  await using dir = await tempDir()
  const steps: LocalKafkaStep[] = []
  const options = { ...optionsFor(dir.path), extraProperties: { 'num.partitions': '7' } }
  await using kafka = await startLocalKafka({ ...options, onStep: step => steps.push(step) })
  expect(steps.map(step => step.name).filter(name => name !== 'jars')).toEqual(['format', 'start', 'ready'])
  expect(kafka.bootstrapServers).toMatch(/^127\.0\.0\.1:\d+$/)
  const properties = await readFile(join(dir.path, 'nodes-1', 'node-1', 'server.properties'), 'utf8')
  expect(properties).toMatch(/^listeners=PLAINTEXT:\/\/127\.0\.0\.1:\d+,CONTROLLER:\/\/127\.0\.0\.1:\d+$/m)
  await createTopicByTool(kafka, 'seven')
  expect((await describeTopic(kafka, 'seven')).partitionCount).toBe(7)
})

test('producing to a missing topic does not create it', async () => {
  await using dir = await tempDir()
  await using kafka = await startLocalKafka(optionsFor(dir.path))
  const args = ['--bootstrap-server', kafka.bootstrapServers, '--topic', 'absent', '--sync', '--max-block-ms', '2000']
  const { stderr } = await kafkaTool('org.apache.kafka.tools.ConsoleProducer', args, { input: 'lost\n' })
  expect(stderr).toContain('UNKNOWN_TOPIC_OR_PARTITION')
  expect(await listTopics(kafka)).toEqual([])
})

test('a second start on the folder of a running Kafka is refused, with advice', async () => {
  await using dir = await tempDir()
  await using first = await startLocalKafka(optionsFor(dir.path))
  const refusal = startLocalKafka(optionsFor(dir.path))
  await expect(refusal).rejects.toMatchObject({ name: 'LocalKafkaProblem', reason: 'FOLDER_IN_USE' })
  await expect(refusal).rejects.toThrow(/LOCAL_KAFKA_DIR/)
  expect(await listTopics(first)).toEqual([])
})

test('an aborted start leaves no Java and unlocks the folder', async () => {
  await using dir = await tempDir()
  const abandon = new AbortController()
  const started = startLocalKafka({
    ...optionsFor(dir.path),
    signal: abandon.signal,
    onStep: step => step.name === 'start' && setTimeout(() => abandon.abort(new Error('changed my mind')), 300),
  })
  await expect(started).rejects.toThrow('changed my mind')
  await using kafka = await startLocalKafka(optionsFor(dir.path))
  expect(kafka.nodes).toHaveLength(1)
})

test('settings that Kafka refuses are reported with its last log lines', async () => {
  await using dir = await tempDir()
  const options = { ...optionsFor(dir.path), extraProperties: { 'log.retention.ms': 'soon' } }
  const started = startLocalKafka(options)
  await expect(started).rejects.toMatchObject({ name: 'LocalKafkaProblem' })
  await expect(started).rejects.toThrow(/log\.retention\.ms/)
})
