import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DiskUsageDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { freshTopicName } from '../support/kafka.ts'
import { kafkaTool, kafkaToolOutput } from '../support/kafka-tools.ts'

const TOOLS = 'org.apache.kafka.tools'
let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const filled = async (numPartitions: number, messages: number): Promise<string> => {
  const topic = await app.freshTopic({ numPartitions })
  const value = { string: 'x'.repeat(1000) }
  await app.produce({
    topic,
    messages: Array.from({ length: messages }, (_, index) => ({ value, partition: index % numPartitions })),
  })
  return topic
}

interface PrintedLogDirs {
  readonly brokers: readonly {
    readonly broker: number
    readonly logDirs: readonly {
      readonly logDir: string
      readonly error: string | null
      readonly partitions: readonly {
        readonly partition: string
        readonly size: number
        readonly offsetLag: number
        readonly isFuture: boolean
      }[]
    }[]
  }[]
}

/** The JSON that the tool printed, below what it says for people. */
const logDirsIn = (printed: string): PrintedLogDirs =>
  JSON.parse(printed.split('\n').find(line => line.startsWith('{')) ?? '{}')

describe('what lies on the disks', () => {
  test('is what kafka-log-dirs prints: paths, sizes, lags', async () => {
    const topic = await filled(2, 20)
    const args = ['--describe', '--topic-list', topic]
    const printed = logDirsIn(await kafkaToolOutput(app.kafka, `${TOOLS}.LogDirsCommand`, args))
    interface Told {
      cluster: {
        broker: {
          nodeId: number
          logDirs: {
            path: string
            error: null
            totalBytes: string
            usableBytes: string
            replicas: {
              partition: { partition: number }
              size: string
              offsetLag: string
              isFuture: boolean
              isLeader: boolean
              logDir: string
            }[]
          }[]
        }
      }
    }
    const { cluster } = await app.dataOf<Told>(
      `query ($topic: String!) { cluster { broker(id: 1) { nodeId logDirs { path error { code } totalBytes usableBytes
        replicas(topic: $topic) { partition { partition } size offsetLag isFuture isLeader logDir } } } } }`,
      { topic },
    )
    const told = cluster.broker.logDirs.map(({ path, error, replicas }) => ({
      logDir: path,
      error,
      partitions: replicas.map(({ partition, size, offsetLag, isFuture }) => ({
        partition: `${topic}-${partition.partition}`,
        size: Number(size),
        offsetLag: Number(offsetLag),
        isFuture,
      })),
    }))
    const [broker] = printed.brokers
    const sorted = broker?.logDirs.map(dir => ({
      ...dir,
      partitions: [...dir.partitions].sort((one, other) => (one.partition < other.partition ? -1 : 1)),
    }))
    expect(told).toMatchObject(sorted ?? [])
    const [dir] = cluster.broker.logDirs
    expect(BigInt(dir?.totalBytes ?? 0)).toBeGreaterThan(BigInt(dir?.usableBytes ?? 0))
    expect(dir?.replicas).toMatchObject([{ isLeader: true, logDir: dir?.path }, { isLeader: true }])
  })

  test('makes the size of a topic, of its partitions and of their replicas, and topics are ordered by it', async () => {
    const prefix = freshTopicName()
    const small = await filled(1, 2)
    const large = await filled(2, 60)
    const empty = await app.freshTopic()
    interface Sized {
      topics: { nodes: { name: string; size: string; partitions: { size: string; replicas: { size: string }[] }[] }[] }
    }
    const { topics } = await app.dataOf<Sized>(
      `query ($names: [String!]) { topics(filter: { names: $names }, orderBy: { field: SIZE, direction: DESC }) {
        nodes { name size partitions { size replicas { size } } } } }`,
      { names: [small, empty, large, prefix] },
    )
    expect(topics.nodes.map(({ name }) => name)).toEqual([large, small, empty])
    expect(topics.nodes.at(-1)?.size).toBe('0')
    for (const { size, partitions } of topics.nodes) {
      const sizes = partitions.map(partition => BigInt(partition.size))
      expect(BigInt(size)).toBe(sizes.reduce((sum, one) => sum + one, 0n))
      for (const partition of partitions) expect(partition.replicas).toEqual([{ size: partition.size }])
    }
    expect(BigInt(topics.nodes[0]?.size ?? 0)).toBeGreaterThan(60_000n)
    // Pages of this order fit together.
    const page = (after: string | null) =>
      app.dataOf<{ topics: { nodes: { name: string }[]; pageInfo: { endCursor: string } } }>(
        `query ($names: [String!], $after: Cursor) { topics(first: 2, after: $after, filter: { names: $names },
          orderBy: { field: SIZE, direction: ASC }) { nodes { name } pageInfo { endCursor } } }`,
        { names: [small, empty, large], after },
      )
    const first = await page(null)
    const second = await page(first.topics.pageInfo.endCursor)
    expect([...first.topics.nodes, ...second.topics.nodes].map(({ name }) => name)).toEqual([empty, small, large])
  })

  test('is told by the everyday operation', async () => {
    const { cluster } = await app.dataOf(DiskUsageDocument)
    expect(cluster?.brokers[0]?.logDirs?.[0]).toMatchObject({ error: null, path: expect.stringMatching(/^\//) })
    expect(cluster?.topics.nodes.length).toBeGreaterThan(0)
  })
})

describe('the cluster about itself', () => {
  test('the quorum is what kafka-metadata-quorum prints', async () => {
    const printed = await kafkaToolOutput(app.kafka, `${TOOLS}.MetadataQuorumCommand`, ['describe', '--status'])
    const number = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(printed)?.[1])
    interface Told {
      cluster: {
        metadataQuorum: {
          leaderId: number
          leaderEpoch: string
          highWatermark: string
          voters: { replicaId: number; logEndOffset: string; lag: string; lastCaughtUpTimestamp: string }[]
          observers: { replicaId: number }[]
        }
      }
    }
    const { cluster } = await app.dataOf<Told>(`{ cluster { metadataQuorum { leaderId leaderEpoch highWatermark
      voters { replicaId replicaDirectoryId logEndOffset lag lastFetchTimestamp lastCaughtUpTimestamp }
      observers { replicaId } } } }`)
    const quorum = cluster.metadataQuorum
    expect(quorum.leaderId).toBe(number('LeaderId'))
    expect(Number(quorum.leaderEpoch)).toBe(number('LeaderEpoch'))
    // It grows twice a second.
    expect(Number(quorum.highWatermark)).toBeGreaterThanOrEqual(number('HighWatermark'))
    expect(quorum.voters).toMatchObject([{ replicaId: 1, lag: '0' }])
    expect(quorum.observers).toEqual([])
    expect(Math.abs(Date.parse(quorum.voters[0]?.lastCaughtUpTimestamp ?? '') - Date.now())).toBeLessThan(60_000)
  })

  test('features and the versions of requests are what kafka-features and kafka-broker-api-versions print', async () => {
    interface Told {
      cluster: {
        features: { name: string; minVersionLevel: number; maxVersionLevel: number }[]
        any: { apiKey: number; name: string; minVersion: number; maxVersion: number }[]
        one: unknown
      }
    }
    const { cluster } = await app.dataOf<Told>(`{ cluster {
      features { name minVersionLevel maxVersionLevel }
      any: apiVersions { apiKey name minVersion maxVersion }
      one: apiVersions(brokerId: 1) { apiKey name minVersion maxVersion } } }`)
    const features = await kafkaToolOutput(app.kafka, `${TOOLS}.FeatureCommand`, ['describe'])
    const finalized = [...features.matchAll(/Feature: (\S+).*FinalizedVersionLevel: (\S+)/g)]
      .filter(([, , level]) => level !== '0')
      .map(([, name]) => name)
    expect(cluster.features.map(({ name }) => name)).toEqual(finalized.sort())
    for (const { minVersionLevel, maxVersionLevel } of cluster.features) {
      expect(maxVersionLevel).toBeGreaterThanOrEqual(minVersionLevel)
    }
    const versions = await kafkaToolOutput(app.kafka, `${TOOLS}.BrokerApiVersionsCommand`, [])
    const printed = [...versions.matchAll(/^\s+(\w+)\((\d+)\): (\d+)(?: to (\d+))?/gm)].map(
      ([, name, apiKey, min, max]) => ({
        apiKey: Number(apiKey),
        name,
        minVersion: Number(min),
        maxVersion: Number(max ?? min),
      }),
    )
    expect(printed.length).toBeGreaterThan(40)
    expect(cluster.any).toEqual(printed.sort((one, other) => one.apiKey - other.apiKey))
    expect(cluster.one).toEqual(cluster.any)
  })

  test('every broker is told, fenced or not, and what may be done with the cluster and with topics', async () => {
    const topic = await app.freshTopic()
    interface Told {
      cluster: {
        authorizedOperations: string[]
        brokers: { nodeId: number; isFenced: boolean; replicas: { brokerId: number }[] }[]
      }
      topic: { authorizedOperations: string[] }
    }
    const told = await app.dataOf<Told>(
      `query ($topic: String!) { cluster { authorizedOperations brokers(includeFenced: true) { nodeId isFenced
        replicas(topic: $topic) { brokerId } } } topic(name: $topic) { authorizedOperations } }`,
      { topic },
    )
    const at = ['list-endpoints', '--bootstrap-server', app.kafka.bootstrapServers, '--include-fenced-brokers']
    const { stdout } = await kafkaTool(`${TOOLS}.ClusterTool`, at)
    const ids = [...stdout.matchAll(/^(\d+)\s/gm)].map(([, id]) => Number(id))
    expect(told.cluster.brokers.map(({ nodeId }) => nodeId)).toEqual(ids)
    expect(told.cluster.brokers).toMatchObject([{ isFenced: false, replicas: [{ brokerId: 1 }] }])
    expect(told.cluster.authorizedOperations).toEqual(expect.arrayContaining(['ALTER', 'CREATE', 'DESCRIBE']))
    expect(told.topic.authorizedOperations).toEqual(expect.arrayContaining(['READ', 'WRITE', 'DELETE']))
  })

  test('a broker that there is not is an error of the field alone', async () => {
    const { data, errors } = await app.ask('{ cluster { clusterId apiVersions(brokerId: 77) { apiKey } } }')
    expect(data).toMatchObject({ cluster: { clusterId: expect.any(String), apiVersions: null } })
    expect(errors).toMatchObject([{ extensions: { code: 'BROKER_NOT_AVAILABLE' } }])
  })
})

describe('replicas on one broker', () => {
  const reassign = (reassignments: unknown) =>
    app.dataOf<{ alterPartitionReassignments: { reassignments: unknown; errors: unknown } }>(
      `mutation ($reassignments: [ReassignmentInput!]!) { alterPartitionReassignments(reassignments: $reassignments) {
        reassignments { replicas } errors { code path retriable } } }`,
      { reassignments },
    )

  test('cannot go where there is no broker, and nothing is cancelled that is not under way', async () => {
    const topic = await app.freshTopic({ numPartitions: 3 })
    const { alterPartitionReassignments } = await reassign([
      { topic, partition: 0, replicas: [77] },
      { topic, partition: 1, replicas: null },
      { topic, partition: 2, replicas: [1] },
      { topic, partition: 99, replicas: [1] },
      { topic: 'not/a/name', partition: 0, replicas: [1] },
      { topic, partition: 4, replicas: [1] },
      { topic, partition: 4, replicas: [1, 1] },
      { topic: freshTopicName(), partition: 0, replicas: [] },
    ])
    const at = (index: number, code: string) => expect.objectContaining({ code, path: ['reassignments', `${index}`] })
    expect(alterPartitionReassignments).toEqual({
      reassignments: [],
      errors: [
        at(0, 'INVALID_REPLICA_ASSIGNMENT'),
        at(1, 'NO_REASSIGNMENT_IN_PROGRESS'),
        at(3, 'UNKNOWN_TOPIC_OR_PARTITION'),
        at(4, 'INVALID_TOPIC_EXCEPTION'),
        at(5, 'INVALID_REQUEST'),
        at(6, 'INVALID_REQUEST'),
        at(7, 'UNKNOWN_TOPIC_OR_PARTITION'),
      ],
    })
  })

  test('need no election: ELECTION_NOT_NEEDED for a leader that is the right one, nothing where all are', async () => {
    const topic = await app.freshTopic()
    const elect = (electionType: string, partitions: unknown) =>
      app.dataOf<{ electLeaders: unknown }>(
        `mutation ($electionType: ElectionType!, $partitions: [TopicPartitionInput!]) {
          electLeaders(electionType: $electionType, partitions: $partitions) {
            electedCount partitions { partition } errors { code errorCode retriable path } } }`,
        { electionType, partitions },
      )
    const notNeeded = { code: 'ELECTION_NOT_NEEDED', errorCode: 84, retriable: true, path: ['partitions', '0'] }
    const unknown = { code: 'UNKNOWN_TOPIC_OR_PARTITION', errorCode: 3, retriable: true, path: ['partitions', '1'] }
    const partitions = [
      { topic, partition: 0 },
      { topic, partition: 5 },
    ]
    const none = { electedCount: 0, partitions: [] }
    for (const electionType of ['PREFERRED', 'UNCLEAN']) {
      expect((await elect(electionType, partitions)).electLeaders).toEqual({ ...none, errors: [notNeeded, unknown] })
    }
    expect((await elect('PREFERRED', null)).electLeaders).toEqual({ ...none, errors: [] })
  })

  test('the health of a topic with a single replica: all is well, and it is at its min.insync.replicas', async () => {
    const topic = await app.freshTopic({ configs: [{ name: 'min.insync.replicas', value: '2' }] })
    interface Told {
      cluster: { health: { atMinIsrPartitionCount: number; atMinIsrPartitions: { topic: { name: string } }[] } }
      topic: { partitions: { isUnderMinIsr: boolean; eligibleLeaderReplicas: unknown[] }[] }
      topics: unknown
    }
    const {
      cluster,
      topic: told,
      topics: listed,
    } = await app.dataOf<Told>(
      `query ($topic: String!) { cluster { health { brokerCount offlinePartitionCount underReplicatedPartitionCount
        underMinIsrPartitionCount atMinIsrPartitionCount preferredLeaderImbalance
        atMinIsrPartitions { topic { name } } } }
        topic(name: $topic) { partitions { isUnderMinIsr eligibleLeaderReplicas { brokerId }
          lastKnownEligibleLeaderReplicas { brokerId } reassignment { replicas } } }
        topics(filter: { names: [$topic] }) { nodes { partitions { eligibleLeaderReplicas { brokerId } } } } }`,
      { topic },
    )
    expect(cluster.health).toMatchObject({
      brokerCount: 1,
      offlinePartitionCount: 0,
      underReplicatedPartitionCount: 0,
      underMinIsrPartitionCount: 0,
      preferredLeaderImbalance: 0,
    })
    expect(cluster.health.atMinIsrPartitions.map(one => one.topic.name)).toContain(topic)
    // A list of topics does not tell them: they are asked for.
    expect(listed).toEqual({ nodes: [{ partitions: [{ eligibleLeaderReplicas: [] }] }] })
    // No more replicas can be demanded than there are (KIP-966).
    expect(told.partitions).toEqual([
      {
        isUnderMinIsr: false,
        eligibleLeaderReplicas: [],
        lastKnownEligibleLeaderReplicas: [],
        reassignment: null,
      },
    ])
  })
})
