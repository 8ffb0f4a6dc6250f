import { expect, it } from 'vitest'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { codesOf, valueIn } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshTopicName, oldestKafka, sharedKafka } from '../../../support/kafka.ts'
import { openKafka } from '../../open-kafka.ts'

const kafkas = [
  ['the newest Kafka', sharedKafka, true],
  ['the oldest Kafka', oldestKafka, false],
] as const

it.each(kafkas)('%s moves replicas, elects leaders and describes its disks', async (_, target, isNew) => {
  const { bootstrapServers } = await target()
  await using kafka = openKafka(bootstrapServers)
  const topic = toTopicName(freshTopicName())
  const wanted = { replicationFactor: 1, replicaAssignments: null, configs: [] }
  await kafka.topicAdmin.createTopics(testCall, [{ name: topic, numPartitions: 2, ...wanted }])
  const at = (partition: number) => ({ topic, partition })

  // A broker knows a new topic slightly before it has created the logs.
  await eventually(async () => {
    const [dirs] = await kafka.replicas.describeLogDirs(testCall, [1], [at(0), at(1)])
    const [dir] = valueIn(dirs)
    expect(dir).toMatchObject({ error: null, totalBytes: expect.any(BigInt), isCordoned: isNew ? false : null })
    expect(dir?.replicas).toMatchObject([at(0), { ...at(1), size: 0n, offsetLag: 0n, isFuture: false }])
  })

  const moves = [0, 1].map(partition => ({ ...at(partition), replicas: partition === 0 ? [1] : null }))
  const outcomes = await kafka.replicas.alterPartitionReassignments(testCall, moves)
  expect(codesOf(outcomes)).toEqual([null, 'NO_REASSIGNMENT_IN_PROGRESS'])
  expect(await kafka.replicas.listPartitionReassignments(testCall, [topic])).toEqual([])
  const fixed = kafka.replicas.alterPartitionReassignments(testCall, moves, { allowReplicationFactorChange: false })
  if (isNew) expect(codesOf(await fixed)).toEqual([null, 'NO_REASSIGNMENT_IN_PROGRESS'])
  else await expect(fixed).rejects.toMatchObject({ code: 'UNSUPPORTED_VERSION' })

  const elections = await kafka.replicas.electLeaders(testCall, 'PREFERRED', [at(0), at(7)])
  expect(elections.map(({ error }) => error?.code)).toEqual(['ELECTION_NOT_NEEDED', 'UNKNOWN_TOPIC_OR_PARTITION'])
})

it.each(kafkas)('%s describes its controllers, features, request versions and brokers', async (_, target, isNew) => {
  const { bootstrapServers } = await target()
  await using kafka = openKafka(bootstrapServers)
  const { inspector } = kafka
  const quorum = await inspector.describeQuorum(testCall)
  expect(quorum).toMatchObject({ leaderId: 1, voters: [{ replicaId: 1, lastCaughtUpTimestamp: expect.any(Number) }] })
  expect(await inspector.describeFeatures(testCall)).toContainEqual(
    expect.objectContaining({ name: 'metadata.version' }),
  )
  const versions = await inspector.apiVersions(testCall, 1)
  expect(versions).toContainEqual(expect.objectContaining({ apiKey: 3, name: 'Metadata' }))
  expect(versions.map(({ name }) => name)).not.toContain('UNKNOWN')
  const registered = await inspector.registeredBrokers(testCall)
  if (isNew) expect(registered).toMatchObject([{ nodeId: 1, isFenced: false }])
  else expect(registered).toBeNull()
  expect(await inspector.clusterOperations(testCall)).toContain('ALTER')
  const missing = toTopicName(freshTopicName())
  const [topic] = await kafka.topicAdmin.createTopics(testCall, [
    {
      name: toTopicName(freshTopicName()),
      numPartitions: 1,
      replicationFactor: 1,
      replicaAssignments: null,
      configs: [],
    },
  ])
  const operations = await inspector.topicOperations(testCall, [missing, valueIn(topic).name])
  expect(codesOf(operations)).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', null])
  expect(operations[1]).toContain('READ')
})
