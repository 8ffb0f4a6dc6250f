import { setTimeout as sleep } from 'node:timers/promises'
import { type Admin, Kafka, logLevel } from 'kafkajs'
import { kafkaToolOutput } from '../../../test/support/kafka-tools.ts'
import type { Stage } from '../harness/stage.ts'

/** A fault of the cluster, which is over when the promise settles. */
export interface Fault {
  readonly name: string
  /** `leader` leads partition 0 of `topic`. */
  happen(stage: Stage, topic: string, leader: number): Promise<void>
}

const CATCH_UP_LIMIT_MS = 90_000

/** Runs `act` with a KafkaJS admin client. */
const withAdmin = async <T>({ brokers }: Stage, act: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    return await act(admin)
  } finally {
    await admin.disconnect()
  }
}

const partitionsOf = async (admin: Admin, topic: string) => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
  return topics[0]?.partitions ?? []
}

/** The leader of partition 0. */
export const leaderOf = (stage: Stage, topic: string): Promise<number> =>
  withAdmin(stage, async admin => {
    const zero = (await partitionsOf(admin, topic)).find(({ partitionId }) => partitionId === 0)
    return zero?.leader ?? -1
  })

/** Settles when every replica is in sync. */
export const healthy = async (stage: Stage, topic: string): Promise<void> => {
  const deadline = Date.now() + CATCH_UP_LIMIT_MS
  for (;;) {
    const partitions = await withAdmin(stage, admin => partitionsOf(admin, topic)).catch(() => [])
    const isHealthy = partitions.length > 0 && partitions.every(({ isr, replicas }) => isr.length === replicas.length)
    if (isHealthy) return
    if (Date.now() > deadline) throw new Error('the cluster does not become healthy')
    await sleep(500)
  }
}

const reassign = (stage: Stage, topic: string, replicas: readonly number[]) =>
  withAdmin(stage, admin =>
    admin.alterPartitionReassignments({
      topics: [{ topic, partitionAssignment: [{ partition: 0, replicas: [...replicas] }] }],
    }),
  )

/** The leader of the quorum. */
const controllerOf = async (stage: Stage): Promise<number> => {
  const output = await kafkaToolOutput(stage.kafka, 'org.apache.kafka.tools.MetadataQuorumCommand', [
    'describe',
    '--status',
  ])
  const id = /LeaderId:\s+(\d+)/.exec(output)?.[1]
  if (id === undefined) throw new Error(`no quorum leader in the output: ${output}`)
  return Number(id)
}

/** The faults of the published table, and two that every cluster experiences. */
export const faultsUnderLoad: readonly Fault[] = [
  {
    name: 'kill -9 of a leader',
    happen: async ({ kafka }, _topic, leader) => {
      await kafka.killNode(leader)
      await sleep(12_000)
      await kafka.startNode(leader)
    },
  },
  {
    name: 'controlled stop of a leader',
    happen: async ({ kafka }, _topic, leader) => {
      await kafka.stopNode(leader)
      await kafka.startNode(leader)
    },
  },
  {
    name: 'a leader paused for 15 s',
    happen: async ({ kafka }, _topic, leader) => {
      kafka.pauseNode(leader)
      await sleep(15_000)
      kafka.resumeNode(leader)
    },
  },
  {
    name: 'a partition moved to another leader and back',
    happen: async (stage, topic, leader) => {
      const all = stage.kafka.nodes.map(({ nodeId }) => nodeId)
      await reassign(
        stage,
        topic,
        all.filter(nodeId => nodeId !== leader),
      )
      await sleep(5000)
      await reassign(stage, topic, [leader, ...all.filter(nodeId => nodeId !== leader)])
      await sleep(5000)
    },
  },
  {
    name: 'a rolling restart of every node',
    happen: async (stage, topic) => {
      for (const { nodeId } of stage.kafka.nodes) {
        await stage.kafka.stopNode(nodeId)
        await stage.kafka.startNode(nodeId)
        await healthy(stage, topic)
      }
    },
  },
  {
    name: 'kill -9 of the controller',
    happen: async stage => {
      const controller = await controllerOf(stage)
      await stage.kafka.killNode(controller)
      await sleep(12_000)
      await stage.kafka.startNode(controller)
    },
  },
  {
    name: 'all three killed, 20 s without a cluster',
    happen: async ({ kafka }) => {
      const ids = kafka.nodes.map(({ nodeId }) => nodeId)
      await Promise.all(ids.map(nodeId => kafka.killNode(nodeId)))
      await sleep(20_000)
      await Promise.all(ids.map(nodeId => kafka.startNode(nodeId)))
    },
  },
]
