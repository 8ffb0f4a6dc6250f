import { expect, it } from 'vitest'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import { testCall } from '../../support/call.ts'
import { eventually } from '../../support/eventually.ts'
import { freePort } from '../../support/free-port.ts'
import { freshTopicName, sharedKafka } from '../../support/kafka.ts'
import { openKafka, testLimits } from '../open-kafka.ts'
import { type Answer, metadataAnswer, startScriptedBroker } from './scripted-broker.ts'

const unavailable = { code: 'KAFKA_UNAVAILABLE' }
const impatient = {
  catalog: { ...testLimits.catalog, deadlineMs: 1500 },
  topicAdmin: { ...testLimits.topicAdmin, deadlineMs: 1500 },
}
const name = toTopicName('any')
const topic = { name, numPartitions: 1, replicationFactor: 1, replicaAssignments: null, configs: [] }

it('every call fails with KAFKA_UNAVAILABLE within its deadline if nothing listens', async () => {
  await using kafka = openKafka(`127.0.0.1:${await freePort()}`, { limits: impatient })
  const { catalog, topicAdmin } = kafka
  const calls = [
    catalog.describeCluster(testCall),
    catalog.listTopics(testCall),
    catalog.describeTopics(testCall, [name]),
    catalog.listOffsets(testCall, [{ topic: name, partition: 0, at: 'latest', isolationLevel: 'READ_COMMITTED' }]),
    catalog.describeConfigs(testCall, [{ type: 'TOPIC', name }]),
    catalog.describeConfigs(testCall, [{ type: 'BROKER', name: '1' }]),
    topicAdmin.createTopics(testCall, [topic]),
    topicAdmin.deleteTopics(testCall, [name]),
    topicAdmin.createPartitions(testCall, { topic: name, totalCount: 2, assignments: null }),
  ]
  const failures = (await Promise.allSettled(calls)).map(settled => settled.status === 'rejected' && settled.reason)
  expect(failures).toMatchObject(calls.map(() => unavailable))
  expect(kafka.state.isUp).toBe(false)
})

it('and also if something listens but never answers', async () => {
  await using mute = await startScriptedBroker({ 18: () => 'silence' })
  await using kafka = openKafka(mute.address, { limits: impatient })
  await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject(unavailable)
  await expect(kafka.topicAdmin.createTopics(testCall, [topic])).rejects.toMatchObject(unavailable)
})

it('skips a silent and a missing broker, and uses the one that answers', async () => {
  const { bootstrapServers } = await sharedKafka()
  await using mute = await startScriptedBroker({ 18: () => 'silence' })
  const brokers = `${mute.address},127.0.0.1:${await freePort()},${bootstrapServers}`
  await using kafka = openKafka(brokers, { limits: impatient })
  expect((await kafka.catalog.describeCluster(testCall)).brokers).toHaveLength(1)
  const outcomes = await kafka.topicAdmin.createTopics(testCall, [{ ...topic, name: toTopicName(freshTopicName()) }])
  expect(outcomes).toMatchObject([{ numPartitions: 1 }])
})

it('stops at once if the caller aborts or the adapter is disposed', async () => {
  await using mute = await startScriptedBroker({ 18: () => 'silence' })
  const kafka = openKafka(mute.address)
  const leaving = new AbortController()
  const abandoned = kafka.catalog.listTopics({ ...testCall, signal: leaving.signal })
  const reason = new Error('the client went away')
  leaving.abort(reason)
  await expect(abandoned).rejects.toBe(reason)
  const waiting = kafka.catalog.listTopics(testCall)
  const outcome = expect(waiting).rejects.toMatchObject({ code: 'CLOSED' })
  await kafka[Symbol.asyncDispose]()
  await outcome
})

it('reports whether Kafka answers', async () => {
  await using kafka = openKafka((await sharedKafka()).bootstrapServers)
  await eventually(() => expect(kafka.state).toEqual({ isUp: true, clusterId: expect.any(String) }))
  await kafka[Symbol.asyncDispose]()
  expect(kafka.connections).toBe(0)
})

it('logs once each time Kafka stops or resumes answering', async () => {
  let answer: Answer = 'hang up'
  await using broker = await startScriptedBroker({ 3: () => answer })
  const lines: string[] = []
  const add = (level: string) => (_: object, message: string) => void lines.push(`${level} ${message}`)
  const logger = { debug: () => {}, info: add('info'), warn: add('warn'), error: add('error') }
  const limits = { clusterMap: { ...testLimits.clusterMap, refreshMs: 50, urgentRefreshMs: 10 } }
  await using _ = openKafka(broker.address, { logger, limits })
  const told = ['warn Kafka does not answer', 'info Kafka answers', 'warn Kafka does not answer']
  await eventually(() => expect(broker.asked.length).toBeGreaterThan(10))
  expect(lines).toEqual(told.slice(0, 1))
  answer = metadataAnswer({ brokers: [{ nodeId: 1, host: broker.host, port: broker.port }] })
  await eventually(() => expect(lines).toEqual(told.slice(0, 2)))
  answer = 'hang up'
  await eventually(() => expect(lines).toEqual(told))
})
