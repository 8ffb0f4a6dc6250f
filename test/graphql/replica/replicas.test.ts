import { describe, expect, it } from 'vitest'
import { KafkaError, type Outcome } from '../../../src/kafka/errors/kafka-error.ts'
import type { LogDirDescription, ReplicaAdmin } from '../../../src/kafka/ports/replica-admin.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import type { TopicPartition } from '../../../src/kafka/topic-partition.ts'
import { unfaked } from '../../fakes/unfaked.ts'
import { codes, harness, limits } from '../harness.ts'

interface Asked {
  readonly nodeId: number
  readonly partitions: readonly TopicPartition[] | null
}

const named = (topic: string, partition = 0): TopicPartition => ({ topic: toTopicName(topic), partition })

/** Disks on which every replica takes a thousand bytes for each node id, and the brokers in `down` do not answer. */
const scripted = (all: readonly TopicPartition[], down: readonly number[] = []) => {
  const asked: Asked[] = []
  const dirsOf = (
    nodeId: number,
    partitions: readonly TopicPartition[] | null,
  ): Outcome<readonly LogDirDescription[]> => {
    asked.push({ nodeId, partitions })
    if (down.includes(nodeId)) return new KafkaError('KAFKA_UNAVAILABLE', `broker ${nodeId} does not answer`)
    const replicas = (partitions ?? all).map(one => ({
      ...one,
      size: BigInt(nodeId) * 1000n,
      offsetLag: 0n,
      isFuture: false,
    }))
    const space = { totalBytes: 10n ** 12n, usableBytes: null, isCordoned: null }
    return [{ path: '/data', error: null, ...space, replicas }]
  }
  const replicas: ReplicaAdmin = {
    ...unfaked<ReplicaAdmin>('replicas'),
    describeLogDirs: async (_call, nodeIds, partitions) => nodeIds.map(nodeId => dirsOf(nodeId, partitions)),
  }
  return { asked, replicas }
}

const SIZES = '{ topics(first: 1000) { nodes { name size partitions { size replicas { brokerId size logDir } } } } }'

describe('sizes', () => {
  it('of a few topics cost one question a broker, about their partitions only', async () => {
    const { asked, replicas } = scripted([])
    const { run } = harness({ brokers: 3, topics: { a: 2, b: 1 }, ports: { replicas } })
    const { data, errors } = await run<{ topics: { nodes: readonly { size: string }[] } }>(SIZES)
    expect(errors).toEqual([])
    expect(data.topics.nodes.map(({ size }) => size)).not.toContain(null)
    expect(asked.map(({ nodeId }) => nodeId).sort()).toEqual([1, 2, 3])
    for (const { partitions } of asked) expect(partitions).toHaveLength(3)
  })

  it('of many topics cost one question a broker, about everything', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `topic-${index}`)
    const { asked, replicas } = scripted(names.flatMap(name => [named(name), named(name, 1)]))
    const topics = Object.fromEntries(names.map(name => [name, 2]))
    const { run } = harness({ brokers: 3, topics, ports: { replicas } })
    expect((await run(SIZES)).errors).toEqual([])
    expect(asked).toEqual([1, 2, 3].map(nodeId => ({ nodeId, partitions: null })))
  })

  it('are not known where a broker does not answer, and known of the others; it is waited for once', async () => {
    const { asked, replicas } = scripted([named('a')], [2])
    const { run } = harness({ brokers: 3, topics: { a: 1 }, ports: { replicas } })
    const answer = await run<{ topic: unknown }>(`{
      topic(name: "a") { partition(id: 0) { replicas { brokerId size isFuture logDir } } }
      cluster { brokers { nodeId logDirs { path totalBytes usableBytes size replicaCount replicas { size } } } }
      topics(orderBy: { field: SIZE, direction: ASC }) { nodes { name } }
    }`)
    expect(answer.data).toMatchObject({
      topic: {
        partition: { replicas: expect.arrayContaining([{ brokerId: 2, size: null, isFuture: null, logDir: null }]) },
      },
      cluster: {
        brokers: [
          {
            logDirs: [
              { path: '/data', usableBytes: null, size: '1000', replicaCount: 1, replicas: [{ size: '1000' }] },
            ],
          },
          { nodeId: 2, logDirs: null },
          { logDirs: [{ size: '3000' }] },
        ],
      },
      topics: { nodes: [{ name: 'a' }] },
    })
    expect(new Set(codes(answer))).toEqual(new Set(['KAFKA_UNAVAILABLE']))
    expect(asked.filter(({ nodeId }) => nodeId === 2).length).toBeLessThanOrEqual(2)
  })
})

describe('reassignments', () => {
  it('that are lost on the way are told for each partition', async () => {
    const replicas: ReplicaAdmin = {
      ...unfaked<ReplicaAdmin>('replicas'),
      alterPartitionReassignments: async () => {
        throw new KafkaError('OUTCOME_UNKNOWN')
      },
      listPartitionReassignments: async () => {
        throw new KafkaError('KAFKA_UNAVAILABLE')
      },
    }
    const { run } = harness({ topics: { a: 2 }, ports: { replicas } })
    const answer = await run(`mutation { alterPartitionReassignments(reassignments: [
      { topic: "a", partition: 0, replicas: [1] }, { topic: "a", partition: 1 }]) {
      reassignments { replicas } errors { code path } } }`)
    expect(answer.data).toEqual({
      alterPartitionReassignments: {
        reassignments: null,
        errors: [
          { code: 'OUTCOME_UNKNOWN', path: ['reassignments', '0'] },
          { code: 'OUTCOME_UNKNOWN', path: ['reassignments', '1'] },
        ],
      },
    })
    expect(codes(answer)).toEqual(['KAFKA_UNAVAILABLE'])
  })

  it('are asked for once, however many partitions want to know, and no page holds too many', async () => {
    let asked = 0
    const moves = Array.from({ length: 5 }, (_, partition) => ({
      ...named('a', partition),
      ...{ replicas: [1, 2], addingReplicas: [2], removingReplicas: [1] },
    }))
    const replicas: ReplicaAdmin = {
      ...unfaked<ReplicaAdmin>('replicas'),
      listPartitionReassignments: async () => {
        asked++
        return moves
      },
    }
    const page = { default: 3, max: 3 }
    const { run } = harness({ topics: { a: 6 }, ports: { replicas } }, { ...limits, page })
    const { data } = await run<{ cluster: { partitionReassignments: unknown[] }; topic: unknown }>(`{
      cluster { partitionReassignments { partition { partition } } none: partitionReassignments(topics: []) { replicas } }
      topic(name: "a") { partitions(ids: [4, 5]) { reassignment { addingReplicas } } } }`)
    expect(data.cluster).toMatchObject({ none: [] })
    expect(data.cluster.partitionReassignments).toHaveLength(3)
    expect(data.topic).toEqual({ partitions: [{ reassignment: { addingReplicas: [2] } }, { reassignment: null }] })
    expect(asked).toBe(1)
  })

  it('of more partitions than a page may have are refused', async () => {
    const page = { default: 1, max: 1 }
    const { run } = harness({ topics: { a: 2 } }, { ...limits, page })
    const two = '[{ topic: "a", partition: 0 }, { topic: "a", partition: 1 }]'
    const moves = await run(`mutation { alterPartitionReassignments(reassignments: ${two}) { errors { code } } }`)
    expect(codes(moves)).toEqual(['BAD_USER_INPUT'])
    const election = await run(
      `mutation { electLeaders(electionType: PREFERRED, partitions: ${two}) { errors { code } } }`,
    )
    expect(codes(election)).toEqual(['BAD_USER_INPUT'])
  })
})

describe('an election of all partitions', () => {
  const elect = `mutation { electLeaders(electionType: UNCLEAN) {
    electedCount partitions { partition } errors { code message path } } }`

  it('names the partitions that failed in the messages, since the request names none', async () => {
    const replicas: ReplicaAdmin = {
      ...unfaked<ReplicaAdmin>('replicas'),
      electLeaders: async () => [
        { ...named('a'), error: null },
        { ...named('a', 1), error: new KafkaError('ELIGIBLE_LEADERS_NOT_AVAILABLE', 'nobody is alive') },
      ],
    }
    const { run } = harness({ topics: { a: 2 }, ports: { replicas } })
    expect((await run(elect)).data).toEqual({
      electLeaders: {
        electedCount: 1,
        partitions: [{ partition: 0 }],
        errors: [{ code: 'ELIGIBLE_LEADERS_NOT_AVAILABLE', message: 'a-1: nobody is alive', path: null }],
      },
    })
  })

  it('that is refused as a whole is one error', async () => {
    const replicas: ReplicaAdmin = {
      ...unfaked<ReplicaAdmin>('replicas'),
      electLeaders: async () => {
        throw new KafkaError('CLUSTER_AUTHORIZATION_FAILED')
      },
    }
    const { run } = harness({ ports: { replicas } })
    expect((await run(elect)).data).toMatchObject({
      electLeaders: { electedCount: 0, errors: [{ code: 'CLUSTER_AUTHORIZATION_FAILED', path: null }] },
    })
  })
})

describe('health', () => {
  const HEALTH = `{ cluster { health { brokerCount offlinePartitionCount offlinePartitions { partition }
    underReplicatedPartitionCount underMinIsrPartitionCount underMinIsrPartitions { partition }
    atMinIsrPartitionCount preferredLeaderImbalance } } }`

  it('counts all that is wrong, and lists no more than a page', async () => {
    const page = { default: 2, max: 2 }
    const { run, kafka } = harness({ brokers: 3, topics: { a: 3 } }, { ...limits, page })
    for (const partition of [0, 1, 2]) kafka.setLeader('a', partition, null)
    const { data } = await run(HEALTH)
    expect(data).toMatchObject({
      cluster: {
        health: {
          brokerCount: 3,
          offlinePartitionCount: 3,
          offlinePartitions: [{ partition: 0 }, { partition: 1 }],
          underMinIsrPartitionCount: 3,
          underMinIsrPartitions: [{ partition: 0 }, { partition: 1 }],
          preferredLeaderImbalance: 1,
        },
      },
    })
    expect(kafka.counts).toMatchObject({ listTopics: 1, describeConfigs: 1 })
  })

  it('tells what it knows when the configs cannot be read', async () => {
    const { run, kafka } = harness({ topics: { a: 1 } })
    const catalog = { ...kafka, describeConfigs: async () => [new KafkaError('TOPIC_AUTHORIZATION_FAILED')] }
    const guarded = harness({ topics: { a: 1 }, ports: { catalog } })
    const answer = await guarded.run(HEALTH)
    expect(answer.data).toMatchObject({
      cluster: { health: { offlinePartitionCount: 0, underMinIsrPartitionCount: null, atMinIsrPartitionCount: null } },
    })
    expect(new Set(codes(answer))).toEqual(new Set(['TOPIC_AUTHORIZATION_FAILED']))
    expect((await run(HEALTH)).errors).toEqual([])
  })
})
